"""Compute with PyTorch what `test_torch.py` compares this library with, and store it.

Run it where PyTorch is installed, from the root of the repository::

    python tests/solutions/make_torch_reference.py

The arrays in ``torch_reference.npz`` are small (float64), so that the comparison runs everywhere.
"""

from pathlib import Path

import numpy as np
import torch

STORED = Path(__file__).with_name("torch_reference.npz")
T_X, N_X, N_A, N_Y, M = 6, 3, 5, 4, 2


def draw_inputs():
    """Draw the inputs of the comparison, none of them zero or symmetric."""
    rng = np.random.default_rng(2014)
    shapes = {"Wax": (N_A, N_X), "Waa": (N_A, N_A), "Wya": (N_Y, N_A), "ba": (N_A, 1), "by": (N_Y, 1),
              "x": (T_X, N_X, M), "a0": (N_A, M), "da": (T_X, N_A, M), "logits": (N_Y, M)}
    inputs = {name: rng.uniform(-1, 1, shape) for name, shape in shapes.items()}
    inputs["classes"] = rng.integers(0, N_Y, (T_X, M))
    inputs["bits"] = rng.integers(0, 2, (T_X, N_Y, M)).astype(float)
    return inputs


def tensors(inputs, *names):
    """Turn arrays into tensors that collect gradients."""
    return {name: torch.tensor(inputs[name], requires_grad=True) for name in names}


def gradients(loss, leaves, prefix):
    """Run PyTorch's own way back and name what comes out."""
    found = torch.autograd.grad(loss, list(leaves.values()), allow_unused=True)
    return {f"{prefix}_d{name}": gradient.numpy()
            for name, gradient in zip(leaves, found, strict=True) if gradient is not None}


def run(leaves):
    """Run torch.nn's own recurrent layer with our parameters; results have our axes (T, n, m)."""
    layer = torch.nn.RNN(N_X, N_A, nonlinearity="tanh").double()
    ours = {"weight_ih_l0": leaves["Wax"], "weight_hh_l0": leaves["Waa"], "bias_ih_l0": leaves["ba"][:, 0],
            "bias_hh_l0": torch.zeros(N_A, dtype=torch.float64)}
    start = leaves["a0"].T.contiguous()[None]
    states, _ = torch.func.functional_call(layer, ours, (leaves["x"].transpose(1, 2), start))
    a = states.transpose(1, 2)
    return a, leaves["Wya"] @ a + leaves["by"]


def reference():
    """Compute every array of the comparison; those with the prefix "in_" are inputs."""
    inputs = draw_inputs()
    arrays = {f"in_{name}": value for name, value in inputs.items()}

    leaves = tensors(inputs, "x", "a0", "Wax", "Waa", "Wya", "ba", "by")
    a, logits = run(leaves)
    arrays |= {"a": a.detach().numpy(), "y_pred": torch.softmax(logits, dim=1).detach().numpy()}

    classes = torch.tensor(inputs["classes"])
    loss = torch.nn.functional.cross_entropy(logits, classes, reduction="sum") / M
    arrays |= {"softmax_loss": loss.item(), **gradients(loss, leaves, "softmax")}

    a, logits = run(leaves)
    bits = torch.tensor(inputs["bits"])
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, bits, reduction="sum") / M
    arrays |= {"sigmoid_loss": loss.item(), **gradients(loss, leaves, "sigmoid")}

    a, _ = run(leaves)
    arrays |= gradients(torch.sum(a * torch.tensor(inputs["da"])), leaves, "upstream")

    a, _ = run(leaves)
    arrays |= gradients(torch.sum(a[0] * torch.tensor(inputs["da"][0])), leaves, "cell")

    arrays["tempered"] = torch.softmax(torch.tensor(inputs["logits"]) / 0.7, dim=0).numpy()
    return arrays | optimizer_steps(inputs)


def optimizer_steps(inputs):
    """Take three steps of each optimizer down the loss sum(W^2), with the gradients clipped to norm 1."""
    arrays = {}
    for name, optimizer in {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}.items():
        leaves = tensors(inputs, "Wax", "ba")
        steps = optimizer(leaves.values(), lr=0.1)
        for _ in range(3):
            steps.zero_grad()
            sum(torch.sum(leaf**2) for leaf in leaves.values()).backward()
            torch.nn.utils.clip_grad_norm_(leaves.values(), 1.0)
            steps.step()
        arrays |= {f"{name}_{leaf}": value.detach().numpy() for leaf, value in leaves.items()}
    return arrays


if __name__ == "__main__":
    np.savez_compressed(STORED, **reference())
    print(f"{STORED.name}: made with PyTorch {torch.__version__}, {STORED.stat().st_size} bytes")
