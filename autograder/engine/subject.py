"""Who is asked: the function under test, in this process.

A grader that runs a submission elsewhere has a subject of its own with the same two members.
"""

import inspect
from dataclasses import dataclass

from autograder.engine.run import Outcome, replaced, run


@dataclass(frozen=True)
class Answers:
    """What a subject did: one outcome for each case, and the name of a forbidden function called on the way."""

    outcomes: tuple[Outcome, ...]
    forbidden: str = ""


class Local:
    """A function of this process.

    Parameters
    ----------
    function : callable
    """

    def __init__(self, function):
        self.function = function
        self.name = getattr(function, "__name__", "")

    def answer(self, cases, names, forbidden, allowed):
        """Run the function on every case.

        Parameters
        ----------
        cases : list of Case
        names : tuple of str
            Names of its arguments.
        forbidden, allowed : iterable of callable
            What it must not call, and what it may (inside which the forbidden may be called).

        Returns
        -------
        Answers
        """
        watch = Watch(forbidden, allowed)
        outcomes = tuple(run(self.function, case, names, watch) for case in cases)
        return Answers(outcomes, watch.seen)

    def helped_by(self, replacements):
        """Return a subject whose calls of these names reach these functions instead of its own."""
        return Helped(self.function, replacements)


class Helped(Local):
    """A function of this process that calls other functions than its own where it names them."""

    def __init__(self, function, replacements):
        def helped(*args, **kwargs):
            with replaced(function, replacements):
                return function(*args, **kwargs)

        super().__init__(helped)
        helped.__name__, helped.__wrapped__ = getattr(function, "__name__", "helped"), function


def _codes(functions):
    """Return the code objects of functions in Python, and of what happens when another object is called."""
    codes = (getattr(inspect.unwrap(each), "__code__", None) or getattr(type(each).__call__, "__code__", None)
             for each in functions)
    return {code for code in codes if code is not None}


class Watch:
    """Notices which of `forbidden`'s code runs outside of `allowed`; `seen` is the first one's name.

    Call it with the frame of every function that begins.

    Parameters
    ----------
    forbidden, allowed : iterable of callable
        A call of a forbidden function inside an allowed one is that one's own affair.
    """

    def __init__(self, forbidden, allowed):
        self._allowed = _codes(allowed)
        self._forbidden = _codes(forbidden) - self._allowed
        self.seen = ""

    def __call__(self, frame):
        """Look at a function that begins."""
        if frame.f_code in self._forbidden and not self.seen and self._allowed.isdisjoint(_codes_of_callers(frame)):
            self.seen = frame.f_code.co_name


def _codes_of_callers(frame):
    while frame := frame.f_back:
        yield frame.f_code
