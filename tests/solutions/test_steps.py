"""What is done for all steps at once is what one step after the other would do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recurrent_units import close
from small_network import N_A, N_X, T_X, M

from solutions import previous_states, runs_of_steps, scores_backward, scores_of_inputs, side_by_side

ROWS, RUN = 7, 2**17
one_example_and_several = pytest.mark.parametrize("m", [1, M])


def test_previous_states_begin_with_the_first_and_leave_out_the_last(rng):
    a, a0 = rng.standard_normal((T_X, N_A, M)), rng.standard_normal((N_A, M))
    before = previous_states(a, a0)
    assert np.array_equal(before[0], a0)
    assert np.array_equal(before[1:], a[:-1])
    assert np.array_equal(previous_states(a[:1], a0), a0[np.newaxis])


@one_example_and_several
def test_the_scores_of_the_inputs_are_those_of_each_step(rng, m):
    x, Wx, b = rng.standard_normal((T_X, N_X, m)), rng.standard_normal((ROWS, N_X)), rng.standard_normal((ROWS, 1))
    z = scores_of_inputs(x, Wx, b)
    assert z.shape == (T_X, ROWS, m)
    assert z.flags.c_contiguous
    assert all(close(z[t], Wx @ x[t] + b) for t in range(T_X))


@one_example_and_several
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex128])
def test_the_scores_have_the_dtype_of_what_they_are_made_of(m, dtype):
    z = scores_of_inputs(np.ones((T_X, N_X, m), dtype), np.ones((ROWS, N_X), dtype), np.ones((ROWS, 1), dtype))
    assert z.dtype == dtype


@given(T_x=st.integers(1, 500), size=st.integers(1, 3 * RUN))
def test_runs_hold_each_step_once_in_order_and_fit_into_the_cache(T_x, size):
    runs = [range(start, end) for start, end in runs_of_steps(T_x, size)]
    assert [t for steps in runs for t in steps] == list(range(T_x))
    assert all(len(steps) == 1 or 0 < len(steps) * size <= RUN for steps in runs)
    assert all(len(steps) == len(runs[0]) for steps in runs[:-1])


def test_steps_side_by_side_are_the_columns_of_one_matrix(rng):
    v = rng.standard_normal((T_X, ROWS, M))
    assert np.array_equal(side_by_side(v), np.concatenate(list(v), axis=1))


@one_example_and_several
def test_the_way_back_through_the_scores_is_the_sum_over_the_steps(rng, m):
    dz, Wx = rng.standard_normal((T_X, ROWS, m)), rng.standard_normal((ROWS, N_X))
    a_prev, x = rng.standard_normal((T_X, N_A, m)), rng.standard_normal((T_X, N_X, m))
    dx, dW, db = scores_backward(dz, Wx, a_prev, x)
    assert dx.shape == x.shape
    assert all(close(dx[t], Wx.T @ dz[t]) for t in range(T_X))
    assert close(dW[:, :N_A], sum(dz[t] @ a_prev[t].T for t in range(T_X)))
    assert close(dW[:, N_A:], sum(dz[t] @ x[t].T for t in range(T_X)))
    assert close(db, sum(dz[t].sum(axis=1, keepdims=True) for t in range(T_X)))
