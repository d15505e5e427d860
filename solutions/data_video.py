"""Small films of a moving shape: frames for Section 1's video activity recognition."""

import numpy as np

from solutions.checks import generator, positive_integer
from solutions.contract import contract

__all__ = ["MOVEMENTS", "moving_shapes"]

SIZE, N_FRAMES = 8, 12
MOVEMENTS = ["left", "right", "up", "down", "clockwise", "anticlockwise"]

# One step of each straight movement, as (rows, columns); row 0 is the top.
STEPS = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}
# Twelve places around a circle, clockwise from the top, as (rows, columns).
CIRCLE = [(-2, 0), (-2, 1), (-1, 2), (0, 2), (1, 2), (2, 1), (2, 0), (2, -1), (1, -2), (0, -2), (-1, -2), (-2, -1)]
# What moves: pixels as (rows, columns).
SHAPES = [
    [(0, 0), (0, 1), (1, 0), (1, 1)],
    [(0, 1), (1, 0), (1, 1), (1, 2), (2, 1)],
    [(0, 0), (1, 0), (2, 0), (2, 1)],
    [(0, 0), (0, 1), (0, 2), (1, 1)],
    [(0, 0), (1, 1), (2, 2), (0, 2), (2, 0)],
]


@contract(n_examples=positive_integer, rng=generator)
def moving_shapes(n_examples, rng):
    """Film a shape that moves over the picture.

    A shape that leaves on one side comes back on the other, so that where it is tells nothing: no
    single frame shows what happens, only their order does.

    Parameters
    ----------
    n_examples : int
        How many films, m.
    rng : numpy.random.Generator
        The source of the random numbers; the same state gives the same films.

    Returns
    -------
    x : ndarray of float64, shape (T_x, n_x, m) = (12, 64, m)
        The 8 × 8 pixels of each frame, row by row: 0 is dark, 1 is bright, with noise.
        ``x[t, :, i].reshape(8, 8)`` is a picture.
    y : ndarray of int64, shape (m,)
        What happens, as an index into ``MOVEMENTS``.

    Raises
    ------
    TypeError, ValueError
        If `n_examples` is not a whole number from 1 on, or `rng` is not a generator.

    Notes
    -----
    Section 1 of the notes: a sequence of frames in, one class out.
    """
    y = rng.integers(len(MOVEMENTS), size=n_examples)
    films = np.stack([_film(MOVEMENTS[movement], rng) for movement in y], axis=-1)
    x = np.clip(films + rng.normal(0, 0.15, films.shape), 0, 1)
    return x.reshape(N_FRAMES, SIZE * SIZE, n_examples), y.astype(np.int64)


def _film(movement, rng):
    """Film one movement, without noise: an array (T_x, 8, 8)."""
    shape = np.array(SHAPES[rng.integers(len(SHAPES))])
    corner = rng.integers(SIZE, size=2)
    begin = rng.integers(N_FRAMES)
    film = np.zeros((N_FRAMES, SIZE, SIZE))
    for t in range(N_FRAMES):
        if movement in STEPS:
            moved = t * np.array(STEPS[movement])
        else:
            direction = 1 if movement == "clockwise" else -1
            moved = np.array(CIRCLE[(begin + direction * t) % len(CIRCLE)])
        rows, columns = ((shape + corner + moved) % SIZE).T
        film[t, rows, columns] = 1
    return film
