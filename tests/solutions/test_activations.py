import numpy as np
import pytest

from solutions import sigmoid, softmax


def test_sigmoid_has_the_values_that_one_computes_by_hand():
    # 1 / (1 + 1/3) = 3/4
    assert np.array_equal(sigmoid(np.array([[0.0]])), [[0.5]])
    assert np.allclose(sigmoid(np.array([[np.log(3), -np.log(3)]])), [[0.75, 0.25]], rtol=1e-15)


def test_sigmoid_stays_between_zero_and_one_for_scores_of_any_size():
    assert np.array_equal(sigmoid(np.array([-1e300, -800.0, 800.0, 1e300])), [0, 0, 1, 1])


def test_sigmoid_takes_a_single_number():
    assert sigmoid(0) == 0.5


def test_softmax_has_the_values_that_one_computes_by_hand():
    # e^{log 1} : e^{log 2} : e^{log 5} = 1 : 2 : 5
    assert np.allclose(softmax(np.log([[1.0], [2.0], [5.0]])), [[1 / 8], [2 / 8], [5 / 8]], rtol=1e-15)


def test_softmax_sums_to_one_over_the_classes_with_and_without_a_time_axis(rng):
    z = 10 * rng.standard_normal((6, 4, 2))
    assert np.allclose(softmax(z).sum(axis=1), 1, rtol=1e-15)
    for t in range(6):
        assert np.array_equal(softmax(z)[t], softmax(z[t]))


def test_softmax_is_finite_for_scores_of_any_size():
    assert np.array_equal(softmax(np.array([[1e300], [0.0], [-1e300]])), [[1], [0], [0]])
    assert np.array_equal(softmax(np.full((4, 2), -1e5)), np.full((4, 2), 0.25))


def test_softmax_does_not_change_when_all_scores_of_a_column_shift(rng):
    z = rng.standard_normal((4, 2))
    assert np.allclose(softmax(z + np.array([[3.0, -7.0]])), softmax(z), rtol=1e-14)


def test_a_softmax_of_two_classes_is_a_sigmoid_of_the_difference(rng):
    z = rng.standard_normal((2, 5))
    assert np.allclose(softmax(z)[1], sigmoid(z[1] - z[0]), rtol=1e-14)


def test_softmax_works_along_another_axis(rng):
    z = rng.standard_normal((3, 4))
    assert np.allclose(softmax(z, axis=1), softmax(z.T).T, rtol=1e-15)


@pytest.mark.parametrize("function", [sigmoid, softmax])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_activations_keep_the_dtype(function, dtype, rng):
    assert function(rng.standard_normal((4, 2)).astype(dtype)).dtype == dtype


@pytest.mark.parametrize("function", [sigmoid, softmax])
def test_activations_leave_their_argument_alone(function, rng):
    z = rng.standard_normal((4, 2))
    kept = z.copy()
    function(z)
    assert np.array_equal(z, kept)
