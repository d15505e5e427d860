"""Compare with PyTorch: always with the stored arrays, and with PyTorch itself where it is installed."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from solutions import (
    adam_step,
    apply_temperature,
    clip_by_norm,
    initialize_adam,
    one_hot,
    output_backward,
    rnn_backward,
    rnn_cell_backward,
    rnn_cell_forward,
    rnn_forward,
    sequence_loss,
    sgd_step,
    sigmoid,
    softmax_loss,
)

SOURCES = ["stored"] + ["live"] * (importlib.util.find_spec("torch") is not None)
PARAMETERS = ("Wax", "Waa", "Wya", "ba", "by")


def stored_arrays():
    with np.load(Path(__file__).with_name("torch_reference.npz")) as stored:
        return dict(stored)


@pytest.fixture(scope="module", params=SOURCES)
def torch_arrays(request):
    if request.param == "stored":
        return stored_arrays()
    import make_torch_reference

    return make_torch_reference.reference()


@pytest.fixture
def inputs(torch_arrays):
    return {name.removeprefix("in_"): value for name, value in torch_arrays.items() if name.startswith("in_")}


@pytest.fixture
def weights(inputs):
    return {name: inputs[name] for name in PARAMETERS}


def agrees(found, wanted):
    return np.linalg.norm(found - wanted) <= 1e-10 * np.linalg.norm(wanted)


def test_states_and_predictions_agree_with_pytorch(torch_arrays, inputs, weights):
    a, y_pred, _ = rnn_forward(inputs["x"], inputs["a0"], weights)
    assert agrees(a, torch_arrays["a"])
    assert agrees(y_pred, torch_arrays["y_pred"])
    a_next, yt_pred, _ = rnn_cell_forward(inputs["x"][0], inputs["a0"], weights)
    assert agrees(a_next, torch_arrays["a"][0])
    assert agrees(yt_pred, torch_arrays["y_pred"][0])


def test_the_softmax_loss_and_its_gradients_agree_with_pytorch(torch_arrays, inputs, weights):
    y = one_hot(inputs["classes"], len(weights["by"]))
    a, y_pred, caches = rnn_forward(inputs["x"], inputs["a0"], weights)
    assert softmax_loss(y_pred, y) == pytest.approx(float(torch_arrays["softmax_loss"]), rel=1e-10)
    from_output = output_backward(y_pred, y, a, weights)
    gradients = {**from_output, **rnn_backward(from_output["da"], caches)}
    for name in ("dx", "da0", "dWax", "dWaa", "dWya", "dba", "dby"):
        assert agrees(gradients[name], torch_arrays[f"softmax_{name}"]), name


def test_the_loss_of_the_notes_and_its_gradients_agree_with_pytorch(torch_arrays, inputs, weights):
    a, _, caches = rnn_forward(inputs["x"], inputs["a0"], weights)
    y_pred = sigmoid(weights["Wya"] @ a + weights["by"])
    assert sequence_loss(y_pred, inputs["bits"]) == pytest.approx(float(torch_arrays["sigmoid_loss"]), rel=1e-10)
    from_output = output_backward(y_pred, inputs["bits"], a, weights)
    gradients = {**from_output, **rnn_backward(from_output["da"], caches)}
    for name in ("dx", "da0", "dWax", "dWaa", "dWya", "dba", "dby"):
        assert agrees(gradients[name], torch_arrays[f"sigmoid_{name}"]), name


def test_gradients_from_any_upstream_agree_with_pytorch(torch_arrays, inputs, weights):
    gradients = rnn_backward(inputs["da"], rnn_forward(inputs["x"], inputs["a0"], weights)[2])
    for name in ("dx", "da0", "dWax", "dWaa", "dba"):
        assert agrees(gradients[name], torch_arrays[f"upstream_{name}"]), name


def test_a_cell_backward_agrees_with_pytorch(torch_arrays, inputs, weights):
    cache = rnn_cell_forward(inputs["x"][0], inputs["a0"], weights)[2]
    gradients = rnn_cell_backward(inputs["da"][0], cache)
    assert agrees(gradients["dxt"], torch_arrays["cell_dx"][0])
    assert agrees(gradients["da_prev"], torch_arrays["cell_da0"])
    for name in ("dWax", "dWaa", "dba"):
        assert agrees(gradients[name], torch_arrays[f"cell_{name}"]), name


def test_temperature_agrees_with_pytorch(torch_arrays, inputs):
    assert agrees(apply_temperature(inputs["logits"], 0.7), torch_arrays["tempered"])


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_clipped_steps_of_the_optimizers_agree_with_pytorch(optimizer, torch_arrays, inputs):
    parameters = {name: inputs[name] for name in ("Wax", "ba")}
    state = initialize_adam(parameters)
    for _ in range(3):
        # PyTorch divides by norm + 1e-6, so its clipped gradients have a norm of just under 1.
        gradients = {"d" + name: 2 * value for name, value in parameters.items()}
        norm = np.sqrt(sum(np.sum(gradient**2) for gradient in gradients.values()))
        gradients = clip_by_norm(gradients, norm / (norm + 1e-6))
        if optimizer == "sgd":
            parameters = sgd_step(parameters, gradients, 0.1)
        else:
            parameters, state = adam_step(parameters, gradients, state, 0.1)
    for name, value in parameters.items():
        assert agrees(value, torch_arrays[f"{optimizer}_{name}"]), name


def test_the_stored_arrays_are_small_and_in_float64():
    arrays = stored_arrays()
    assert sum(value.nbytes for value in arrays.values()) < 20_000
    assert {value.dtype.name for name, value in arrays.items() if name != "in_classes"} == {"float64"}
