"""Data for the demonstrations: facts from `solutions/data`, and sentences from a grammar."""

from pathlib import Path

from solutions.checks import generator, positive_integer
from solutions.checks import path as path_of_file
from solutions.contract import contract

__all__ = ["dinosaur_names", "load_text", "people_sentences"]

DATA = Path(__file__).parent / "data"


def _words(name):
    return (DATA / f"{name}.txt").read_text(encoding="ascii").split()


FIRST_NAMES = _words("first_names")
LAST_NAMES = _words("last_names")

PLACES = [
    "Hogwarts", "Cairo", "Lima", "Oslo", "Kyoto", "Beijing", "Nairobi", "Boston", "Prague", "Toronto",
    "Delhi", "Quito",
]
MONTHS = ["January", "February", "March", "July", "September", "October", "November", "December"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
TITLES = ["Professor", "Doctor", "Captain", "Judge", "Mr", "Mrs", "Aunt", "Uncle"]

# Words that are a person's name or not, and what stands before says which:
# Jack London lives in London, and June Berlin was in Berlin in June.
PLACES_OR_FIRST_NAMES = ["Sydney", "Victoria", "Jordan", "Florence", "Chelsea", "Austin"]
PLACES_OR_LAST_NAMES = ["London", "Paris", "Berlin", "Lincoln", "Washington", "Wells"]
MONTHS_OR_FIRST_NAMES = ["April", "May", "June", "August"]

# Words that are a person's name or not, and only what follows says which.
# For each: what follows when it is a thing, what follows when it is a person's first name.
THINGS_OR_PERSONS = {
    "Teddy": (["bears"], ["Roosevelt", "Kennedy", "Lupin"]),
    "Rose": (["gardens", "petals"], ["Tyler", "Parks"]),
    "Iris": (["bulbs", "flowers"], ["Murdoch", "Apfel"]),
    "Robin": (["eggs", "nests"], ["Hood", "Williams"]),
}
THINGS_ARE = ["are on sale", "are on sale again", "are cheap today", "are very pretty", "are in the shop",
              "are sold in every town", "are what the children want"]
PERSON_IS = ["was a great President", "was a good friend", "is in the garden", "is on the train",
             "won the prize", "was here this morning", "wrote a famous book"]
BEFORE = ["He said", "She said", "They said", "We heard that", "Everyone knows that", "It is true that",
          "I think", "Yesterday he said", "The radio says that", "My sister believes that"]

VERBS = [
    "invented", "found", "painted", "bought", "described", "lost", "repaired", "studied", "discovered",
    "sold", "praised", "forgot", "hid", "drew",
]
OBJECTS = [
    "a new spell", "the old map", "a long letter", "the red car", "an ancient book", "a strange machine",
    "the stolen ring", "a better recipe", "a paper boat", "a secret door", "the broken clock", "a small boat",
    "the wrong key", "a rare stamp", "an empty box", "the blue planet",
]
WHEN = ["yesterday", "today", "last week", "in the morning", "at night", "again", "after lunch", "too late"]
NOBODY = ["the old teacher", "a young doctor", "my neighbour", "the whole team", "our guide", "the museum",
          "a tall stranger", "nobody", "the government", "their cat"]


def dinosaur_names():
    """Return the names of 800 and more dinosaurs.

    Returns
    -------
    list of str
        Genera in alphabetical order, in the letters a to z.

    Notes
    -----
    Section 7 of the notes: a language model on the level of characters needs many short sequences.
    """
    return _words("dinosaurs")


@contract(path=path_of_file)
def load_text(path):
    r"""Read a text file of your own for the language model.

    Parameters
    ----------
    path : str or pathlib.Path
        A file in UTF-8.

    Returns
    -------
    str
        The text, with line ends as ``\n`` and without a byte order mark.

    Raises
    ------
    TypeError, ValueError
        If `path` is not the path of a file, there is no such file, it is not text in UTF-8, or it
        has fewer than 100 characters: one line that says what to do.
    """
    path = Path(path)
    if not path.is_file():
        raise ValueError(f"{path}: there is no such file; give the path of a text file")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8 text") from None
    except OSError as error:
        raise ValueError(f"{path}: cannot be read ({error.strerror}); choose a file that you may read") from None
    if len(text.strip()) < 100:
        raise ValueError(f"{path}: {len(text.strip())} characters are too few to learn from; "
                         "choose a text of at least 100, better 10000")
    return text


@contract(n_sentences=positive_integer, rng=generator)
def people_sentences(n_sentences, rng):
    """Make sentences in which the people's names are marked.

    One sentence in five is a trap: after the same beginning, "Teddy" is as often a toy (He said
    Teddy bears are on sale) as a person (He said Teddy Roosevelt was a great President), so
    that only the words behind it can tell. "Rose", "Iris" and "Robin" do the same.

    Parameters
    ----------
    n_sentences : int
        How many.
    rng : numpy.random.Generator
        The source of the random numbers; the same state gives the same sentences.

    Returns
    -------
    sentences : list of list of str
        The words of each sentence, without punctuation.
    labels : list of list of int
        For each word 1 where it is part of a person's name, else 0.

    Raises
    ------
    TypeError, ValueError
        If `n_sentences` is not a whole number from 1 on, or `rng` is not a generator.

    Notes
    -----
    Section 2 of the notes has the first example (Harry Potter and Hermione Granger invented a
    new spell: 1 1 0 1 1 0 0 0 0), Section 11 has Teddy.
    """
    marked = [_trap(rng) if rng.random() < 0.2 else _plain(rng) for _ in range(n_sentences)]
    sentences = [[word for word, _ in sentence] for sentence in marked]
    labels = [[label for _, label in sentence] for sentence in marked]
    return sentences, labels


def _pick(options, rng):
    return options[rng.integers(len(options))]


def _mark(text, label=0):
    """Split a text into words, each with its label."""
    return [(word, label) for word in text.split()]


def _person(rng):
    """Name a person: Ada Bell, Ada, or Professor Bell."""
    kind = rng.random()
    first, last = _pick(FIRST_NAMES, rng), _pick(LAST_NAMES, rng)
    if rng.random() < 0.25:
        first = _pick(PLACES_OR_FIRST_NAMES + MONTHS_OR_FIRST_NAMES, rng)
    if rng.random() < 0.25:
        last = _pick(PLACES_OR_LAST_NAMES, rng)
    if kind < 0.55:
        return _mark(f"{first} {last}", 1)
    if kind < 0.8:
        return _mark(first, 1)
    return _mark(_pick(TITLES, rng)) + _mark(last, 1)


def _subject(rng):
    """Say who does it: one person, two, or nobody with a name."""
    kind = rng.random()
    if kind < 0.45:
        return _person(rng)
    if kind < 0.75:
        return _person(rng) + _mark("and") + _person(rng)
    return _mark(_pick(NOBODY, rng))


def _plain(rng):
    """Make a sentence whose names can be told from their own words."""
    sentence = _subject(rng) + _mark(_pick(VERBS, rng)) + _mark(_pick(OBJECTS, rng))
    extra = rng.random()
    if extra < 0.15:
        sentence = _mark(f"On {_pick(DAYS, rng)}") + sentence
    elif extra < 0.3:
        sentence += _mark("with") + _person(rng)
    elif extra < 0.55:
        sentence += _mark(f"in {_pick(PLACES + PLACES_OR_FIRST_NAMES + PLACES_OR_LAST_NAMES, rng)}")
    elif extra < 0.7:
        sentence += _mark(f"in {_pick(MONTHS + MONTHS_OR_FIRST_NAMES, rng)}")
    elif extra < 0.85:
        sentence += _mark(_pick(WHEN, rng))
    word, label = sentence[0]
    return [(word[0].upper() + word[1:], label), *sentence[1:]]


def _trap(rng):
    """Make a sentence with a word that is a name or not, depending on what follows."""
    beginning = _mark(_pick(BEFORE, rng))
    # Half of the traps have Teddy himself.
    word = "Teddy" if rng.random() < 0.5 else _pick(sorted(THINGS_OR_PERSONS), rng)
    things, people = THINGS_OR_PERSONS[word]
    if rng.random() < 0.5:
        return beginning + _mark(f"{word} {_pick(things, rng)} {_pick(THINGS_ARE, rng)}")
    return beginning + _mark(f"{word} {_pick(people, rng)}", 1) + _mark(_pick(PERSON_IS, rng))
