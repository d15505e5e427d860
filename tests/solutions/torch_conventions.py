"""How the conventions of PyTorch's layers and of this package go into each other.

=====================  ==================================  =============================================
what                   here                                `torch.nn.LSTM`, `torch.nn.GRU`
=====================  ==================================  =============================================
arrays                 (time, feature, example)            (time, example, feature)
weights of a gate      one matrix [on a, on x]             two matrices, on x (ih) and on h (hh)
biases of a gate       one                                 two, which are added: ours and zeros
order of LSTM blocks   by name                             i = u, f, g = c, o
order of GRU blocks    by name                             r, z, n = c
update gate of a GRU   c = u * c~ + (1 - u) * c_prev       h = (1 - z) * n + z * h_prev, so z = 1 - u:
                                                           sigma(-s) = 1 - sigma(s), the weights change sign
reset gate of a GRU    W (r * c_prev)                      r * (W h_prev): the same where W is diagonal
=====================  ==================================  =============================================
"""

import torch


def swap_axes(value):
    """Turn (T, n, m) into (T, m, n), and back; or (n, m) into (m, n)."""
    return value.transpose(-1, -2)


def to_torch(parameters, kind):
    """Turn our parameters (tensors) into those of `torch.nn.LSTM` ("LSTM") or `torch.nn.GRU` ("GRU")."""
    blocks = {"LSTM": (("u", 1), ("f", 1), ("c", 1), ("o", 1)), "GRU": (("r", 1), ("u", -1), ("c", 1))}[kind]
    n_a = len(parameters["bc"])
    W = torch.cat([sign * parameters["W" + name] for name, sign in blocks])
    b = torch.cat([sign * parameters["b" + name][:, 0] for name, sign in blocks])
    return {"weight_hh_l0": W[:, :n_a], "weight_ih_l0": W[:, n_a:], "bias_ih_l0": b, "bias_hh_l0": torch.zeros_like(b)}
