"""Spoken words made of tones: sound for Section 1's speech recognition, Section 12's transcription."""

import numpy as np

from solutions.checks import generator, positive_integer
from solutions.contract import contract

__all__ = ["SAMPLE_RATE", "SOUNDS", "SPOKEN_WORDS", "short_time_spectra", "tone_sentences", "tone_words"]

SAMPLE_RATE = 8000
N_FRAMES, FRAME, HOP = 48, 256, 128  # a clip has 48 frames; each is 32 ms long, one begins every 16 ms
N_BANDS = 24

# The sounds of the language. The first is silence; each of the others is two tones (in Hz).
# Many share one of their tones, and speakers differ in pitch: one frame alone tells little.
TONES = {
    "a": (700, 1300), "e": (500, 1900), "i": (330, 2300), "l": (330, 1300), "r": (430, 1550), "n": (270, 1550),
    "p": (600, 1050), "s": (900, 2600), "d": (380, 1900), "t": (600, 2600),
}
SOUNDS = ["_", *TONES]

# What is said, and the sounds in it. Pear and pair sound the same: sound alone cannot tell.
SPOKEN_WORDS = {
    "apple": "apl", "pear": "per", "pair": "per", "salad": "salad", "red": "red", "pen": "pen", "ten": "ten",
    "net": "net", "lip": "lip", "pill": "pil", "tin": "tin", "nap": "nap", "pan": "pan", "rat": "rat", "tar": "tar",
    "sand": "sand", "spin": "spin", "tip": "tip", "spell": "spel", "alert": "alert", "idea": "idia", "rest": "rest",
}


def _sentences(name, value, sizes):
    """Accept a list of lists of words that the voices can say."""
    if not isinstance(value, list | tuple) or not value:
        raise TypeError(f"{name} is {value!r:.40}, wanted a list of sentences, each a list of words")
    for i, sentence in enumerate(value):
        if not isinstance(sentence, list | tuple) or not sentence:
            raise TypeError(f"{name}[{i}] is {sentence!r:.40}, wanted a list of words")
        for word in sentence:
            if word not in SPOKEN_WORDS:
                raise ValueError(f"{name}[{i}] has the word {word!r:.40}; the voices know {', '.join(SPOKEN_WORDS)}")


@contract(n_examples=positive_integer, rng=generator)
def tone_words(n_examples, rng):
    """Let a synthetic voice say words, with noise.

    Each word is a sequence of sounds, each sound two tones that glide into the next one. Speakers
    differ in pitch by up to 15 percent, sounds in length, and noise covers all.

    Parameters
    ----------
    n_examples : int
        How many clips, m. A clip has T_x = 48 frames and lasts 0.8 seconds.
    rng : numpy.random.Generator
        The source of the random numbers; the same state gives the same clips.

    Returns
    -------
    x : ndarray of float64, shape (T_x, n_x, m) = (48, 24, m)
        The spectrum of each frame: how strong each of 24 bands of pitch is, low to high.
    y : ndarray of int64, shape (T_y, m) = (48, m)
        The sound in each frame, as an index into ``SOUNDS``; 0 is silence.
    words : list of m str
        What was said, from ``SPOKEN_WORDS``.
    waves : ndarray of float64, shape (m, 6272)
        The sound itself, from -1 to 1, with ``SAMPLE_RATE`` = 8000 numbers a second.

    Raises
    ------
    TypeError, ValueError
        If `n_examples` is not a whole number from 1 on, or `rng` is not a generator.

    Notes
    -----
    Section 1 of the notes: speech recognition, a sequence in and a sequence out.
    """
    names = list(SPOKEN_WORDS)
    words = [names[index] for index in rng.integers(len(names), size=n_examples)]
    clips = [_say_in_a_clip(SPOKEN_WORDS[word], rng) for word in words]
    waves = np.array([wave for wave, _ in clips])
    y = np.array([sounds for _, sounds in clips], dtype=np.int64).T
    x = np.stack([short_time_spectra(wave) for wave in waves], axis=-1)
    return x, y, words, waves


@contract(sentences=_sentences, rng=generator)
def tone_sentences(sentences, rng):
    """Let synthetic voices say whole sentences without stopping, with noise.

    Each sentence has a voice of its own, with its own pitch, pauses of one to three frames between words, and
    sounds of four to seven frames, as in `tone_words`.

    Parameters
    ----------
    sentences : list of m lists of str
        The words of each sentence, from ``SPOKEN_WORDS``.
    rng : numpy.random.Generator
        The source of the random numbers; the same state gives the same sounds.

    Returns
    -------
    x : ndarray of float64, shape (T_x, n_x, m), n_x = 24
        The spectrum of each frame. T_x is that of the longest sentence; behind the others there is silence.
    y : ndarray of int64, shape (T_x, m)
        The sound in each frame, as an index into ``SOUNDS``; 0 is silence.
    waves : ndarray of float64, shape (m, 128 (T_x - 1) + 256)
        The sounds themselves, from -1 to 1, with ``SAMPLE_RATE`` = 8000 numbers a second.

    Raises
    ------
    TypeError, ValueError
        If `sentences` are not lists of words from ``SPOKEN_WORDS``, or `rng` is not a generator.

    Notes
    -----
    Sections 1 and 12 of the notes: speech recognition, a sequence in and a sequence out.
    """
    plans = [_plan(sentence, rng) for sentence in sentences]
    n_frames = max(_end(words) for words in plans) + 3
    said = [_say(words, n_frames, rng) for words in plans]
    waves = np.array([wave for wave, _ in said])
    y = np.array([sounds for _, sounds in said]).T
    return np.stack([short_time_spectra(wave) for wave in waves], axis=-1), y, waves


def _wave(name, value, sizes):
    """Accept one axis of real numbers, long enough for a frame."""
    array = np.asarray(value)
    if array.ndim != 1 or len(array) < FRAME:
        raise ValueError(f"{name} has shape {array.shape}, wanted (n,) with n at least {FRAME}, one frame")
    if array.dtype.kind != "f":
        raise TypeError(f"{name} has dtype {array.dtype}, wanted float64 or float32")


@contract(wave=_wave)
def short_time_spectra(wave):
    """Cut a sound into short frames and measure the pitches in each.

    Parameters
    ----------
    wave : ndarray of float, shape (n,)
        The sound, with ``SAMPLE_RATE`` = 8000 numbers a second.

    Returns
    -------
    ndarray of float, shape (T_x, n_x) = (1 + (n - 256) // 128, 24)
        The logarithm of the power in 24 bands between 200 and 3200 Hz, scaled to about -1 … 1.

    Raises
    ------
    TypeError, ValueError
        If `wave` is not one axis of at least 256 real numbers.

    Notes
    -----
    The frames overlap by half, and fade in and out, so that no cut is heard as a click.
    """
    frames = np.lib.stride_tricks.sliding_window_view(wave, FRAME)[::HOP]
    power = np.abs(np.fft.rfft(frames * np.hanning(FRAME))) ** 2
    pitches = np.fft.rfftfreq(FRAME, 1 / SAMPLE_RATE)
    edges = np.geomspace(200, 3200, N_BANDS + 1)
    # A band is a weighted mean, wide enough to hold a line of the spectrum even where bands are narrow.
    centres, widths = np.sqrt(edges[:-1] * edges[1:]), np.maximum(np.diff(edges), 40)
    weights = np.maximum(0, 1 - np.abs(pitches - centres[:, np.newaxis]) / widths[:, np.newaxis])
    return ((np.log10(1e-2 + power @ (weights / weights.sum(axis=1, keepdims=True)).T) - 0.5) / 1.5).astype(wave.dtype)


def _say_in_a_clip(sounds, rng):
    """Say one word somewhere in a clip: the wave, and the sound in each frame."""
    lengths = rng.integers(4, 8, size=len(sounds))  # in frames
    first = rng.integers(2, N_FRAMES - lengths.sum() - 1)
    return _say([(sounds, lengths, first)], N_FRAMES, rng)


def _plan(sentence, rng):
    """Place the words of a sentence one behind the other: (sounds, lengths, first frame) of each."""
    words, first = [], 2
    for word in sentence:
        sounds = SPOKEN_WORDS[word]
        lengths = rng.integers(4, 8, size=len(sounds))
        first += rng.integers(1, 4)  # the pause before the word
        words.append((sounds, lengths, first))
        first += lengths.sum()
    return words


def _end(words):
    """Say which frame comes behind the last word."""
    _, lengths, first = words[-1]
    return first + lengths.sum()


def _say(words, n_frames, rng):
    """Say words in one voice, each from its first frame on: the wave, and the sound in each frame."""
    labels = np.zeros(n_frames, dtype=np.int64)
    samples = np.arange((n_frames - 1) * HOP + FRAME)
    held, loudness = [], np.zeros(len(samples))
    for sounds, lengths, first in words:
        labels[first:first + lengths.sum()] = np.repeat([SOUNDS.index(sound) for sound in sounds], lengths)
        # The middle of each sound has its own tones; between two middles the voice glides.
        middles = (first + np.cumsum(lengths) - lengths / 2) * HOP + HOP
        held += sorted([*(middles - lengths * HOP / 5), *(middles + lengths * HOP / 5)])
        begin, end = (first + 0.5) * HOP, (first + lengths.sum() + 0.5) * HOP
        loudness += np.clip(np.minimum(samples - begin, end - samples) / HOP, 0, 1)
    said = "".join(sounds for sounds, _, _ in words)
    pitch = rng.uniform(0.85, 1.15)
    wave = rng.normal(0, 0.08, len(samples))
    for tone, volume in ((0, 0.3), (1, 0.2)):
        heights = np.repeat([TONES[sound][tone] for sound in said], 2)
        hertz = pitch * np.interp(samples, held, heights)
        wave += volume * loudness * np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE + rng.uniform(0, 2 * np.pi))
    return np.clip(wave, -1, 1), labels
