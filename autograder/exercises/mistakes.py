"""Writing down mistakes in one call: those of a chapter, and those planted in a function that is to be repaired."""

from dataclasses import replace
from itertools import combinations

from autograder.engine import Misconception, Patched

NUMBERS = ("none", "one", "two", "three")


def mistakes_in(chapter):
    """Return a function that makes the misconceptions of one chapter.

    Parameters
    ----------
    chapter : str
        The notebook's name without ending, ``"04_backpropagation_through_time"``.

    Returns
    -------
    callable
        ``mistake(id, function, message, anchor, *variants) -> Misconception``; the anchor gets the chapter's page.
    """
    def mistake(id, function, message, anchor, *variants):
        return Misconception(id, function, message, f"{chapter}.html#{anchor}", variants)

    return mistake


def whole_mistakes_in(chapter):
    """Return the same as `mistakes_in`, for mistakes that are told only where they explain all that is wrong."""
    mistake = mistakes_in(chapter)
    return lambda *what: replace(mistake(*what), whole=True)


def planted(reference, chapter, *replacements):
    """Return the function in which to find the mistakes, and the misconceptions of who has found only some of them.

    Parameters
    ----------
    reference : callable
    chapter : str
        The notebook's name without ending.
    *replacements : (str, str)
        Up to three planted mistakes, as for :class:`autograder.engine.Patched`.

    Returns
    -------
    given : Patched
        For ``Exercise.given``.
    left_over : tuple of Misconception
        For the head of ``Exercise.misconceptions``. They say how many mistakes are left, not which.
    """
    count = len(replacements)
    page = f"{chapter}.html#exercise-{reference.__name__.replace('_', '-')}"
    left_over = []
    for left in range(1, count):
        functions = [Patched(reference, *chosen) for chosen in combinations(replacements, left)]
        words = (f"{NUMBERS[count - left].capitalize()} of the {NUMBERS[count]} mistakes "
                 f"{'is' if count - left == 1 else 'are'} repaired, and {NUMBERS[left]} "
                 f"{'is' if left == 1 else 'are'} left, as given. Look at the other lines.")
        left_over.append(Misconception(f"planted_{left}_left", functions[0], words, page,
                                       tuple(functions[1:]), whole=True))
    return Patched(reference, *replacements), tuple(left_over)
