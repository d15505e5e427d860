import inspect
import pickle
import timeit

import numpy as np
import pytest

from solutions import rnn_cell_forward, softmax
from solutions.contract import contract


@contract(W="n_a n_x", x="n_x m", scale="float 1 m")
def project(W, x, scale=np.ones((1, 2))):  # noqa: B008 - a default array is what this test is about
    """Multiply."""
    return W @ x * scale


W, X = np.ones((3, 4)), np.ones((4, 2))


def refusal(function, *args, **kwargs):
    with pytest.raises((TypeError, ValueError)) as caught:
        function(*args, **kwargs)
    return f"{type(caught.value).__name__}: {caught.value}"


def test_arguments_that_fit_are_passed_on_however_they_are_given():
    for result in (project(W, X), project(x=X, W=W), project(W, x=X), project(W, X, scale=np.ones((1, 2)))):
        assert np.array_equal(result, 4 * np.ones((3, 2)))


def test_a_size_that_differs_is_refused_with_the_argument_that_set_it():
    assert refusal(project, W, np.ones((5, 2))) == (
        "ValueError: project: x has shape (5, 2), wanted (n_x, m) = (4, 2): W says n_x = 4")


def test_a_wrong_number_of_axes_is_refused():
    assert refusal(project, W, np.ones(4)) == (
        "ValueError: project: x has shape (4,), wanted (n_x, m) = (4, m): W says n_x = 4")
    assert refusal(project, np.ones(4), X) == "ValueError: project: W has shape (4,), wanted (n_a, n_x)"


def test_a_default_is_checked_too():
    assert refusal(project, W, np.ones((4, 7))) == (
        "ValueError: project: scale has shape (1, 2), wanted (1, m) = (1, 7): x says m = 7")


def test_an_empty_axis_is_refused():
    assert refusal(project, W, np.ones((4, 0))) == (
        "ValueError: project: x has shape (4, 0), so m = 0; wanted (n_x, m) with each size at least 1")


def test_what_is_not_an_array_of_numbers_is_refused():
    assert refusal(project, W, X.tolist()) == "TypeError: project: x is of type list, wanted a numpy array"
    assert refusal(project, W, None) == "TypeError: project: x is of type NoneType, wanted a numpy array"
    assert refusal(project, W, X.astype(str)) == (
        "TypeError: project: x has dtype <U32, wanted numbers, such as float64")
    assert refusal(project, W, X.astype(object)) == (
        "TypeError: project: x has dtype object, wanted numbers, such as float64")


def test_a_matrix_is_refused_because_its_operators_differ():
    matrix = X.view(np.matrix)
    assert refusal(project, W, matrix) == (
        "TypeError: project: x is a numpy.matrix, wanted a plain numpy array: its * and ** differ")


def test_other_kinds_of_arrays_are_accepted(tmp_path):
    stored = np.memmap(tmp_path / "x", dtype=float, mode="w+", shape=X.shape)
    stored[:] = X
    assert np.array_equal(project(W, stored), project(W, X))
    assert np.array_equal(project(W, X.astype(np.int8)), project(W, X))


def test_integers_are_refused_where_floating_numbers_are_wanted():
    assert refusal(project, W, X, np.ones((1, 2), dtype=int)) == (
        f"TypeError: project: scale has dtype {np.dtype(int)}, wanted float64 or float32")


def test_missing_and_unknown_arguments_are_named():
    assert refusal(project, W) == "TypeError: project: missing a required argument: 'x'"
    assert refusal(project, W, X, y=X) == "TypeError: project: got an unexpected keyword argument 'y'"
    assert refusal(project, W, X, X, X) == "TypeError: project: too many positional arguments"


def test_a_contract_that_names_no_argument_of_the_function_is_refused():
    with pytest.raises(TypeError, match=r"^nothing has no argument z$"):
        @contract(z="n_y m")
        def nothing(x):
            """Do nothing."""


def test_one_axis_that_stands_twice_must_be_square():
    @contract(Waa="n_a n_a")
    def square(Waa):
        """Return the argument."""
        return Waa

    assert refusal(square, np.ones((3, 4))) == (
        "ValueError: square: Waa has shape (3, 4), wanted (n_a, n_a) = (3, 3)")


def test_caches_are_looked_into():
    @contract(cache=(("a", "n_a m"), ("parameters", {"W": "n_a n_x"})))
    def look(cache):
        """Return the argument."""
        return cache

    a = np.ones((3, 2))
    assert look((a, {"W": W}))[0] is a
    assert look([a, {"W": W}])[0] is a
    assert refusal(look, a) == "TypeError: look: cache is of type ndarray, wanted the tuple (a, parameters)"
    assert refusal(look, (a,)) == "ValueError: look: cache has 1 entries, wanted 2: (a, parameters)"
    assert refusal(look, ({"W": W}, a)) == "TypeError: look: cache[0] (a) is of type dict, wanted a numpy array"
    assert refusal(look, (a, {})) == (
        'ValueError: look: cache[1] (parameters) has no key "W", wanted the keys W; found none')
    assert refusal(look, (a, {"W": W.T})) == (
        'ValueError: look: cache[1] (parameters)["W"] has shape (4, 3), wanted (n_a, n_x) = (3, 3): '
        "cache[0] (a) says n_a = 3")


def test_the_plain_function_is_inside_and_its_face_is_kept():
    plain = inspect.unwrap(rnn_cell_forward)
    assert plain is not rnn_cell_forward
    assert plain.__code__.co_varnames[:3] == ("xt", "a_prev", "parameters")
    assert rnn_cell_forward.__name__ == "rnn_cell_forward"
    assert rnn_cell_forward.__doc__ == plain.__doc__
    assert str(inspect.signature(rnn_cell_forward)) == "(xt, a_prev, parameters)"


def test_a_checked_function_can_be_sent_to_another_process():
    assert pickle.loads(pickle.dumps(softmax)) is softmax


def test_an_error_of_the_function_itself_passes_through_unchanged():
    @contract(x="n_x m")
    def fail(x):
        """Raise."""
        raise ValueError("my own words")

    assert refusal(fail, X) == "ValueError: my own words"


def test_a_check_costs_microseconds(parameters, x, a0):
    nothing = contract(parameters={"Wax": "n_a n_x", "Waa": "n_a n_a", "Wya": "n_y n_a", "ba": "n_a 1",
                                   "by": "n_y 1"}, xt="n_x m", a_prev="n_a m")(lambda xt, a_prev, parameters: None)
    seconds = min(timeit.repeat(lambda: nothing(x[0], a0, parameters), number=200, repeat=20)) / 200
    # Seven arrays: 5 to 10 millionths of a second; the bound leaves room for a busy machine.
    assert seconds < 60e-6
