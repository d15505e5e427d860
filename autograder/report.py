"""What the terminal shows of a submission: the progress, the table of points, the diagnosis."""

from autograder.engine.result import PASSED, SIGNS
from autograder.words import say

BAR = 24  # characters


class Progress:
    """A bar on a terminal, a line for each step elsewhere.

    Parameters
    ----------
    stream : text file
    """

    def __init__(self, stream):
        self._stream, self._bar = stream, stream.isatty()

    def __call__(self, done, total, what):
        """Show that `done` of `total` steps are over and `what` comes next."""
        if self._bar:
            filled = BAR * done // max(total, 1)
            self._stream.write(f"\r\033[K[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total} {what[:50]}")
        else:
            self._stream.write(f"[{done + 1}/{total}] {what}\n")
        self._stream.flush()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self._bar:
            self._stream.write("\r\033[K")
            self._stream.flush()


def table(submission):
    """Return the report on a submission: points, diagnosis of what is not right, remarks."""
    results = [graded.result for graded in submission.exercises]
    width = max(len(result["id"]) for result in results)
    lines = [submission.notebook, ""]
    lines += [_row(SIGNS[result["status"]], result["id"], result, say(result["status"]), width)
              for result in results]
    lines += ["  " + "─" * (width + 18), _row(" ", say("total"), submission.as_json(), "", width)]
    for graded in submission.exercises:
        if graded.result["status"] != PASSED:
            lines += ["", *graded.text.split("\n")]
    if submission.remarks:
        lines += ["", say("Remarks (they cost no points by themselves):")]
        lines += [f"- {text}" for text in submission.remarks]
    return "\n".join(lines)


def _row(sign, name, points, status, width):
    return f"{sign} {name:<{width}} {points['points']:>6g} / {points['max_points']:<6g} {status}".rstrip()
