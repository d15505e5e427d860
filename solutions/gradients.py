"""Is a gradient right? Two ways to find one without any calculus, and the test (Section 4 of the notes)."""

import numpy as np

from solutions.checks import arrays, function, gradients_of_parameters, positive_number
from solutions.contract import contract

__all__ = ["complex_step_gradients", "gradient_check", "numerical_gradients"]


@contract(parameters=arrays, loss=function, epsilon=positive_number)
def numerical_gradients(loss, parameters, epsilon=1e-5):
    r"""Find gradients by nudging every entry of every parameter up and down.

    .. math:: \frac{\partial L}{\partial \theta_i} \approx
        \frac{L(\theta_i + \varepsilon) - L(\theta_i - \varepsilon)}{2 \varepsilon}

    Parameters
    ----------
    loss : callable
        ``loss(parameters) -> float``.
    parameters : dict of ndarray
        Where the gradients are wanted. They are not changed: copies in float64 are nudged.
    epsilon : float
        The size of the nudge.

    Returns
    -------
    dict of ndarray
        For each parameter "W" its gradient "dW", of the same shape, in float64.

    Raises
    ------
    TypeError, ValueError
        If `parameters` is not a dict of arrays of numbers, or `epsilon` is not above 0.

    Notes
    -----
    Section 4 of the notes. The error of this two-sided difference falls with the square of
    epsilon, but what rounding costs grows as epsilon shrinks: 1e-5 is near the best for float64.
    """
    nudged = {name: np.array(value, dtype=np.float64) for name, value in parameters.items()}
    gradients = {}
    for name, value in nudged.items():
        gradient = np.zeros_like(value)
        for index in np.ndindex(value.shape):
            kept = value[index]
            value[index] = kept + epsilon
            loss_above = loss(nudged)
            value[index] = kept - epsilon
            loss_below = loss(nudged)
            value[index] = kept
            gradient[index] = (loss_above - loss_below) / (2 * epsilon)
        gradients["d" + name] = gradient
    return gradients


@contract(parameters=arrays, loss=function)
def complex_step_gradients(loss, parameters):
    r"""Find gradients by nudging every entry into the imaginary direction.

    .. math:: \frac{\partial L}{\partial \theta_i} \approx
        \frac{\operatorname{Im} L(\theta_i + i h)}{h}, \qquad h = 10^{-20}

    No two close numbers are subtracted, so the result is exact to the last digits.

    Parameters
    ----------
    loss : callable
        ``loss(parameters)``, made of functions that accept complex numbers, as those of this
        package do. ``np.abs`` and comparisons drop the imaginary part without a word.
    parameters : dict of ndarray
        Where the gradients are wanted. They are not changed: complex copies are nudged.

    Returns
    -------
    dict of ndarray
        For each parameter "W" its gradient "dW", of the same shape, in float64.

    Raises
    ------
    TypeError, ValueError
        If `parameters` is not a dict of arrays of numbers.

    References
    ----------
    W. Squire and G. Trapp, "Using complex variables to estimate derivatives of real
    functions", SIAM Review 40 (1998).
    """
    h = 1e-20
    nudged = {name: np.array(value, dtype=np.complex128) for name, value in parameters.items()}
    gradients = {}
    for name, value in nudged.items():
        gradient = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            kept = value[index]
            value[index] = kept + 1j * h
            gradient[index] = np.imag(loss(nudged)) / h
            value[index] = kept
        gradients["d" + name] = gradient
    return gradients


@contract(parameters=arrays, loss=function, gradients=gradients_of_parameters, epsilon=positive_number)
def gradient_check(loss, parameters, gradients, epsilon=1e-5):
    r"""Compare gradients with numerical ones, all entries of all parameters together.

    With :math:`g` the gradients to be checked, all their entries in one long vector, and
    :math:`g_{\mathrm{num}}` the numerical ones in the same order:

    .. math::

        g_{\mathrm{num},i} = \frac{L(\theta_i + \varepsilon) - L(\theta_i - \varepsilon)}{2 \varepsilon},
        \qquad
        \mathrm{error} = \frac{\lVert g - g_{\mathrm{num}} \rVert_2}
                              {\lVert g \rVert_2 + \lVert g_{\mathrm{num}} \rVert_2}

    Parameters
    ----------
    loss : callable
        ``loss(parameters) -> float``.
    parameters : dict of ndarray
        Where the gradients were taken, for instance ``{"Wax": ..., "ba": ...}``. They must not
        be changed by this function.
    gradients : dict of ndarray
        The gradients to be checked: for each parameter "W" an array "dW" of the same shape. Entries
        for which there is no parameter are not looked at.
    epsilon : float
        The size of the nudge.

    Returns
    -------
    float
        The relative error, from 0 to 1: below 1e-7 the gradients are right, above 1e-3 they are
        wrong. It is 0.0 when both are zero everywhere.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a dict of arrays, a gradient is missing or has another shape than
        its parameter, or `epsilon` is not above 0.

    Notes
    -----
    Section 4 of the notes. Compute in float64: in float32, rounding hides what is looked for.
    """
    # The differences of `numerical_gradients`, written out here so that the check stands on its own.
    nudged = {name: np.array(value, dtype=np.float64) for name, value in parameters.items()}
    g, g_num = [], []
    for name, value in nudged.items():
        for index in np.ndindex(value.shape):
            kept = value[index]
            value[index] = kept + epsilon
            loss_above = loss(nudged)
            value[index] = kept - epsilon
            loss_below = loss(nudged)
            value[index] = kept
            g.append(gradients["d" + name][index])
            g_num.append((loss_above - loss_below) / (2 * epsilon))
    g, g_num = np.array(g), np.array(g_num)
    size = np.linalg.norm(g) + np.linalg.norm(g_num)
    return float(np.linalg.norm(g - g_num) / size) if size > 0 else 0.0
