"""Encoder and decoder: one sequence is read, another one written (Section 5 of the notes).

As in `solutions.architectures` every function takes any `cell`, and ``dz`` is ``(y_pred - y) / m``.
"""

import numpy as np

from solutions.architectures import many_to_many_backward, many_to_many_forward
from solutions.cells import RNN
from solutions.checks import optional_function, positive_integer
from solutions.contract import contract, require_array
from solutions.generation import likeliest, one_to_many_backward, one_to_many_forward
from solutions.labels import labelled, part
from solutions.network import a_state, anything, network_parameters, one_way_cell

__all__ = ["encoder_decoder_backward", "encoder_decoder_forward"]

CACHES = (("a", "T_x n_a m"), ("encoder", anything), ("decoder", anything), ("teacher_forcing", anything),
          ("cell", one_way_cell))


def teacher(name, value, sizes):
    """Accept None, or the targets of a decoder."""
    if value is not None:
        require_array(name, value)
        wanted = sizes["T_y"][0], sizes["n_y"][0], sizes["m"][0]
        if value.shape != wanted:
            raise ValueError(f"{name} has shape {value.shape}, wanted (T_y, n_y, m) = {wanted}")


def output_length(name, value, sizes):
    """Accept a length, and remember it."""
    positive_integer(name, value, sizes)
    sizes["T_y"] = (value, name)


@contract(x="T_x n_x m", cell=one_way_cell, a0=a_state,
          parameters=network_parameters("encoder", "decoder", output="[decoder]"), T_y=output_length, y=teacher,
          choose=optional_function)
def encoder_decoder_forward(x, a0, parameters, T_y, y=None, cell=RNN, choose=None):
    r"""Read one sequence, then write another, of its own length, from the last state of the first.

    With *teacher forcing* the decoder reads the targets, one step late; free running it reads its own predictions:

    .. math::

        a_{\mathrm{dec}}^{<0>} &= a_{\mathrm{enc}}^{<T_x>}, \qquad x_{\mathrm{dec}}^{<1>} = 0 \\
        x_{\mathrm{dec}}^{<t+1>} &= y^{<t>} \text{ or } \hat{y}^{<t>}, \qquad t = 1, \dots, T_y - 1

    Parameters
    ----------
    x : ndarray, shape (T_x, n_x, m)
        The sequence that is read. Where the examples differ in length, pad the shorter ones in front.
    a0 : state
        The state of the encoder before the first step.
    parameters : dict
        Those of two cells, labelled "[encoder]" and "[decoder]"; "Wya[decoder]" (n_y, n_a), "by[decoder]" (n_y, 1).
        The inputs of the decoder have the size n_y.
    T_y : int
        The length of the sequence that is written.
    y : ndarray, shape (T_y, n_y, m), optional
        The targets. Where they are given the decoder reads them (teacher forcing), else it runs free.
    cell : Cell
        `RNN`, `GRU`, `LSTM`, ``deep_cell(LSTM, 2)`` or another that reads from the left alone.
    choose : callable, optional
        Running free, a function that turns a prediction into the next input, in place of the prediction
        itself: `likeliest`, or a draw.

    Returns
    -------
    y_pred : ndarray, shape (T_y, n_y, m)
        The prediction of every step of the decoder.
    caches : tuple
        ``(a, encoder, decoder, teacher_forcing, cell)``, in this order: what the way back needs. `a` are the states of
        the encoder, `encoder` is what its ``cell.forward`` returned, `decoder` the caches of the function that wrote.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 5 of the notes: translation, where T_x and T_y differ. I. Sutskever, O. Vinyals and Q. V. Le, "Sequence to
    sequence learning with neural networks", NIPS 2014; K. Cho et al., EMNLP 2014.
    """
    a, state, encoder = cell.forward(x, a0, part(parameters, "encoder"))
    of_decoder = part(parameters, "decoder")
    if y is None:
        first = np.zeros((len(of_decoder["by"]), x.shape[2]), of_decoder["by"].dtype)
        y_pred, decoder = one_to_many_forward(first, state, of_decoder, T_y, cell, choose)
    else:
        one_step_late = np.concatenate([np.zeros_like(y[:1]), y[:-1]])
        y_pred, decoder = many_to_many_forward(one_step_late, state, of_decoder, cell)
    return y_pred, (a, encoder, decoder, y is not None, cell)


@contract(caches=CACHES, dz="T_y n_y m")
def encoder_decoder_backward(dz, caches):
    r"""Go back through the decoder, and from its first state through the encoder.

    The states of the encoder have no outputs; only the last one acts on the loss, through the decoder:

    .. math:: da_{\mathrm{enc}}^{<T_x>} = da_{\mathrm{dec}}^{<0>}

    Parameters
    ----------
    dz : ndarray, shape (T_y, n_y, m)
        The gradient of the loss *of each step alone* with respect to the scores: ``(y_pred - y) / m``.
    caches : tuple
        ``(a, encoder, decoder, teacher_forcing, cell)`` from `encoder_decoder_forward`.

    Returns
    -------
    dict
        "dx" (T_x, n_x, m), "da0" (a state), and the gradients of the two cells' parameters and of the output layer,
        labelled as these are: "dWax[encoder]", …, "dWya[decoder]".

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be, or the shapes do not fit together.

    Notes
    -----
    Section 5 of the notes has the way forward.
    """
    a, encoder, decoder, teacher_forcing, cell = caches
    if len(decoder) == 4:  # the caches of many_to_many_forward
        of_decoder = many_to_many_backward(dz, decoder)
    else:  # written step by step; inputs that a teacher gave are like chosen ones: nothing goes back through them
        states, y_pred, steps, choose, *rest = decoder
        of_decoder = one_to_many_backward(dz, (states, y_pred, steps, likeliest if teacher_forcing else choose, *rest))
    del of_decoder["dx"]
    d_state = of_decoder.pop("da0")
    of_encoder = cell.backward(np.zeros(a.shape, np.result_type(a, dz)), encoder, d_state)
    dx, da0 = of_encoder.pop("dx"), of_encoder.pop("da0")
    return {"dx": dx, "da0": da0, **labelled(of_encoder, "encoder"), **labelled(of_decoder, "decoder")}
