"""What is a sequence, and which parts of one carry a name (Section 1 of the notes)."""

from solutions.checks import token_list
from solutions.contract import contract
from solutions.data_video import MOVEMENTS

__all__ = ["APPLICATIONS", "application_kind", "best_share_without_order", "extract_entities", "sequence_kind"]

APPLICATIONS = ["speech recognition", "music generation", "sentiment classification", "DNA analysis",
                "machine translation", "video activity recognition", "named entity recognition"]


def _truth(name, value, sizes):
    """Accept True or False."""
    if value is not True and value is not False:
        raise TypeError(f"{name} is {value!r}, wanted True or False")


def _application(name, value, sizes):
    """Accept one of the seven applications."""
    if value not in APPLICATIONS:
        raise ValueError(f"{name} is {value!r}, wanted one of: {', '.join(APPLICATIONS)}")


def _movements(name, value, sizes):
    """Accept different movements, at least one."""
    token_list(name, value, sizes)
    others = [movement for movement in value if movement not in MOVEMENTS]
    if others:
        raise ValueError(f"{name} holds {others[0]!r}, wanted only {', '.join(MOVEMENTS)}")
    if len(set(value)) < len(value):
        raise ValueError(f"{name} holds a movement twice, wanted each at most once")


def _tokens(name, value, sizes):
    """Accept a list of tokens, and remember its length."""
    token_list(name, value, sizes)
    sizes["lengths"] = ([len(value)], name)


def _labels(name, value, sizes):
    """Accept a list of 0 and 1, as long as the tokens."""
    if not hasattr(value, "__len__") or isinstance(value, str):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a list of 0 and 1")
    if len(value) != sizes["lengths"][0][0]:
        raise ValueError(f"{name} has {len(value)} entries, wanted {sizes['lengths'][0][0]}, as many as tokens")
    others = sorted(set(value) - {0, 1})
    if others:
        raise ValueError(f"{name} holds {others[0]}, wanted only 0 and 1")


@contract(x_is_sequence=_truth, y_is_sequence=_truth, same_length=_truth)
def sequence_kind(x_is_sequence, y_is_sequence, same_length):
    """Name the kind of a problem by what goes in and what comes out.

    Parameters
    ----------
    x_is_sequence, y_is_sequence : bool
        Whether the input, and the output, is a sequence. What is none is
        one value, or nothing at all.
    same_length : bool
        Whether T_x = T_y in every example. It matters only where both are
        sequences.

    Returns
    -------
    str
        "one-to-one", "one-to-many", "many-to-one",
        "many-to-many, T_x = T_y", or "many-to-many, T_x != T_y".

    Raises
    ------
    TypeError
        If an argument is not True or False.

    Notes
    -----
    Section 1 of the notes; Section 5 has a network for each kind.
    """
    if x_is_sequence and y_is_sequence:
        return "many-to-many, T_x = T_y" if same_length else "many-to-many, T_x != T_y"
    if x_is_sequence:
        return "many-to-one"
    return "one-to-many" if y_is_sequence else "one-to-one"


@contract(application=_application)
def application_kind(application):
    """Name the kind of each of the seven applications.

    Parameters
    ----------
    application : str
        "speech recognition", "music generation",
        "sentiment classification", "DNA analysis", "machine translation",
        "video activity recognition", or "named entity recognition".

    Returns
    -------
    str
        What `sequence_kind` says of it.

    Raises
    ------
    ValueError
        If there is no such application.

    Notes
    -----
    Section 1 of the notes.
    """
    kinds = {
        "speech recognition": sequence_kind(True, True, True),
        "music generation": sequence_kind(False, True, False),
        "sentiment classification": sequence_kind(True, False, False),
        "DNA analysis": sequence_kind(True, True, True),
        "machine translation": sequence_kind(True, True, False),
        "video activity recognition": sequence_kind(True, False, False),
        "named entity recognition": sequence_kind(True, True, True),
    }
    return kinds[application]


@contract(tokens=_tokens, labels=_labels)
def extract_entities(tokens, labels):
    """Find the names in a sentence from a label for each of its words.

    A name is a run of words that have the label 1, as long as it goes. It
    is told by two places: where it starts, and the first place behind it,
    so that ``tokens[start:end]`` are its words.

    Parameters
    ----------
    tokens : list of str
        The words of one sentence.
    labels : list of int
        For each word 1 where it is part of a name, else 0.

    Returns
    -------
    list of tuple
        For each name ``(start, end, text)``, from left to right; `text` is
        its words with a space between them. An empty list where there is no
        name.

    Raises
    ------
    TypeError, ValueError
        If `tokens` is not a list of strings, or `labels` not as many
        numbers 0 and 1.

    Notes
    -----
    Section 1 of the notes: recognising named entities.
    """
    entities, start = [], None
    for place, label in enumerate([*labels, 0]):  # the 0 behind the last word ends a name that stands there
        if label == 1 and start is None:
            start = place
        elif label == 0 and start is not None:
            entities.append((start, place, " ".join(tokens[start:place])))
            start = None
    return entities


@contract(movements=_movements)
def best_share_without_order(movements):
    """Predict the largest share of films that can be named without order.

    Each film shows one of the `movements`, all equally often, and its
    frames are shuffled. A heap of frames is the same for a film and for the
    film run backwards; any two other movements leave heaps that a good eye
    can tell apart.

    Parameters
    ----------
    movements : list of str
        What the films may show, each once: "left", "right", "up", "down",
        "clockwise", "anticlockwise".

    Returns
    -------
    float
        The largest share that can be named right, from 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If `movements` is not a list of different movements, at least one.

    Notes
    -----
    Section 1 of the notes: recognising activities in a video.
    """
    backwards = {"left": "right", "right": "left", "up": "down", "down": "up",
                 "clockwise": "anticlockwise", "anticlockwise": "clockwise"}
    # A movement and its reverse are one heap; whichever of the two one says, half are wrong.
    heaps = {frozenset([movement, backwards[movement]]) for movement in movements}
    return len(heaps) / len(movements)
