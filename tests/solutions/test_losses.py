import numpy as np
import pytest

from solutions import sequence_loss, softmax_loss


def test_the_loss_of_the_notes_has_the_value_that_one_computes_by_hand():
    # T_y = 2, n_y = 1, m = 2
    y_pred = np.array([[[0.5, 0.25]], [[0.8, 0.1]]])
    y = np.array([[[1.0, 0.0]], [[1.0, 1.0]]])
    # -(log 0.5 + log 0.75 + log 0.8 + log 0.1) / 2 = -log(0.03) / 2
    assert sequence_loss(y_pred, y) == pytest.approx(-np.log(0.03) / 2, rel=1e-15)


def test_the_softmax_loss_has_the_value_that_one_computes_by_hand():
    # T_y = 2, n_y = 3, m = 1: classes 1 and 2 are right
    y_pred = np.array([[[0.2], [0.5], [0.3]], [[0.1], [0.1], [0.8]]])
    y = np.array([[[0.0], [1.0], [0.0]], [[0.0], [0.0], [1.0]]])
    assert softmax_loss(y_pred, y) == pytest.approx(-np.log(0.4), rel=1e-15)


def test_both_losses_are_a_sum_over_time_and_a_mean_over_examples(rng):
    y_pred = rng.uniform(0.01, 0.99, (6, 4, 2))
    y = rng.integers(0, 2, (6, 4, 2)).astype(float)
    for loss in (sequence_loss, softmax_loss):
        steps = [loss(y_pred[t:t + 1], y[t:t + 1]) for t in range(6)]
        examples = [loss(y_pred[:, :, i:i + 1], y[:, :, i:i + 1]) for i in range(2)]
        assert loss(y_pred, y) == pytest.approx(sum(steps), rel=1e-14)
        assert loss(y_pred, y) == pytest.approx(sum(examples) / 2, rel=1e-14)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_loss_of_the_notes_is_finite_where_a_prediction_is_zero_or_one(dtype):
    eps = float(np.finfo(dtype).eps)
    y_pred = np.array([[[0.0, 1.0]]], dtype=dtype)
    wrong = sequence_loss(y_pred, np.array([[[1.0, 0.0]]], dtype=dtype))
    assert wrong == pytest.approx(-np.log(eps), rel=1e-6)
    right = sequence_loss(y_pred, np.array([[[0.0, 1.0]]], dtype=dtype))
    assert right == pytest.approx(eps, rel=1e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_softmax_loss_is_finite_where_a_prediction_is_zero(dtype):
    y_pred, y = np.array([[[0.0], [1.0]]], dtype=dtype), np.array([[[1.0], [0.0]]], dtype=dtype)
    assert softmax_loss(y_pred, y) == pytest.approx(-np.log(float(np.finfo(dtype).eps)), rel=1e-6)


def test_the_softmax_loss_does_not_count_steps_without_a_target(rng):
    y_pred = rng.uniform(0.1, 0.9, (3, 4, 2))
    y = np.eye(4)[rng.integers(0, 4, (3, 2))].transpose(0, 2, 1)
    y[2] = 0
    assert softmax_loss(y_pred, y) == softmax_loss(y_pred[:2], y[:2])


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, bool, np.float32])
def test_labels_may_be_of_any_kind_of_number(dtype, rng):
    y_pred = rng.uniform(0.1, 0.9, (6, 4, 2))
    y = rng.integers(0, 2, (6, 4, 2))
    for loss in (sequence_loss, softmax_loss):
        assert loss(y_pred, y.astype(dtype)) == loss(y_pred, y.astype(float))


@pytest.mark.parametrize("loss", [sequence_loss, softmax_loss])
def test_losses_are_plain_floats_and_leave_their_arguments_alone(loss, rng):
    y_pred, y = rng.uniform(0, 1, (6, 4, 2)), rng.integers(0, 2, (6, 4, 2)).astype(float)
    y_pred[0, 0, 0] = 0
    kept = y_pred.copy(), y.copy()
    assert type(loss(y_pred, y)) is float
    assert type(loss(y_pred.astype(np.float32), y)) is float
    assert np.array_equal(y_pred, kept[0])
    assert np.array_equal(y, kept[1])
