"""Many tokens fast: sampling from any unit, one sequence or many side by side (Section 7 of the notes).

`sample_sequence` shows how sampling works. `sample_streams` does the same in a fraction of the time:

- a one-hot input picks one column of the weights, so no product is needed: all the columns stand in a table;
- the largest of *score + Gumbel noise* is a draw from the softmax of the scores (the Gumbel trick), so no softmax
  is needed either, and the noise of all steps is drawn at once.

Here a row is an example and a column is a feature, since a row of the table is one token.
"""

import numpy as np

from solutions.checks import generator, positive_integer, positive_number
from solutions.contract import contract
from solutions.gates import stack_halved_gates

__all__ = ["sample_streams"]

UNITS = {"RNN": "", "simplified GRU": "cu", "GRU": "cur", "LSTM": "cufo"}


def stream_unit(name, value, sizes):
    """Accept the name of a unit."""
    if value not in UNITS:
        raise ValueError(f"{name} is {value!r}, wanted one of {', '.join(UNITS)}")
    sizes["unit"] = value


def stream_parameters(name, value, sizes):
    """Accept the parameters of a language model: inputs and outputs are tokens of one vocabulary."""
    letters = UNITS[sizes["unit"]]
    wanted = ["Wax", "Waa", "ba"] if not letters else [kind + letter for letter in letters for kind in "Wb"]
    if not isinstance(value, dict):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a dict of arrays")
    for key in (*wanted, "Wya", "by"):
        if key not in value:
            raise ValueError(f'{name} has no key "{key}", wanted {", ".join(wanted)}, Wya, by')
    n_y, n_a = value["Wya"].shape
    n_x = value["Wax"].shape[1] if not letters else value["Wc"].shape[1] - n_a
    if n_x != n_y:
        raise ValueError(f"{name} has n_x = {n_x} and n_y = {n_y}, wanted one size: that of the vocabulary")


def top_k_or_none(name, value, sizes):
    """Accept None or a whole number from 1 on."""
    if value is not None:
        positive_integer(name, value, sizes)


def rnn_stepper(parameters):
    """Return the weights and the bias of the input, and the step of a basic RNN."""
    Wa = parameters["Waa"].T.copy()

    def step(from_x, a):
        return (np.tanh(from_x + np.dot(a, Wa)),)

    return parameters["Wax"], parameters["ba"], step


def gru_stepper(parameters, names):
    """Return the weights and the biases of the input, and the step of a GRU ("cur") or a simplified one ("cu")."""
    Wa, Wx, b = stack_halved_gates(parameters, names)
    n_a = Wa.shape[1]
    W_candidate, W_gates = Wa[:n_a].T.copy(), Wa[n_a:].T.copy()

    def step(from_x, c):
        gates = np.tanh(from_x[:, n_a:] + np.dot(c, W_gates)) / 2 + 0.5
        kept = gates[:, n_a:] * c if names == "cur" else c
        c_tilde = np.tanh(from_x[:, :n_a] + np.dot(kept, W_candidate))
        return (c + gates[:, :n_a] * (c_tilde - c),)

    return Wx, b, step


def lstm_stepper(parameters):
    """Return the weights and the biases of the input, and the step of an LSTM."""
    Wa, Wx, b = stack_halved_gates(parameters, "cufo")
    n_a = Wa.shape[1]
    Wa, scale = Wa.T.copy(), np.repeat(np.array([1, 0.5, 0.5, 0.5], Wa.dtype), n_a)
    shift = 1 - scale

    def step(from_x, a, c):
        z = np.tanh(from_x + np.dot(a, Wa))
        z *= scale
        z += shift
        c_tilde, gamma_u, gamma_f, gamma_o = z.reshape(-1, 4, n_a).swapaxes(0, 1)
        c = gamma_u * c_tilde + gamma_f * c
        return gamma_o * np.tanh(c), c

    return Wx, b, step


@contract(unit=stream_unit, parameters=stream_parameters, rng=generator, n_steps=positive_integer,
          m=positive_integer, temperature=positive_number, top_k=top_k_or_none)
def sample_streams(parameters, rng, n_steps, m=1, unit="RNN", temperature=1.0, top_k=None):
    r"""Let a language model write m streams of tokens side by side, without an end.

    .. math:: k^{<t>} = \arg\max_k \left(\frac{z_k^{<t>}}{\tau} + G_k\right), \qquad G_k = -\log(-\log U_k), \qquad
        U_k \text{ uniform from 0 to 1}

    which is a draw from :math:`\mathrm{softmax}(z^{<t>} / \tau)`. The first input and the first state are zero.

    Parameters
    ----------
    parameters : dict
        Those of the unit, "Wya" (n_y, n_a) and "by" (n_y, 1), with n_x = n_y, the size of the vocabulary.
    rng : numpy.random.Generator
        The source of the random numbers.
    n_steps : int
        How many tokens each stream gets.
    m : int
        How many streams.
    unit : str
        "RNN", "simplified GRU", "GRU" or "LSTM".
    temperature : float
        :math:`\tau`, above 0; see `apply_temperature`.
    top_k : int, optional
        Only the k likeliest tokens of each step may be drawn. All of them may where it is not given.

    Returns
    -------
    ndarray of int, shape (n_steps, m)
        The indices of the tokens. A stream goes on behind "<EOS>": cut it there where only one sequence is wanted.

    Raises
    ------
    TypeError, ValueError
        If an argument is not what it must be.

    Notes
    -----
    Section 7 of the notes. The Gumbel trick is old; C. J. Maddison, D. Tarlow and T. Minka, "A* sampling", NIPS 2014,
    tell its story.
    """
    names = UNITS[unit]
    Wx, b, step = {"": rnn_stepper, "cufo": lstm_stepper}.get(
        names, lambda parameters: gru_stepper(parameters, names))(parameters)
    table, n_y, n_a = (Wx + b).T.copy(), *parameters["Wya"].shape
    Wya = parameters["Wya"].T / temperature
    noise = rng.gumbel(size=(n_steps, m, n_y)).astype(Wya.dtype)
    by = parameters["by"].T / temperature
    if top_k is None:
        noise, by = noise + by, 0

    state = (np.zeros((m, n_a), table.dtype),) * (2 if unit == "LSTM" else 1)
    from_x, tokens = np.repeat(b.T, m, axis=0), np.empty((n_steps, m), np.intp)
    for noise_t, tokens_t in zip(noise, tokens, strict=True):
        state = step(from_x, *state)
        scores = np.dot(state[0], Wya)
        if top_k is not None:
            scores = scores + by
            scores[scores < np.sort(scores, axis=1)[:, -top_k:][:, :1]] = -np.inf
        (scores + noise_t).argmax(axis=1, out=tokens_t)
        from_x = table.take(tokens_t, axis=0)
    return tokens
