"""The command line ``autograder``: one small function for each word. Those for authors are in ``authoring``.

Exit codes: 0 all is right, 1 something failed, 2 wrong usage. An error is one line on stderr. Each word imports what
it needs: the exercises take a quarter of a second, in which ``grade`` lets its sandboxes start.
"""

import argparse
import atexit
import gc
import json
import os
import sys

from autograder import authoring
from autograder.errors import CourseError
from autograder.grading.options import add_arguments as add_grade_arguments
from autograder.words import say

RIGHT, FAILED = 0, 1  # and 2, wrong usage, is in the errors


def main(arguments=None):
    """Run the command line and return its exit code; without `arguments` this is the program and those are its own."""
    codes = []
    if arguments is None:
        atexit.register(_end, codes)  # the first to be registered is the last to be called
    codes.append(_run(arguments))
    return codes[0]


def _end(codes):
    """End the process with no more ado: to take apart what is in memory, object by object, takes 50 ms."""
    if codes:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(codes[0])


def _run(arguments):
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that cannot show ✓ shows ? and goes on
    options = _parser().parse_args(arguments)
    try:
        exit_code = options.run(options)
        sys.stdout.flush()
        return exit_code
    except CourseError as error:
        return _tell(options, error, error.exit_code)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return _tell(options, say("stopped"), FAILED)
    except BrokenPipeError:  # the reader, `head` for example, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return RIGHT
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _tell(options, say("{file}: {reason}", file=error.filename, reason=reason), CourseError.exit_code)
    except Exception as error:
        if os.environ.get("AUTOGRADER_DEBUG"):
            raise
        return _tell(options, say("a fault of this program, {kind}: {error} (AUTOGRADER_DEBUG=1 shows where)",
                                  kind=type(error).__name__, error=error), FAILED)


def _tell(options, error, exit_code):
    print(f"autograder {options.command}: {' '.join(str(error).split())}", file=sys.stderr)
    return exit_code


def _list(options):
    from autograder.exercises import EXERCISES, of_chapter

    if options.json:
        print(json.dumps({"version": 1, "exercises": [
            {"id": exercise.id, "chapter": exercise.chapter, "points": exercise.points, "hints": len(exercise.hints),
             "find_the_mistake": exercise.given is not None}
            for exercise in EXERCISES.values()]}, indent=1, ensure_ascii=False))
        return RIGHT
    width = max(map(len, EXERCISES))
    for chapter in dict.fromkeys(exercise.chapter for exercise in EXERCISES.values()):
        print(say("{chapter} · {points:g} points", chapter=chapter,
                  points=sum(exercise.points for exercise in of_chapter(chapter))))
        for exercise in of_chapter(chapter):
            kind = "" if exercise.given is None else "  " + say("find the mistake")
            print(f"  {exercise.id:<{width}}  {exercise.points:>5g}{kind}")
    return RIGHT


def _check(options):
    from autograder.report import Progress, table
    from autograder.submission import grade

    with Progress(sys.stderr) as progress:
        submission = grade(options.notebook, _seed(options.seed), options.time_limit, progress)
    if options.json:
        print(json.dumps(submission.as_json(), indent=1, ensure_ascii=False))
    else:
        print(table(submission))
    return RIGHT if submission.points == submission.max_points else FAILED


def _seed(given):
    from autograder.checking import SEED_VARIABLE

    value = os.environ.get(SEED_VARIABLE, "0") if given is None else given
    if not (value.isascii() and value.isdigit()):
        source = SEED_VARIABLE if given is None else "--seed"
        raise CourseError(say("the seed must be a whole number from 0 on, and is {value!r} (from {source})",
                              value=value, source=source))
    return int(value)


def seconds(text):
    """Read a number of seconds from the command line; argparse turns a ValueError into its one-line error."""
    value = float(text)
    if not 0 < value < 1e6:
        raise ValueError
    return value


def _hint(options):
    exercise, count = _exercise(options.id), len(_exercise(options.id).hints)
    if not 1 <= options.number <= count:
        raise CourseError(say("{id} has hints 1 to {count}, and no hint {number}", id=exercise.id, count=count,
                              number=options.number))
    print(say("Hint {number} of {count}: {hint}", number=options.number, count=count,
              hint=say(exercise.hints[options.number - 1])))
    if options.number < count:
        print(say("The next one: autograder hint {id} {number}", id=exercise.id, number=options.number + 1))
    return RIGHT


def _reset(options):
    from autograder.notebooks.sync import reset

    exercise = _exercise(options.id)
    saved = reset(options.notebook, exercise)
    if saved is None:
        print(say("{id}: the cell is the stub already; nothing to do", id=exercise.id))
    else:
        print(say("{id}: the stub is back in {notebook}; your text stands in {saved}", id=exercise.id,
                  notebook=options.notebook, saved=saved))
        print(say("If the notebook is open in Jupyter, reload it (File > Reload Notebook from Disk)."))
    return RIGHT


def _grade(options):
    from autograder.grading.ahead import launched

    with launched(options) as servers:
        gc.disable()  # hundreds of modules, and nothing of them is garbage
        try:
            from autograder.grading.command import run
        finally:
            gc.enable()
        return run(options, servers)


def _exercise(name):
    from autograder.exercises import find

    try:
        return find(name)
    except ValueError as error:
        raise CourseError(error) from None


def _parser():
    parser = argparse.ArgumentParser(
        prog="autograder",
        description=say("Exercises of the course on recurrent networks: check, hint, author, release."),
        epilog=say("Exit codes: 0 right, 1 something failed, 2 wrong usage. Each command has its own --help."))
    words = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name, run, purpose, example):
        word = words.add_parser(name, help=purpose, description=purpose, epilog=say("example: {line}", line=example))
        word.set_defaults(run=run)
        return word

    word = command("list", _list, say("list the exercises by chapter, with points"), "autograder list --json")
    word.add_argument("--json", action="store_true", help=say("for programs"))
    word = command("check", _check, say("run a notebook and say what is right, what is not, and why"),
                   "autograder check 03_rnn_model.ipynb")
    word.add_argument("notebook", metavar="NOTEBOOK", help=say("your notebook"))
    word.add_argument("--json", action="store_true", help=say("for programs (see autograder/schema.json)"))
    word.add_argument("--seed", metavar="N",
                      help=say("draw the cases from this number (default: AUTOGRADER_SEED, or 0)"))
    word.add_argument("--time-limit", metavar="S", type=seconds, default=30.0,
                      help=say("seconds for each cell and each exercise (default: %(default)g)"))
    word = command("hint", _hint, say("show one hint for an exercise"), "autograder hint rnn_cell_forward 2")
    word.add_argument("id", metavar="ID", help=say("the exercise: its function's name"))
    word.add_argument("number", metavar="NUMBER", nargs="?", type=int, default=1,
                      help=say("which hint; the first if left out"))
    word = command("reset", _reset, say("put an exercise's stub back, after saving your text beside the notebook"),
                   "autograder reset rnn_forward 03_rnn_model.ipynb")
    word.add_argument("id", metavar="ID", help=say("the exercise: its function's name"))
    word.add_argument("notebook", metavar="NOTEBOOK", help=say("your notebook"))
    authoring.add_commands(command)
    word = command("grade", _grade, say("for teachers: grade a whole class, isolated; exit code 1 if a submission "
                                        "could not be graded"),
                   "autograder grade submitted/ --gradebook sqlite:///gradebook.db --feedback feedback/")
    add_grade_arguments(word)
    return parser


if __name__ == "__main__":
    sys.exit(main())
