"""Compare the gated units with PyTorch: always with stored arrays, and with PyTorch itself where it is installed."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from recurrent_units import GRU, LSTM, PEEPHOLE_LSTM, SIMPLIFIED_GRU

from solutions import LSTM as LSTM_CELL
from solutions import (
    bidirectional_cell,
    deep_cell,
    many_to_many_backward,
    many_to_many_forward,
    one_hot,
    output_backward,
    softmax_loss,
)

SOURCES = ["stored"] + ["live"] * (importlib.util.find_spec("torch") is not None)
COMPARED = {"simplified_gru": SIMPLIFIED_GRU, "gru": GRU, "diagonal_gru": GRU, "lstm": LSTM,
            "peephole_lstm": PEEPHOLE_LSTM}


def stored_arrays():
    with np.load(Path(__file__).with_name("torch_units_reference.npz")) as stored:
        return dict(stored)


@pytest.fixture(scope="module", params=SOURCES)
def torch_arrays(request):
    if request.param == "stored":
        return stored_arrays()
    import make_torch_units_reference

    return make_torch_units_reference.reference()


def agrees(found, wanted):
    return np.linalg.norm(found - wanted) <= 1e-10 * np.linalg.norm(wanted)


@pytest.mark.parametrize("name", COMPARED)
def test_a_unit_its_loss_and_all_its_gradients_agree_with_pytorch(name, torch_arrays):
    unit = COMPARED[name]
    arrays = {key.partition("/")[2]: value for key, value in torch_arrays.items() if key.startswith(f"{name}/")}
    inputs = {key.removeprefix("in_"): value for key, value in arrays.items() if key.startswith("in_")}
    state = {letter: inputs[f"{letter}0"] for letter in unit.state_names}
    states, y_pred, caches = unit.run(inputs["x"], state, inputs)
    a, y = states["a"], one_hot(inputs["classes"], len(inputs["by"]))
    assert agrees(a, arrays["a"])
    assert agrees(y_pred, arrays["y_pred"])

    loss = softmax_loss(y_pred, y) + np.sum(a * inputs["da"])
    from_output, from_memory = output_backward(y_pred, y, a, inputs), {}
    if unit.has_memory:
        loss += np.sum(states["c"][-1] * inputs["dc"])
        from_memory["dc"] = inputs["dc"]
    gradients = {**from_output, **unit.backward(from_output["da"] + inputs["da"], caches, **from_memory)}
    assert loss == pytest.approx(float(arrays["loss"]), rel=1e-10)
    compared = [key for key in arrays if key.startswith("d")]
    assert set(compared) == set(gradients) - {"da"}
    if name == "diagonal_gru":
        # The two conventions agree where W_c is diagonal, and so do the slopes along such W_c.
        compared_entries = inputs["Wc"] != 0
        for values in (gradients, arrays):
            values["dWc"] = values["dWc"] * compared_entries
    for key in compared:
        assert agrees(gradients[key], arrays[key]), key


def test_two_layers_in_both_directions_agree_with_pytorch(torch_arrays):
    arrays = {key.partition("/")[2]: value for key, value in torch_arrays.items() if key.startswith("network/")}
    inputs = {key.removeprefix("in_"): value for key, value in arrays.items() if key.startswith("in_")}
    x, classes = inputs.pop("x"), inputs.pop("classes")
    cell, m = deep_cell(bidirectional_cell(LSTM_CELL), 2), x.shape[2]
    y_pred, caches = many_to_many_forward(x, cell.zero_state(inputs, m), inputs, cell)
    y = one_hot(classes, len(inputs["by"]))
    assert agrees(y_pred, arrays["y_pred"])
    assert softmax_loss(y_pred, y) == pytest.approx(float(arrays["loss"]), rel=1e-10)
    gradients = many_to_many_backward((y_pred - y) / m, caches)
    for name in ("x", *inputs):
        assert agrees(gradients[f"d{name}"], arrays[f"d{name}"]), name


def test_the_stored_arrays_are_small_and_in_float64():
    arrays = stored_arrays()
    assert sum(value.nbytes for value in arrays.values()) < 150_000
    assert {value.dtype.name for name, value in arrays.items() if not name.endswith("classes")} == {"float64"}
