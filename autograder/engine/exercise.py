"""What an exercise is: plain values, no behaviour.

An :class:`Exercise` stands once, in ``autograder/exercises/``. Everything else (stub, check cell, points, messages,
the page of misconceptions) is made from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Finding:
    """One thing that is not as wanted: how grave (smaller is told first) and the sentence, or how to make it.

    Of many findings one is told, so a sentence that is costly to find is made when it is asked for.
    """

    rank: int
    words: str | Callable[[], str]

    @property
    def text(self):
        """The sentence."""
        return self.words() if callable(self.words) else self.words


# The order in which findings are told; the first that applies wins.
RAISED, KIND, SHAPE, DTYPE, FINITE, CHANGED, VALUE = range(7)


@dataclass(frozen=True)
class Seed:
    """Stands for a generator among a case's arguments: every run gets ``numpy.random.default_rng(value)`` anew.

    Parameters
    ----------
    value : int
    again : bool
        Where a case repeats its call, whether the generator begins anew in each of them instead of going on.
    """

    value: int
    again: bool = False


@dataclass(frozen=True)
class Case:
    """One call of the function under test.

    Parameters
    ----------
    args : tuple
        The arguments; arrays are copied before each run, a :class:`Seed` becomes a fresh generator.
    sizes : mapping of str to int
        Sizes of the named axes (``{"n_a": 5, "m": 3}``), for messages about shapes.
    label : str
        What is special about it, for messages (``"m = 1"``).
    parts : tuple of str or None
        Names of the parts this case tells about; None means all of them.
    repeat : int
        With more than 1 the function is called so many times with the same arguments (a generator goes on from
        call to call) and the result is the list of what came back.
    hidden : bool
        Whether messages keep the wanted values to themselves, as for a case that only the teacher's seed draws.
    """

    args: tuple
    sizes: Mapping[str, int] = field(default_factory=dict)
    label: str = ""
    parts: tuple[str, ...] | None = None
    repeat: int = 1
    hidden: bool = False


class Comparison(Protocol):
    """How one output is compared. ``find`` judges, ``same`` recognises another function's mistake."""

    def find(self, name: str, found: Any, wanted: Any, case: Case) -> Finding | None:
        """Return what is wrong with `found`, or None."""

    def same(self, found: Any, other: Any, case: Case) -> bool:
        """Whether two results agree."""


@dataclass(frozen=True)
class Part:
    """One output that earns its own points.

    Parameters
    ----------
    name : str
        As the learner knows it: ``"a_next"``, ``"dWax"``.
    points : float
        Earned when every case that tells about this part agrees.
    compare : Comparison
        How it is compared.
    path : tuple
        Where it stands in the result: positions and keys; ``()`` is the whole result.
    """

    name: str
    points: float
    compare: Comparison
    path: tuple = ()


@dataclass(frozen=True)
class Misconception:
    """A wrong function that learners really write, and the sentence it deserves.

    Parameters
    ----------
    id : str
        Unique within the exercise.
    function : callable
        The runnable mistake; it takes the exercise's arguments.
    message : str
        What the learner should read: which line of the formula, and why.
    anchor : str
        The passage to read again, ``"03_rnn_model.html#the-rnn-cell"``.
    variants : tuple of callable
        Other ways to write the same mistake, where they give other numbers.
    whole : bool
        Whether it is told only where it explains everything that is wrong: it is so coarse a mistake that it agrees
        with many finer ones in single parts.
    """

    id: str
    function: Callable
    message: str
    anchor: str
    variants: tuple[Callable, ...] = ()
    whole: bool = False

    @property
    def functions(self):
        """All runnable forms of the mistake."""
        return (self.function, *self.variants)


@dataclass(frozen=True, eq=False)
class Exercise:
    """One exercise: the single place where its facts stand.

    Parameters
    ----------
    id : str
        The function's name; also the id of the notebook cell and nbgrader's ``grade_id``.
    chapter : str
        The notebook's name without ending, ``"03_rnn_model"``.
    reference : callable
        The right function, from the library.
    cases : callable
        ``cases(rng) -> list of Case``: the same generator state gives the same cases.
    parts : tuple of Part
        What is checked; the points add up to the exercise's.
    hints : tuple of str
        From a nudge to nearly the answer.
    misconceptions : tuple of Misconception
        Tried on every wrong answer.
    uses : tuple of str
        Other exercises' functions that a right answer may call.
    forbids : tuple of callable
        Functions of the library, no exercises themselves, that would do the work. The references of all exercises but
        those in `uses` are forbidden anyway.
    given : Patched or None
        Where the exercise is to *find the mistake*: the wrong function that a learner gets to repair, the reference
        with a few replacements, each of which is one planted mistake. None where the function is to be written.
    """

    id: str
    chapter: str
    reference: Callable
    cases: Callable[[Any], list[Case]]
    parts: tuple[Part, ...]
    hints: tuple[str, ...]
    misconceptions: tuple[Misconception, ...]
    uses: tuple[str, ...] = ()
    forbids: tuple[Callable, ...] = ()
    given: Callable | None = None

    @property
    def points(self) -> float:
        """Points of all parts together."""
        return float(sum(part.points for part in self.parts))
