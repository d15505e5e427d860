"""Compute with PyTorch what `test_torch_units.py` compares the gated units with, and store it.

Run it where PyTorch is installed, from the root of the repository::

    python tests/solutions/make_torch_units_reference.py

`torch.nn.LSTM` is the LSTM of the notes. `torch.nn.GRU` is their GRU where the candidate's recurrent weights
are diagonal (see `torch_conventions.py`). For full weights, and for the units that PyTorch does not have
(simplified GRU, peepholes), PyTorch differentiates the formulas of the notes, written out step after step.
"""

from pathlib import Path

import numpy as np
import torch
from torch_conventions import swap_axes, to_torch

STORED = Path(__file__).with_name("torch_units_reference.npz")
T_X, N_X, N_A, N_Y, M = 6, 3, 5, 4, 2
LETTERS = {"simplified_gru": "cu", "gru": "cur", "diagonal_gru": "cur", "lstm": "cufo", "peephole_lstm": "cufo"}


def draw_inputs(unit, rng):
    """Draw the inputs of one unit, none of them zero or symmetric."""
    shapes = {**{"W" + name: (N_A, N_A + N_X) for name in LETTERS[unit]},
              **{"b" + name: (N_A, 1) for name in LETTERS[unit]},
              "Wya": (N_Y, N_A), "by": (N_Y, 1), "x": (T_X, N_X, M), "a0": (N_A, M)}
    if "lstm" in unit:
        shapes["c0"] = (N_A, M)
    if unit == "peephole_lstm":
        shapes |= dict.fromkeys(("pu", "pf", "po"), (N_A, 1))
    inputs = {name: rng.uniform(-1, 1, shape) for name, shape in shapes.items()}
    if unit == "diagonal_gru":
        inputs["Wc"][:, :N_A] *= np.eye(N_A)
    return inputs


def run_layer(kind, leaves):
    """Run torch.nn's own layer with our parameters; results have our axes (T, n, m)."""
    layer = getattr(torch.nn, kind)(N_X, N_A).double()
    start = [swap_axes(leaves[name]).contiguous()[None] for name in ("a0", "c0") if name in leaves]
    states, last = torch.func.functional_call(
        layer, to_torch(leaves, kind), (swap_axes(leaves["x"]), tuple(start) if kind == "LSTM" else start[0]))
    return swap_axes(states), swap_axes(last[1][0]) if kind == "LSTM" else None


def run_formulas(unit, leaves):
    """Run the formulas of the notes step after step."""
    def score(name, *stacked):
        return leaves["W" + name] @ torch.cat(stacked) + leaves["b" + name]

    a, c, states = leaves["a0"], leaves.get("c0", leaves["a0"]), []
    for xt in leaves["x"]:
        if unit == "peephole_lstm":
            gamma_u = torch.sigmoid(score("u", a, xt) + leaves["pu"] * c)
            gamma_f = torch.sigmoid(score("f", a, xt) + leaves["pf"] * c)
            c = gamma_u * torch.tanh(score("c", a, xt)) + gamma_f * c
            a = torch.sigmoid(score("o", a, xt) + leaves["po"] * c) * torch.tanh(c)
        else:
            gamma_u = torch.sigmoid(score("u", c, xt))
            gamma_r = torch.sigmoid(score("r", c, xt)) if unit == "gru" else 1
            c = gamma_u * torch.tanh(score("c", gamma_r * c, xt)) + (1 - gamma_u) * c
            a = c
        states.append(a)
    return torch.stack(states), c


def run(unit, leaves):
    """Run a unit with torch.nn's layer where there is one, else by its formulas."""
    kinds = {"lstm": "LSTM", "diagonal_gru": "GRU"}
    return run_layer(kinds[unit], leaves) if unit in kinds else run_formulas(unit, leaves)


def deep_bidirectional(rng):
    """Run torch.nn's LSTM of two layers in both directions, from states of zeros, with the softmax loss."""
    sizes = {"[1]": N_X, "[2]": 2 * N_A}
    inputs = {"x": rng.uniform(-1, 1, (T_X, N_X, M)), "Wya": rng.uniform(-1, 1, (N_Y, 2 * N_A)),
              "by": rng.uniform(-1, 1, (N_Y, 1)), "classes": rng.integers(0, N_Y, (T_X, M))}
    for layer, n_below in sizes.items():
        for direction in ("[forward]", "[backward]"):
            for letter in "cufo":
                inputs[f"W{letter}{direction}{layer}"] = rng.uniform(-1, 1, (N_A, N_A + n_below))
                inputs[f"b{letter}{direction}{layer}"] = rng.uniform(-1, 1, (N_A, 1))
    leaves = {name: torch.tensor(value, requires_grad=True) for name, value in inputs.items() if name != "classes"}
    ours = {}
    for layer, theirs in (("[1]", "l0"), ("[2]", "l1")):
        for direction, reverse in (("[forward]", ""), ("[backward]", "_reverse")):
            end = direction + layer
            of_part = {name.removesuffix(end): value for name, value in leaves.items() if name.endswith(end)}
            ours |= {name.replace("l0", theirs) + reverse: value for name, value in to_torch(of_part, "LSTM").items()}
    layers = torch.nn.LSTM(N_X, N_A, num_layers=2, bidirectional=True).double()
    states, _ = torch.func.functional_call(layers, ours, (swap_axes(leaves["x"]),))
    logits = leaves["Wya"] @ swap_axes(states) + leaves["by"]
    loss = torch.nn.functional.cross_entropy(logits, torch.tensor(inputs["classes"]), reduction="sum") / M
    found = torch.autograd.grad(loss, list(leaves.values()))
    arrays = {f"network/d{name}": gradient.numpy() for name, gradient in zip(leaves, found, strict=True)}
    arrays |= {f"network/in_{name}": value for name, value in inputs.items()}
    return arrays | {"network/y_pred": torch.softmax(logits, dim=1).detach().numpy(), "network/loss": loss.item()}


def reference():
    """Compute every array of the comparison, by unit; names with the prefix "in_" are inputs."""
    rng, arrays = np.random.default_rng(1997), {}
    for unit in LETTERS:
        inputs, classes = draw_inputs(unit, rng), rng.integers(0, N_Y, (T_X, M))
        upstream = {name: rng.uniform(-1, 1, shape) for name, shape in (("da", (T_X, N_A, M)), ("dc", (N_A, M)))}
        leaves = {name: torch.tensor(value, requires_grad=True) for name, value in inputs.items()}
        a, c_last = run(unit, leaves)
        logits = leaves["Wya"] @ a + leaves["by"]
        loss = torch.nn.functional.cross_entropy(logits, torch.tensor(classes), reduction="sum") / M
        loss = loss + torch.sum(a * torch.tensor(upstream["da"]))
        if "c0" in leaves:
            loss = loss + torch.sum(c_last * torch.tensor(upstream["dc"]))
        gradients = torch.autograd.grad(loss, list(leaves.values()))
        found = {"a": a.detach(), "y_pred": torch.softmax(logits, dim=1).detach(), "loss": loss.detach(),
                 **{f"d{name}": gradient for name, gradient in zip(leaves, gradients, strict=True)}}
        arrays |= {f"{unit}/{name}": value.numpy() for name, value in found.items()}
        arrays |= {f"{unit}/in_{name}": value for name, value in {**inputs, **upstream, "classes": classes}.items()}
    return arrays | deep_bidirectional(rng)


if __name__ == "__main__":
    np.savez_compressed(STORED, **reference())
    print(f"{STORED.name}: made with PyTorch {torch.__version__}, {STORED.stat().st_size} bytes")
