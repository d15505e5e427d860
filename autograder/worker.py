"""The process in which a learner's notebook runs: ``python -m autograder.worker``, started by ``autograder.process``.

It reads one line of JSON from stdin, the job: cells, exercises, seed. It runs the cells in order in one namespace
and checks each exercise's function, and says each step on the pipe that was its stdout, one line of JSON each.
What the learner's code prints goes nowhere; what it reads is empty. It needs numpy and the standard library alone.
"""

import json
import linecache
import os
import re
import sys
import threading
import traceback
import types

MAGIC = re.compile(r"\s*[%!?]|.*\?\s*$|\s*[\w.,\s]+=\s*[!%]")
PYTHON_MAGICS = {"time", "timeit", "capture", "prun"}  # of these cell magics the rest of the cell is Python


def main():
    """Do the job on stdin and end the process, whatever threads the learner's code has left."""
    job = json.loads(sys.stdin.readline())
    say = _private_channel()
    from autograder import check

    say(event="ready")
    sys.path.insert(0, job["folder"])
    space = notebook_namespace()
    for cell in job["cells"]:
        say(event="cell", cell=cell["number"])
        problem = run_cell(cell["name"], cell["source"], space)
        if problem:
            say(event="problem", cell=cell["number"], text=problem)
    for name in job["exercises"]:
        say(event="exercise", id=name)
        say(id=name, **_checked(check, name, space.get(name), job["seed"]))
    say(event="end")
    os._exit(0)


def _private_channel():
    """Keep the pipes to the parent for ourselves, and leave the learner's code null ones; return ``say``."""
    process, pipe, lifeline = os.getpid(), os.dup(1), os.dup(0)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout, sys.stderr = (os.fdopen(output, "w", encoding="utf-8", closefd=False) for output in (1, 2))
    threading.Thread(target=_end_with_parent, args=(lifeline,), daemon=True).start()

    def say(**event):
        if os.getpid() == process:  # a forked child has nothing to report
            data = json.dumps(event).encode() + b"\n"
            while data:
                data = data[os.write(pipe, data):]

    return say


def _end_with_parent(lifeline):
    """End this process when its parent is gone: then nobody is left to enforce a limit."""
    while os.read(lifeline, 1):
        pass
    os._exit(1)


def notebook_namespace():
    """Return the namespace of the notebook: a ``__main__`` with harmless stand-ins for what Jupyter brings."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    module.display = lambda *objects, **options: None
    module.get_ipython = Harmless
    return vars(module)


class Harmless:
    """Stands for the notebook's shell: every attribute exists, every call does nothing."""

    def __getattr__(self, name):
        """Return another one."""
        return Harmless()

    def __call__(self, *args, **kwargs):
        """Do nothing, and return another one."""
        return Harmless()


def run_cell(name, source, space):
    """Run a cell's text in `space`; return None, or what went wrong in a line.

    Parameters
    ----------
    name : str
        Its file name in tracebacks.
    source : str
        Python, with or without IPython's magics.
    space : dict
    """
    text, code = source, None
    try:
        code = compile(source, name, "exec", dont_inherit=True)  # most cells have no magics
    except (SyntaxError, ValueError):
        text = without_magics(source)
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    try:
        exec(code or compile(text, name, "exec", dont_inherit=True), space)
    except SyntaxError as error:
        return _line(f"{type(error).__name__}: {error.msg}", error.lineno, error.text)
    except BaseException as error:  # SystemExit too: the cell's own affair, the next one runs
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return _line(what, frames[-1].lineno, frames[-1].line) if frames else what
    return None


def _line(what, number, text):
    what = what.splitlines()[0][:300]
    return f"{what} (line {number}: {text.strip()[:120]})" if number and text and text.strip() else what


def without_magics(source):
    """Return a cell's text with IPython's own lines made empty; line numbers stay.

    A line is taken for a magic only where Python cannot read it: ``%`` can begin a line of an expression too.
    """
    if source.lstrip().startswith("%%"):
        first, _, rest = source.lstrip().partition("\n")
        words = first[2:].split()
        return "pass\n" + without_magics(rest) if words and words[0] in PYTHON_MAGICS else ""
    lines = source.split("\n")
    for _ in range(len(lines)):
        try:
            compile("\n".join(lines), "<cell>", "exec", dont_inherit=True)
            break
        except SyntaxError as error:
            at = (error.lineno or 0) - 1
            if not (0 <= at < len(lines) and MAGIC.match(lines[at])):
                break
            lines[at] = lines[at][: len(lines[at]) - len(lines[at].lstrip())] + "pass"
        except ValueError:  # a null byte; running it will say so
            break
    return "\n".join(lines)


def _checked(check, name, function, seed):
    """Return the event that tells what the check of `function` found."""
    if not callable(function):
        return {"event": "missing"}
    try:
        result = check(function, exercise=name, seed=seed)
    except BaseException as error:  # a KeyboardInterrupt that the learner's code raises, for one
        return {"event": "unfinished", "text": f"{type(error).__name__}: {error}"}
    return {"event": "result", "result": result.as_json(), "text": str(result)}


if __name__ == "__main__":
    main()
