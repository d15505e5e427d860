"""What the parts of an exercise look at in an outcome."""

from dataclasses import dataclass

from autograder.engine.exercise import CHANGED, Finding, Part
from autograder.engine.nest import pick
from autograder.words import mark, say


@dataclass(frozen=True)
class Intact:
    """The part that is right when no argument was changed. Its comparison reads the outcome, not the result."""

    def find(self, name, found, wanted, case):
        """Return the :class:`Finding` that names the changed arguments (`found`), or None."""
        if not found:
            return None
        which = ", ".join(found[:4])
        return Finding(CHANGED, say("The function changes its inputs ({which}). Work on a copy: whoever called it "
                                    "still needs them.", which=which))

    def same(self, found, other, case):
        """Whether the same arguments were changed."""
        return found == other


def intact(points):
    """Return the part that earns `points` for leaving the inputs alone."""
    return Part(mark("inputs left unchanged"), points, Intact())


def told_by(exercise, case):
    """Return the parts of `exercise` that `case` tells about."""
    return [part for part in exercise.parts if case.parts is None or part.name in case.parts]


def output(part, outcome):
    """Return what `part` looks at in an outcome."""
    return outcome.changed if isinstance(part.compare, Intact) else pick(outcome.value, part.path)
