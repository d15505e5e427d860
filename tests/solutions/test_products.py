"""A product in parts is the product."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recurrent_units import close

from solutions import (
    gru_backward,
    gru_forward,
    in_parts,
    initialize_gates,
    lstm_backward,
    lstm_forward,
    product_with,
    product_with_transpose,
)

SMALL = 100**3
sizes = st.tuples(st.integers(1, 700), st.integers(1, 300), st.integers(1, 150))


@given(sizes)
def test_the_parts_are_the_matrix_and_as_few_as_make_the_products_small(nkm):
    n, k, m = nkm
    W = np.arange(n * k).reshape(n, k)
    parts = in_parts(W, m)
    assert np.array_equal(np.concatenate(parts), W)
    assert np.shares_memory(parts, W)
    rows = parts.shape[1]
    fewer = [n // p for p in range(1, len(parts)) if n % p == 0]
    if len(parts) > 1:
        assert rows * k * m <= SMALL
        assert rows >= 64
        assert all(larger * k * m > SMALL for larger in fewer)
    elif n * k * m > SMALL:
        assert not [p for p in range(2, n + 1) if n % p == 0 and n // p >= 64 and n // p * k * m <= SMALL]


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex128])
@pytest.mark.parametrize(("n", "k", "m", "n_parts"), [(400, 100, 1, 1), (512, 128, 32, 4), (300, 300, 16, 2),
                                                      (60, 400, 60, 1), (2048, 512, 64, 1)])
def test_both_ways_give_what_the_whole_products_give(rng, dtype, n, k, m, n_parts):
    W, v, dz = (rng.standard_normal(shape).astype(dtype) for shape in ((n, k), (k, m), (n, m)))
    assert len(in_parts(W, m)) == n_parts
    z, dv = product_with(W, m)(v), product_with_transpose(W, m)(dz)
    assert (z.dtype, dv.dtype) == (dtype, dtype)
    tolerance = 1e-4 if dtype == np.float32 else 1e-12
    np.testing.assert_allclose(z, W @ v, rtol=0, atol=tolerance * k)
    np.testing.assert_allclose(dv, W.T @ dz, rtol=0, atol=tolerance * n)


@pytest.mark.parametrize(("names", "forward", "backward"),
                         [("cur", gru_forward, gru_backward), ("cufo", lstm_forward, lstm_backward)])
def test_units_whose_products_are_in_parts_compute_what_each_example_alone_would(rng, names, forward, backward):
    T_x, n_x, n_a, m = 3, 70, 128, 32
    assert len(in_parts(np.empty((len(names) * n_a - n_a * (names == "cur"), n_a)), m)) > 1
    parameters = initialize_gates(names, n_x, n_a, 5, rng)
    x, a0, da = (rng.standard_normal(shape) for shape in ((T_x, n_x, m), (n_a, m), (T_x, n_a, m)))
    a, *_, caches = forward(x, a0, parameters)
    gradients = backward(da, caches)
    alone = []
    for i in range(m):
        one = slice(i, i + 1)
        a_one, *_, caches_one = forward(x[..., one], a0[:, one], parameters)
        assert close(a[..., one], a_one, atol=1e-13)
        alone.append(backward(da[..., one], caches_one))
        assert close(gradients["dx"][..., one], alone[-1]["dx"], atol=1e-13)
    assert all(close(gradients[name], sum(each[name] for each in alone), atol=1e-12) for name in ("dWc", "dWu", "dbu"))
