"""Run the measurements: ``python -m bench``."""

import argparse
import itertools
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from bench import report, work

FOLDER = Path(__file__).parent


class Worker:
    """The process of one contender."""

    def __init__(self, contender, python, threads):
        limits = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), str(threads))
        self.process = subprocess.Popen([python, "-m", "bench.worker", contender, str(threads)], cwd=FOLDER.parent,
                                        env={**os.environ, **limits}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)

    def ask(self, job):
        """Give a job to the process and return the times it measured."""
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"error: a contender stopped at the job {job}; its message stands above")
        return json.loads(answer)


def jobs(arguments):
    """List what is measured: the job, and who is asked to do it."""
    for kind, shape, dtype in itertools.product(arguments.kinds, arguments.shapes, work.DTYPES):
        yield ["training_step", kind, shape, dtype], work.CONTENDERS
    if arguments.only_training:
        return
    for kind, dtype, width in itertools.product(arguments.kinds, work.DTYPES, work.WIDTHS):
        yield ["sampling", kind, dtype, 300 if width == 1 else 60, width], work.CONTENDERS[:3]
    for way in work.WAYS:
        yield ["checking", way, work.SHAPES[0]], ["gradient_check"]


def measure(arguments, done, keep):
    """Let the contenders take turns at every job that is not done, and hand each result to `keep`."""
    pythons = {"pytorch": arguments.pytorch_python}
    names = arguments.contenders + ([] if arguments.only_training else ["gradient_check"])
    workers = {name: Worker(name, pythons.get(name, sys.executable), arguments.threads) for name in names}
    listed = [(job, contenders) for job, contenders in jobs(arguments) if json.loads(json.dumps(job)) not in done]
    start = time.perf_counter()
    for number, (job, contenders) in enumerate(listed, 1):
        minutes = (time.perf_counter() - start) / 60
        print(f"\r{number:3}/{len(listed)}  {minutes:4.1f} min  {job}".ljust(79), end="", file=sys.stderr)
        times, value = {name: [] for name in contenders if name in workers}, None
        for _ in range(arguments.rounds):
            for name in times:
                answer = workers[name].ask([*job, arguments.seconds])
                times[name].append(answer["times"])
                value = answer["value"]
        keep({"job": job, "times": times, "value": value})
    print(file=sys.stderr)
    for worker in workers.values():
        worker.process.stdin.close()
        worker.process.wait()


def kernels():
    """Name the kernels that OpenBLAS has chosen for this processor; None where NumPy computes with another library."""
    told = subprocess.run([sys.executable, "-c", "import numpy"], capture_output=True, text=True, check=True,
                          env={**os.environ, "OPENBLAS_VERBOSE": "2"})
    lines = (told.stdout + told.stderr).splitlines()
    return next((line.removeprefix("Core: ") for line in lines if line.startswith("Core: ")), None)


def machine(arguments):
    """Say on what was measured."""
    asked = "import torch; print(torch.__version__)"
    pytorch = subprocess.run([arguments.pytorch_python, "-c", asked], capture_output=True, text=True, check=False)
    processor = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        processor = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), processor)
        flags = next((line.split() for line in lines if line.startswith("flags")), [])
        processor += next((f" ({flag.upper()})" for flag in ("avx512f", "avx2") if flag in flags), "")
    return {"processor": processor, "cores": os.cpu_count(), "python": platform.python_version(),
            "numpy": np.__version__, "kernels": kernels(), "pytorch": pytorch.stdout.strip() or None,
            "threads": arguments.threads}


def shape(text):
    """Read sizes such as 50,32,65,128."""
    sizes = [int(size) for size in text.split(",")]
    if len(sizes) != 4 or min(sizes) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not T,m,n_x,n_a")
    return sizes


def main():
    """Read the command line, measure, write the report."""
    parser = argparse.ArgumentParser("python -m bench", description=(
        "Measure the speed of the library. Each result is kept in bench/results.json at once; what is measured "
        "again replaces what was there, so a long run can be done in parts."), epilog=(
        "example: python -m bench --shapes 50,1,27,100 --kinds LSTM --rounds 3 --print"))
    parser.add_argument("--kinds", nargs="+", choices=work.KINDS, default=work.KINDS)
    parser.add_argument("--shapes", nargs="+", type=shape, default=[list(sizes) for sizes in work.SHAPES],
                        metavar="T,m,n_x,n_a")
    parser.add_argument("--contenders", nargs="+", choices=work.CONTENDERS, default=list(work.CONTENDERS))
    parser.add_argument("--rounds", type=int, default=7, help="turns of each contender at each job (7)")
    parser.add_argument("--seconds", type=float, default=0.15, help="time of a turn; at least one call (0.15)")
    parser.add_argument("--threads", type=int, default=1, help="threads of NumPy and PyTorch (1)")
    parser.add_argument("--only-training", action="store_true", help="no sampling, no gradient check")
    parser.add_argument("--pytorch-python", default=sys.executable, help="a Python that has PyTorch (this one)")
    parser.add_argument("--missing", action="store_true", help="only what bench/results.json does not have yet")
    parser.add_argument("--print", action="store_true", help="print the tables; write no files")
    arguments = parser.parse_args()
    about = machine(arguments)
    if about["pytorch"] is None and "pytorch" in arguments.contenders:
        print("PyTorch is not installed (extra `bench`): measuring without it", file=sys.stderr)
        arguments.contenders = [name for name in arguments.contenders if name != "pytorch"]
    results = report.Results(FOLDER, about, start_anew=arguments.print)
    done = [result["job"] for result in results.results] if arguments.missing else []
    measure(arguments, done, results.add if not arguments.print else results.results.append)
    if arguments.print:
        print(report.tables(about, results.results))
    else:
        results.write_report()


if __name__ == "__main__":
    main()
