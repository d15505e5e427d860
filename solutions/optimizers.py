"""From gradients to better parameters.

Every function takes dictionaries and returns new ones: what the caller holds is never changed.
"""

import numpy as np

from solutions.checks import arrays, gradients_of_parameters, positive_number
from solutions.contract import contract

__all__ = ["adam_step", "clip_by_norm", "initialize_adam", "sgd_step"]


def _adam_state(name, value, sizes):
    """Accept what `initialize_adam` made for these parameters."""
    if not isinstance(value, dict) or set(value) != {"t", "mean", "square"}:
        raise TypeError(f"{name} is not what initialize_adam or adam_step returned")
    for part in ("mean", "square"):
        found = {key: entry.shape for key, entry in value[part].items()}
        if found != sizes["parameters"]:
            raise ValueError(f'{name}["{part}"] has the shapes {found}, wanted those of the parameters: '
                             f"{sizes['parameters']}")


@contract(gradients=arrays, max_norm=positive_number)
def clip_by_norm(gradients, max_norm):
    r"""Shorten the gradients where, taken all together, they are too long.

    .. math:: g \leftarrow g \cdot \min\left(1, \frac{g_{\max}}{\lVert g \rVert_2}\right)

    Parameters
    ----------
    gradients : dict of ndarray
        Their entries, all together, are the vector g. So its direction is kept.
    max_norm : float
        The largest length allowed.

    Returns
    -------
    dict of ndarray
        The gradients, of length `max_norm` at most.

    Raises
    ------
    TypeError, ValueError
        If `gradients` is not a dict of arrays, or `max_norm` is not above 0.

    Notes
    -----
    Section 8 of the notes: exploding gradients are scaled back.
    """
    norm = float(sum(np.sum(gradient**2) for gradient in gradients.values())) ** 0.5
    scale = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {name: gradient * scale for name, gradient in gradients.items()}


@contract(parameters=arrays, gradients=gradients_of_parameters, learning_rate=positive_number)
def sgd_step(parameters, gradients, learning_rate):
    r"""Take one step of gradient descent.

    .. math:: \theta \leftarrow \theta - \alpha \, d\theta

    Parameters
    ----------
    parameters : dict of ndarray
        For instance "Wax", "Waa".
    gradients : dict of ndarray
        For each parameter "W" its gradient "dW".
    learning_rate : float
        :math:`\alpha`.

    Returns
    -------
    dict of ndarray
        The new parameters.

    Raises
    ------
    TypeError, ValueError
        If a gradient is missing or has another shape than its parameter, or `learning_rate`
        is not above 0.

    Notes
    -----
    Section 4 of the notes: gradient descent updates the parameters.
    """
    return {name: value - learning_rate * gradients["d" + name] for name, value in parameters.items()}


@contract(parameters=arrays)
def initialize_adam(parameters):
    """Start the running means of `adam_step` at zero.

    Parameters
    ----------
    parameters : dict of ndarray
        What will be trained.

    Returns
    -------
    dict
        "t" = 0, the number of steps so far; "mean" and "square", dicts of zeros, shaped as the
        parameters.

    Raises
    ------
    TypeError, ValueError
        If `parameters` is not a dict of arrays.
    """
    return {
        "t": 0,
        "mean": {name: np.zeros_like(value) for name, value in parameters.items()},
        "square": {name: np.zeros_like(value) for name, value in parameters.items()},
    }


@contract(parameters=arrays, gradients=gradients_of_parameters, state=_adam_state,
          learning_rate=positive_number)
def adam_step(parameters, gradients, state, learning_rate):
    r"""Take one step of Adam, which gives every number a step size of its own.

    .. math::

        v &\leftarrow \beta_1 v + (1 - \beta_1) \, d\theta, \qquad
        s \leftarrow \beta_2 s + (1 - \beta_2) \, d\theta^2 \\
        \theta &\leftarrow \theta - \alpha \,
        \frac{v / (1 - \beta_1^t)}{\sqrt{s / (1 - \beta_2^t)} + \epsilon},
        \qquad \beta_1 = 0.9, \; \beta_2 = 0.999, \; \epsilon = 10^{-8}

    Parameters
    ----------
    parameters : dict of ndarray
        For instance "Wax", "Waa".
    gradients : dict of ndarray
        For each parameter "W" its gradient "dW".
    state : dict
        From `initialize_adam`, or from the step before.
    learning_rate : float
        :math:`\alpha`.

    Returns
    -------
    parameters : dict of ndarray
        The new parameters.
    state : dict
        What the next step takes.

    Raises
    ------
    TypeError, ValueError
        If a gradient is missing or has another shape than its parameter, or `learning_rate`
        is not above 0.

    References
    ----------
    D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015.
    """
    t = state["t"] + 1
    new, mean, square = {}, {}, {}
    for name, value in parameters.items():
        gradient = gradients["d" + name]
        mean[name] = 0.9 * state["mean"][name] + 0.1 * gradient
        square[name] = 0.999 * state["square"][name] + 0.001 * gradient**2
        # Both means start at zero; dividing takes out what that start still weighs.
        step = mean[name] / (1 - 0.9**t) / (np.sqrt(square[name] / (1 - 0.999**t)) + 1e-8)
        new[name] = value - learning_rate * step
    return new, {"t": t, "mean": mean, "square": square}
