"""Melodies in a key, with rhythm, and their sound: Section 1's music generation."""

import re

import numpy as np

from solutions.checks import generator, positive_integer, token_list
from solutions.contract import contract
from solutions.data_speech import SAMPLE_RATE

__all__ = ["KEYS", "in_key", "melodies", "render_melody"]

# Each key: its first note (60 is the middle C of a piano) and how far above it the seven notes of the scale lie.
MAJOR, MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)
SCALES = {"C major": (60, MAJOR), "C minor": (60, MINOR), "E major": (64, MAJOR), "E minor": (64, MINOR)}
KEYS = list(SCALES)

NAMES = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
NOTE = re.compile(r"([A-G]#?)(\d):(\d+)")

# One bar lasts 8 eighths. A melody has four: A B A and an end.
RHYTHMS = [(2, 2, 2, 2), (4, 2, 2), (2, 1, 1, 2, 2), (3, 1, 2, 2), (2, 2, 4), (2, 2, 2, 1, 1)]
LAST_RHYTHMS = [(2, 2, 4), (4, 4), (2, 1, 1, 4)]
TRIAD = [0, 2, 4]  # the first, third and fifth note of the scale sound well together
STEPS, CHANCES = [-2, -1, 0, 1, 2], [0.15, 0.3, 0.1, 0.3, 0.15]
LOWEST, HIGHEST = -1, 8  # in steps of the scale, from the note below the first to the one above the next octave


@contract(n_examples=positive_integer, rng=generator)
def melodies(n_examples, rng):
    """Compose melodies of four bars.

    A melody begins on a note of its key's triad, moves in small steps along the scale, returns to
    its first rhythm in the third bar, and ends on the key's own note.

    Parameters
    ----------
    n_examples : int
        How many.
    rng : numpy.random.Generator
        The source of the random numbers; the same state gives the same melodies.

    Returns
    -------
    keys : list of int
        The key of each, as an index into ``KEYS``: all that one-to-many is given.
    tunes : list of list of str
        The notes of each: ``"C#4:2"`` is the C sharp of the fourth octave, two eighths long. The
        eighths of a tune are 32 in all; T_y, the number of notes, differs.

    Raises
    ------
    TypeError, ValueError
        If `n_examples` is not a whole number from 1 on, or `rng` is not a generator.

    Notes
    -----
    Section 1 of the notes: the input is nothing or one whole number, the output a sequence.
    """
    keys = [int(key) for key in rng.integers(len(KEYS), size=n_examples)]
    return keys, [_compose(KEYS[key], rng) for key in keys]


@contract(notes=token_list)
def in_key(notes, key):
    """Measure how many of the notes belong to a key.

    Parameters
    ----------
    notes : list of str
        Such as ``["C4:2", "E4:4"]``. What is not a note, such as "<EOS>", is not counted.
    key : int
        An index into ``KEYS``.

    Returns
    -------
    float
        From 0 to 1. A note drawn blindly from all melodies belongs to a given key with about 0.7.

    Raises
    ------
    TypeError, ValueError
        If `notes` is not a list of strings with at least one note, or there is no such key.
    """
    pitches = [pitch for pitch, _ in _read(notes, "in_key")]
    if not isinstance(key, int | np.integer) or not 0 <= key < len(KEYS):
        raise ValueError(f"in_key: key is {key!r}, wanted 0 to {len(KEYS) - 1}")
    first, scale = SCALES[KEYS[key]]
    return float(np.mean([(pitch - first) % 12 in scale for pitch in pitches]))


@contract(notes=token_list)
def render_melody(notes, seconds_per_eighth=0.2):
    """Turn notes into sound.

    Parameters
    ----------
    notes : list of str
        Such as ``["C4:2", "E4:4"]``. What is not a note, such as "<EOS>", is not heard.
    seconds_per_eighth : float
        How long an eighth lasts.

    Returns
    -------
    ndarray of float64, shape (n,)
        The sound, from -1 to 1, with ``SAMPLE_RATE`` = 8000 numbers a second.

    Raises
    ------
    TypeError, ValueError
        If `notes` is not a list of strings with at least one note, or an eighth is not between
        0.02 and 2 seconds.
    """
    read = _read(notes, "render_melody")
    if not 0.02 <= seconds_per_eighth <= 2:
        raise ValueError(f"render_melody: seconds_per_eighth is {seconds_per_eighth}, wanted 0.02 to 2")
    return np.concatenate([_tone(pitch, eighths * seconds_per_eighth) for pitch, eighths in read])


def _compose(key, rng):
    """Write one melody as a list of notes."""
    first, scale = SCALES[key]
    a, b = (RHYTHMS[index] for index in rng.choice(len(RHYTHMS), size=2, replace=False))
    lengths = [*a, *b, *a, *LAST_RHYTHMS[rng.integers(len(LAST_RHYTHMS))]]
    steps = [TRIAD[rng.integers(3)]]
    while len(steps) < len(lengths) - 1:
        step = steps[-1] + STEPS[rng.choice(5, p=CHANCES)]
        steps.append(int(np.clip(step, LOWEST, HIGHEST)))
    steps.append(0)
    pitches = [first + 12 * (step // 7) + scale[step % 7] for step in steps]
    return [f"{NAMES[pitch % 12]}{pitch // 12 - 1}:{length}" for pitch, length in zip(pitches, lengths, strict=True)]


def _read(notes, function):
    """Read notes as pairs (pitch, eighths); at least one."""
    found = [match for match in map(NOTE.fullmatch, notes) if match]
    if not found:
        raise ValueError(f'{function}: notes holds no note, wanted such as "C4:2"')
    return [(12 * (int(octave) + 1) + NAMES.index(name), int(eighths))
            for name, octave, eighths in (match.groups() for match in found)]


def _tone(pitch, seconds):
    """Sound one note like a plucked string: a few overtones that fade."""
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    hertz = 440 * 2 ** ((pitch - 69) / 12)
    wave = sum(np.sin(2 * np.pi * k * hertz * time) * np.exp(-2.5 * k * time) / k for k in (1, 2, 3))
    return 0.5 * wave * np.clip(np.minimum(time, seconds - time) / 0.01, 0, 1)
