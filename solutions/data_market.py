"""Sentences from a market, full of words that sound alike: what speech recognition asks of a language model."""

import itertools

from solutions.checks import generator, positive_integer, token_list
from solutions.contract import contract
from solutions.text import split_words

__all__ = ["SOUND_ALIKE", "market_sentences", "sound_alikes"]

SOUND_ALIKE = (("pear", "pair"), ("pears", "pairs"), ("flour", "flower"), ("sun", "son"), ("ate", "eight"),
               ("see", "sea"), ("meat", "meet"), ("two", "too"), ("right", "write"))

FRUITS = ["apple", "pear", "plum", "peach", "cherry", "lemon"]
MANY_FRUITS = ["apples", "pears", "plums", "peaches", "lemons"]
DISHES = ["salad", "cake", "pie", "juice"]
CLOTHES = ["shoes", "socks", "gloves", "boots"]
WHO = ["He", "She", "My friend", "The teacher", "The doctor", "Her brother"]
NUMBERS = ["two", "three", "six", "eight"]
GOT = ["bought", "found", "sold", "lost"]
WANTS = ["wants", "needs", "has", "buys"]
WHICH = ["the best", "the last", "the right", "the first"]
TASTE = ["fresh", "good", "cheap", "sweet"]
WHEN = ["", "", "today", "again", "in the morning", "at the market"]

# Who wants what: between the two stand three words that say nothing of it.
ERRANDS = [(["baker", "cook"], "flour"), (["gardener", "florist"], "flower"),
           (["farmer", "waiter"], "pear"), (["tailor", "dancer"], "pair")]
# What the word after it decides: the sun is hot, the son is tall.
SKY_OR_CHILD = [("sun", ["is hot", "is high", "was red"]), ("son", ["is tall", "is clever", "was late"])]


@contract(n_sentences=positive_integer, rng=generator)
def market_sentences(n_sentences, rng):
    """Write sentences about fruit, shoes and people, with many words that sound like another one.

    Sometimes the word before tells which of the two is meant ("a pair of shoes", "six pairs"). Sometimes only a
    word further back does: "The baker wants the best flour", "The gardener wants the best flower".

    Parameters
    ----------
    n_sentences : int
        How many.
    rng : numpy.random.Generator
        The source of the random numbers; the same state gives the same sentences.

    Returns
    -------
    list of list of str
        The words of each sentence, the full stop among them. "The apple and pear salad" is in none of them.

    Raises
    ------
    TypeError, ValueError
        If `n_sentences` is not a whole number from 1 on, or `rng` is not a generator.

    Notes
    -----
    Section 6 of the notes: "The apple and pair salad", or "The apple and pear salad"?
    """
    kinds, shares = (_menu, _clothes, _fruit, _errand, _family), (0.22, 0.14, 0.16, 0.32, 0.16)
    chosen = rng.choice(len(kinds), size=n_sentences, p=shares)
    return [split_words(f"{kinds[kind](rng)} .") for kind in chosen]


@contract(tokens=token_list)
def sound_alikes(tokens):
    """Write down all the sentences that sound like this one.

    Parameters
    ----------
    tokens : list of str
        The words of a sentence.

    Returns
    -------
    list of list of str
        Every way to spell it, when each word of `SOUND_ALIKE` may be the other one of its pair; the sentence itself
        is among them.

    Raises
    ------
    TypeError, ValueError
        If `tokens` is not a list of strings.

    Notes
    -----
    Section 6 of the notes: to the ear the two salads are one.
    """
    spellings = {word: pair for pair in SOUND_ALIKE for word in pair}
    return [list(words) for words in itertools.product(*(spellings.get(token, (token,)) for token in tokens))]


def _pick(options, rng):
    return options[rng.integers(len(options))]


def _menu(rng):
    """Name a dish of two fruits; apple and pear make anything but a salad."""
    first, second = (FRUITS[place] for place in rng.choice(len(FRUITS), size=2, replace=False))
    dishes = DISHES[1:] if (first, second) == ("apple", "pear") else DISHES
    praise = _pick(["", f" is {_pick(TASTE, rng)}", f" was {_pick(TASTE, rng)}"], rng)
    return f"The {first} and {second} {_pick(dishes, rng)}{praise}"


def _clothes(rng):
    """Say something of a pair, or of pairs."""
    form, clothes = rng.random(), _pick(CLOTHES, rng)
    if form < 0.4:
        return f"{_pick(WHO, rng)} {_pick(GOT, rng)} a pair of {clothes} {_pick(WHEN, rng)}"
    if form < 0.7:
        return f"{_pick(WHO, rng)} {_pick(GOT, rng)} {_pick(NUMBERS, rng)} pairs of {clothes} {_pick(WHEN, rng)}"
    return f"The pair of {clothes} {_pick(['is', 'was'], rng)} too {_pick(['small', 'large'], rng)}"


def _fruit(rng):
    """Say who ate or got how many fruits."""
    verb = "ate" if rng.random() < 0.5 else _pick(GOT, rng)
    return f"{_pick(WHO, rng)} {verb} {_pick(NUMBERS, rng)} {_pick(MANY_FRUITS, rng)} {_pick(WHEN, rng)}"


def _errand(rng):
    """Say what somebody wants; who it is decides what."""
    people, thing = _pick(ERRANDS, rng)
    return f"The {_pick(people, rng)} {_pick(WANTS, rng)} {_pick(WHICH, rng)} {thing} {_pick(WHEN, rng)}"


def _family(rng):
    """Say something of a son, the sun, the sea, a letter, or meat."""
    form = rng.random()
    if form < 0.5:
        thing, does = _pick(SKY_OR_CHILD, rng)
        return f"The {thing} {_pick(does, rng)} {_pick(WHEN, rng)}"
    return _pick([
        f"They {_pick(['see', 'meet'], rng)} the {_pick(['teacher', 'doctor', 'cook'], rng)} {_pick(WHEN, rng)}",
        f"The sea is {_pick(['cold', 'high', 'calm'], rng)} {_pick(WHEN, rng)}",
        f"They {_pick(['write', 'lost', 'found'], rng)} a letter {_pick(WHEN, rng)}",
        f"The cook sells {_pick(['fresh', 'good', 'cheap'], rng)} meat {_pick(WHEN, rng)}",
    ], rng)
