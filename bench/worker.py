"""The process of one contender: it reads jobs, one JSON list a line, and answers each with seconds.

A job is ``["training_step", kind, shape, dtype, seconds]``, ``["sampling", kind, dtype, n_steps, width, seconds]`` or
``["checking", way, shape, seconds]``: the name of a function of the contender, its arguments, and how long to measure.
The first time the function prepares the work, and the work is done once, unmeasured. Each answer holds the times of
the calls that fit into the seconds (at least one), and what the first call returned where it is a number.

All contenders keep the memory of dropped arrays (`solutions.keep_memory`), PyTorch's too.
"""

import importlib
import json
import sys
import time

from solutions import keep_memory


def clock():
    """Return processor time with one thread: what other programs use does not count. Else wall time."""
    return time.process_time if sys.argv[2] == "1" else time.perf_counter


def times_of(call, seconds, now):
    """Call until the time is up and return how long each call took."""
    times, end = [], time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        start = now()
        call()
        times.append(now() - start)
    return times


def main():
    """Answer jobs until the input ends."""
    keep_memory()
    contender = importlib.import_module(f"bench.{sys.argv[1]}")
    now, ready, call, value = clock(), None, None, None
    for line in sys.stdin:
        *job, seconds = json.loads(line)
        if job != ready:
            call = None  # frees what the job before held
            call, ready = getattr(contender, job[0])(*job[1:]), job
            value = call()
        answer = {"times": times_of(call, seconds, now), "value": value if isinstance(value, float) else None}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
