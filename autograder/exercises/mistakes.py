"""Writing down a mistake in one call: the anchor of its passage gets the page of its chapter."""

from autograder.engine import Misconception


def mistakes_in(chapter):
    """Return a function that makes the misconceptions of one chapter.

    Parameters
    ----------
    chapter : str
        The notebook's name without ending, ``"04_backpropagation_through_time"``.

    Returns
    -------
    callable
        ``mistake(id, function, message, anchor, *variants) -> Misconception``
    """
    def mistake(id, function, message, anchor, *variants):
        return Misconception(id, function, message, f"{chapter}.html#{anchor}", variants)

    return mistake
