"""The contender `products`: the matrix products of a training step, and nothing else."""

import numpy as np

from bench import work

BLOCKS = {"RNN": 1, "GRU": 3, "LSTM": 4}


def training_step(kind, shape, dtype):
    """Return a function with every product of a training step, on arrays that are ready."""
    (T_x, m, n_x, n_a), rng = shape, np.random.default_rng(0)
    rows = BLOCKS[kind] * n_a

    def draw(*size):
        return rng.standard_normal(size).astype(dtype)

    Wx, Wa, Wya = draw(rows, n_x), draw(rows, n_a), draw(n_x, n_a)
    x, a, z, zy = draw(T_x, n_x, m), draw(T_x, n_a, m), draw(T_x, rows, m), draw(T_x, n_x, m)
    # The sums over time and examples are one product, of arrays (rows, T_x m).
    z_flat, xa_flat, zy_flat, a_flat = draw(rows, T_x * m), draw(n_a + n_x, T_x * m), draw(n_x, T_x * m), None
    a_flat = xa_flat[:n_a]
    # The candidate of a GRU waits for its reset gate: two products in a row instead of one.
    parts = (slice(n_a), slice(n_a, None)) if kind == "GRU" else (slice(None),)
    pairs = [(Wa[rows_of], rows_of) for rows_of in parts]

    def step():
        results = [Wx @ x]
        for t in range(T_x):
            for W, _ in pairs:
                W @ a[t]
        results += [Wya @ a, Wya.T @ zy, zy_flat @ a_flat.T]
        for t in range(T_x):
            for W, rows_of in pairs:
                W.T @ z[t, rows_of]
        results += [Wx.T @ z, z_flat @ xa_flat.T]
        return results

    return step


def sampling(kind, dtype, n_steps, width):
    """Return a function with the products of `n_steps` draws."""
    rng, n = np.random.default_rng(0), work.N_STATE
    Wa = rng.standard_normal((BLOCKS[kind] * n, n)).astype(dtype)
    Wya, a = (rng.standard_normal(size).astype(dtype) for size in ((work.N_CHARACTERS, n), (n, width)))

    def sample():
        for _ in range(n_steps):
            Wa @ a
            Wya @ a

    return sample
