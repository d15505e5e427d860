"""Two kinds of exercise in a few lines each: *write the test*, and *predict, then run*."""

from collections.abc import Callable
from dataclasses import dataclass

from autograder.engine import Candidate, Case, Exercise, Misconception, Part, Patched, Verdict
from autograder.words import mark

OTHER_WORDS = mark("accepts right functions in other words")


@dataclass(frozen=True)
class Handed:
    """A function that is handed to a learner's test.

    Parameters
    ----------
    words : str
        What it is, as it goes on from *Your test accepts* or *rejects*: ``"a function that turns the sign round"``.
    function : callable
        No exercise's reference itself; ``Patched(reference)`` is a copy of it.
    points : float
        What rejecting it earns; a right one has none.
    tip : str
        What a test that accepts a wrong one should do.
    """

    words: str
    function: Callable
    points: float = 0
    tip: str = ""


def write_the_test(id, chapter, reference, right, wrong, points, **teaching):
    """Return an exercise in which the learner writes a test: a function that says whether a candidate is right.

    The first right function must be accepted, or nothing is earned. Each wrong one that is rejected earns its points;
    the other right ones, accepted while the first wrong one is rejected, earn theirs. So a test that always says the
    same earns nothing. The functions are handed over in an order that the seed draws.

    Parameters
    ----------
    id, chapter : str
        As for :class:`Exercise`.
    reference : callable
        A right test, ``reference(candidate) -> bool``.
    right : tuple of Handed
        A right function, and the same in other words.
    wrong : tuple of Handed
        Wrong functions; the first is one that no test may accept.
    points : float
        For accepting the right functions after the first.
    **teaching
        ``hints``, ``misconceptions`` and ``uses`` of the :class:`Exercise`.
    """
    names = [f"rejects {handed.words}" for handed in wrong]
    told = [None, *[(OTHER_WORDS,)] * (len(right) - 1), (names[0], OTHER_WORDS), *((name,) for name in names[1:])]
    cases = [Case((Candidate(handed.function),), {}, handed.words, parts)
             for handed, parts in zip((*right, *wrong), told, strict=True)]

    def handed_over(rng):
        return [cases[i] for i in rng.permutation(len(cases))]

    parts = (*(Part(name, handed.points, Verdict(handed.tip)) for name, handed in zip(names, wrong, strict=True)),
             Part(OTHER_WORDS, points, Verdict()))
    return Exercise(id, chapter, reference, handed_over, parts, **teaching)


def careless_tests(reference, anchor):
    """Return the mistakes that spoil a test of any function.

    Parameters
    ----------
    reference : callable
        The right test.
    anchor : str
        The passage to read again, with its page.

    Returns
    -------
    tuple of Misconception
    """
    right = Patched(reference)

    def mistake(id, function, message):
        return Misconception(id, function, message, anchor, whole=True)

    def asserts(candidate):
        assert right(candidate)
        return True

    return (
        mistake(
            "accepts_everything", lambda candidate: True,
            "Your test says True to everything, so it says nothing. Call the candidate with inputs whose result you "
            "know, and compare: a test is worth what it rejects."),
        mistake(
            "rejects_everything", lambda candidate: False,
            "Your test says False to everything, the right function included. Work out by hand what a right function "
            "returns, and return True where the candidate returns that."),
        mistake(
            "verdict_turned_round", lambda candidate: not right(candidate),
            "Your verdict is turned round. True means that the candidate is right."),
        mistake(
            "asserts", asserts,
            "Your test stops with an error where it should answer. `assert` ends the function; what is asked for is "
            "the answer False."),
        mistake(
            "none_for_false", lambda candidate: True if right(candidate) else None,
            "Your test returns None where it should return False: on that way out there is no return."),
        mistake(
            "none_for_true", lambda candidate: None if right(candidate) else False,
            "Your test finds nothing wrong with a right function, and then forgets to say so: `return True` is "
            "missing at its end."),
        mistake(
            "words_for_a_verdict", lambda candidate: "right" if right(candidate) else "wrong",
            "Your test answers in words. Its caller asks a yes-or-no question: return True or False."),
    )


def predict_then_run(id, chapter, reference, questions, wrong, hints):
    """Return an exercise in which the learner says what an experiment will show, before it is run.

    Parameters
    ----------
    id, chapter : str
        As for :class:`Exercise`.
    reference : callable
        Without arguments; returns a dict with the right answer to each question.
    questions : dict of str to (float, Comparison)
        The key of each answer: its points, and how it is compared.
    wrong : tuple of (str, str, tuple, str, str)
        The id of a wrong answer, its key, its values (each another way to be wrong for the same reason), the
        sentence that says why, the passage to read again, with its page.
    hints : tuple of str
    """
    right = reference()
    return Exercise(
        id, chapter, reference, lambda rng: [Case(())],
        tuple(Part(key, points, compare, (key,)) for key, (points, compare) in questions.items()), hints,
        tuple(Misconception(name, *(_Answers({**right, key: value}) for value in values[:1]), message, anchor,
                            tuple(_Answers({**right, key: value}) for value in values[1:]))
              for name, key, values, message, anchor in wrong))


class _Answers:
    """A function without arguments that gives these answers."""

    def __init__(self, answers):
        self.answers = answers

    def __call__(self):
        return dict(self.answers)
