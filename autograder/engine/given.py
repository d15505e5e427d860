"""Exercises that give a wrong function to repair: what is as it was, what is repaired.

Behaviour counts, not text: new names and new comments repair nothing.
"""

from autograder.engine.diagnose import agreement
from autograder.engine.parts import output, told_by


def as_given(trial):
    """Whether the function does in every case what the given one does."""
    given, every = trial.exercise.given, frozenset(part.name for part in trial.exercise.parts)
    return given is not None and agreement(trial, trial.drawn.mistake, given, needed=every) == every


def repaired(trial):
    """Names of the parts that the given function has wrong and this one right."""
    return _wrong_at_first(trial) - trial.failed


def _wrong_at_first(trial):
    found = set()
    for number, (case, wanted) in enumerate(zip(trial.cases, trial.drawn.wanted, strict=True)):
        outcome = trial.drawn.mistake(trial.exercise.given, number)
        found |= {part.name for part in told_by(trial.exercise, case) if outcome.raised
                  or part.compare.find(part.name, output(part, outcome), output(part, wanted), case) is not None}
    return found
