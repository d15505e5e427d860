import numpy as np
import pytest

from solutions import complex_step_gradients, gradient_check, numerical_gradients


def cubic(point):
    """Have the gradients 3 w^2 and -sin b."""
    return (np.sum(point["w"] ** 3) + np.sum(np.cos(point["b"]))).item()


@pytest.fixture
def point(rng):
    return {"w": rng.standard_normal((2, 3)), "b": rng.standard_normal((4, 1))}


@pytest.fixture
def gradients(point):
    return {"dw": 3 * point["w"] ** 2, "db": -np.sin(point["b"])}


def test_right_gradients_pass_the_check(point, gradients):
    assert gradient_check(cubic, point, gradients) < 1e-9


def test_the_error_of_a_wrong_gradient_is_the_one_of_the_formula(point, gradients):
    # g = -g_num: the difference is as long as both together; g = 0: as long as the other one
    assert gradient_check(cubic, point, {name: -value for name, value in gradients.items()}) == pytest.approx(1)
    assert gradient_check(cubic, point, {name: 0 * value for name, value in gradients.items()}) == 1
    # g = 2 g_num: |g_num| / (3 |g_num|)
    twice = {name: 2 * value for name, value in gradients.items()}
    assert gradient_check(cubic, point, twice) == pytest.approx(1 / 3, rel=1e-8)


@pytest.mark.parametrize("name", ["dw", "db"])
def test_one_wrong_entry_in_any_parameter_is_seen(name, point, gradients):
    gradients[name] = gradients[name].copy()
    gradients[name][-1, -1] += 1e-3
    assert gradient_check(cubic, point, gradients) > 1e-5


def test_the_check_takes_all_parameters_together(point, gradients):
    gradients["db"] = np.zeros_like(gradients["db"])
    both = np.concatenate([np.ravel(value) for value in numerical_gradients(cubic, point).values()])
    g = np.concatenate([np.ravel(gradients["dw"]), np.zeros(4)])
    wanted = np.linalg.norm(g - both) / (np.linalg.norm(g) + np.linalg.norm(both))
    assert gradient_check(cubic, point, gradients) == pytest.approx(wanted, rel=1e-14)


def test_a_constant_loss_and_zero_gradients_have_the_error_zero(point):
    zeros = {"d" + name: np.zeros_like(value) for name, value in point.items()}
    assert gradient_check(lambda point: 1.0, point, zeros) == 0.0


def test_differences_are_taken_on_both_sides():
    # x^2 at 1 with epsilon 1/2: two-sided (2.25 - 0.25) / 1 = 2, one-sided 2.5
    found = numerical_gradients(lambda point: (point["x"] ** 2).item(), {"x": np.ones((1, 1))}, epsilon=0.5)
    assert np.array_equal(found["dx"], [[2.0]])


def test_gradients_by_complex_steps_are_exact(point, gradients):
    found = complex_step_gradients(lambda point: np.sum(point["w"] ** 3) + np.sum(np.cos(point["b"])), point)
    for name, wanted in gradients.items():
        assert np.allclose(found[name], wanted, rtol=1e-15, atol=1e-16)


def test_parameters_are_the_same_after_the_check_even_when_the_loss_fails(point, gradients):
    kept = {name: value.copy() for name, value in point.items()}
    gradient_check(cubic, point, gradients)
    complex_step_gradients(lambda point: np.sum(point["w"] ** 3), point)
    with pytest.raises(ZeroDivisionError):
        gradient_check(lambda point: 1 / 0, point, gradients)
    assert all(np.array_equal(point[name], kept[name]) for name in kept)


def test_float32_parameters_are_nudged_in_float64(point):
    rounded = {name: value.astype(np.float32) for name, value in point.items()}
    exact = {"dw": 3 * rounded["w"].astype(float) ** 2, "db": -np.sin(rounded["b"].astype(float))}
    assert gradient_check(cubic, rounded, exact) < 1e-9


def test_gradients_without_a_parameter_are_not_looked_at(point, gradients):
    assert gradient_check(cubic, point, {**gradients, "dx": np.ones((7, 7))}) < 1e-9


def test_the_error_is_a_plain_float(point, gradients):
    assert type(gradient_check(cubic, point, gradients)) is float
