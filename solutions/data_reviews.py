"""Reviews whose feeling hangs on small words: Section 1's sentiment classification."""

from solutions.checks import generator, positive_integer
from solutions.contract import contract

__all__ = ["reviews"]

THINGS = ["food", "service", "soup", "room", "waiter", "music", "fish", "bread", "view", "dessert", "coffee", "place"]
GOOD = ["good", "great", "friendly", "lovely", "wonderful", "fresh", "excellent", "nice"]
BAD = ["bad", "awful", "rude", "terrible", "boring", "cold", "horrible", "sad"]
STRENGTH = ["very", "really", "quite", "so"]
NEGATIONS = ["was not", "was never", "was not at all", "was hardly", "was nowhere near"]
NOT_AT_ALL = "at all"

# What speaks last, or in the main clause, is what the review says.
BALANCES = [("", "but"), ("although", ","), ("even though", ","), ("", "however")]


@contract(n_examples=positive_integer, rng=generator)
def reviews(n_examples, rng):
    """Write reviews of a restaurant, and say which ones are content.

    Counting good and bad words does not help much: "not good at all" is bad, "the soup was cold
    but the service was lovely" ends well, "although the soup was lovely , the service was cold"
    does not.

    Parameters
    ----------
    n_examples : int
        How many.
    rng : numpy.random.Generator
        The source of the random numbers; the same state gives the same reviews.

    Returns
    -------
    sentences : list of list of str
        The words of each review, in small letters.
    labels : list of int
        1 where the guest is content, 0 where not.

    Raises
    ------
    TypeError, ValueError
        If `n_examples` is not a whole number from 1 on, or `rng` is not a generator.

    Notes
    -----
    Section 1 of the notes: a sequence in, one class out.
    """
    labels = [int(label) for label in rng.integers(2, size=n_examples)]
    return [_review(label, rng).split() for label in labels], labels


def _pick(options, rng):
    return options[rng.integers(len(options))]


def _review(label, rng):
    """Write one review that ends up good (1) or bad (0)."""
    first, second = (THINGS[index] for index in rng.choice(len(THINGS), size=2, replace=False))
    form = rng.random()
    if form < 0.5:
        return _clause(first, label, rng)
    if form < 0.75:
        return f"{_clause(first, label, rng)} and {_clause(second, label, rng)}"
    before, between = _pick(BALANCES, rng)
    return f"{before} {_clause(first, 1 - label, rng)} {between} {_clause(second, label, rng)}"


def _clause(thing, label, rng):
    """Say something good (1) or bad (0) of a thing, often by denying the opposite."""
    denied = rng.random() < 0.35
    word = _pick(GOOD if label != denied else BAD, rng)
    if not denied:
        strength = f"{_pick(STRENGTH, rng)} " if rng.random() < 0.5 else ""
        return f"the {thing} was {strength}{word}"
    negation = _pick(NEGATIONS, rng)
    if negation == "was not" and rng.random() < 0.5:
        return f"the {thing} was not {word} {NOT_AT_ALL}"
    return f"the {thing} {negation} {word}"
