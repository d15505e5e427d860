"""How far a sequence of predictions is from its targets (Sections 4 and 6 of the notes)."""

import numpy as np

from solutions.contract import contract

__all__ = ["sequence_loss", "softmax_loss"]


@contract(y_pred="float T_y n_y m", y="T_y n_y m")
def sequence_loss(y_pred, y):
    r"""Measure the binary cross-entropy of a sequence.

    .. math::

        L^{<t>}(\hat{y}^{<t>}, y^{<t>}) &= -y^{<t>} \log \hat{y}^{<t>}
        - (1 - y^{<t>}) \log(1 - \hat{y}^{<t>}) \\
        L(\hat{y}, y) &= \frac{1}{m} \sum_{i=1}^{m} \sum_{t=1}^{T_y} L^{<t>}(\hat{y}^{(i)<t>}, y^{(i)<t>})

    Parameters
    ----------
    y_pred : ndarray, shape (T_y, n_y, m)
        The predictions, probabilities from 0 to 1 (the output of a sigmoid).
    y : ndarray, shape (T_y, n_y, m)
        The targets, 0 or 1.

    Returns
    -------
    float
        The sum over time and over the n_y outputs, and the mean over the m examples; natural
        logarithm. Predictions are first clipped to [eps, 1 - eps], with
        ``eps = np.finfo(y_pred.dtype).eps``, so that the loss is finite at 0 and 1 too.

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes differ.

    Notes
    -----
    Section 4 of the notes. It is the loss for a sigmoid output; a softmax output has `softmax_loss`.
    """
    eps = np.finfo(y_pred.dtype).eps
    y_pred = np.clip(y_pred, eps, 1 - eps)
    losses = -(y * np.log(y_pred) + (1 - y) * np.log(1 - y_pred))
    return np.sum(losses).item() / y.shape[-1]


@contract(y_pred="float T_y n_y m", y="T_y n_y m")
def softmax_loss(y_pred, y):
    r"""Measure the cross-entropy of a sequence over several classes.

    .. math::

        L(\hat{y}, y) = -\frac{1}{m} \sum_{i=1}^{m} \sum_{t=1}^{T_y} \sum_{k=1}^{n_y}
        y_k^{(i)<t>} \log \hat{y}_k^{(i)<t>}

    Parameters
    ----------
    y_pred : ndarray, shape (T_y, n_y, m)
        The predictions, probabilities that sum to one over the classes (the output of a softmax).
    y : ndarray, shape (T_y, n_y, m)
        The targets, one-hot. Where all n_y entries are zero the step does not count (padding).

    Returns
    -------
    float
        The sum over time, and the mean over the m examples; natural logarithm. Predictions are
        first raised to at least ``np.finfo(y_pred.dtype).eps``, so that the loss is finite at 0 too.

    Raises
    ------
    TypeError, ValueError
        If an argument is not an array of numbers, or the shapes differ.

    Notes
    -----
    Section 6 of the notes: the loss for a softmax output. A sigmoid output has `sequence_loss`.
    """
    eps = np.finfo(y_pred.dtype).eps
    return -np.sum(y * np.log(np.maximum(y_pred, eps))).item() / y.shape[-1]
