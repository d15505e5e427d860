"""Who is asked: the function under test, in this process.

A grader that runs a submission elsewhere has a subject of its own with the same two members.
"""

import inspect
import sys
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
        with Watch(forbidden, allowed) as watch:
            outcomes = tuple(run(self.function, case, names) for case in cases)
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
    """Notices, while active, which of `forbidden`'s code runs outside of `allowed`; `seen` is the first one's name.

    Parameters
    ----------
    forbidden, allowed : iterable of callable
        A call of a forbidden function inside an allowed one is that one's own affair.
    """

    def __init__(self, forbidden, allowed):
        self._forbidden, self._allowed = _codes(forbidden), _codes(allowed)
        self._depth = 0
        self.seen = ""

    def __enter__(self):
        self._before = sys.getprofile()
        sys.setprofile(self._notice)
        return self

    def __exit__(self, *error):
        sys.setprofile(self._before)

    def _notice(self, frame, event, _argument):
        if event == "call":
            if frame.f_code in self._allowed:
                self._depth += 1
            elif self._depth == 0 and frame.f_code in self._forbidden:
                self.seen = self.seen or frame.f_code.co_name
        elif event == "return" and frame.f_code in self._allowed and self._depth:
            self._depth -= 1
