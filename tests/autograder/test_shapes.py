"""trace_shapes: what it shows of a right function, of wrong ones, and of what is no function of the course at all."""

import copy
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder import trace_shapes
from autograder.engine import Seed, draw_cases
from autograder.exercises import EXERCISES
from autograder.shapes.axes import Sizes, parse_axes
from autograder.shapes.docstrings import described
from autograder.shapes.symbols import SYMBOLS
from solutions import (
    count_parameters,
    gru_cell_forward,
    initialize_gates,
    initialize_parameters,
    lstm_cell_forward,
    lstm_forward,
    rnn_backward,
    rnn_cell_forward,
    rnn_forward,
)

RNG = np.random.default_rng(4)
PARAMETERS = initialize_parameters(n_x=4, n_a=5, n_y=3, rng=RNG)
X, XT, A = RNG.standard_normal((7, 4, 10)), RNG.standard_normal((4, 10)), RNG.standard_normal((5, 10))


def own(body, name="rnn_cell_forward", docstring=rnn_cell_forward.__doc__):
    """A learner's function with this body and the reference's docstring."""
    space = {"np": np}
    lines = "\n".join("    " + line for line in body.splitlines())
    exec(f"def {name}(xt, a_prev, parameters):\n{lines}", space)
    space[name].__doc__ = docstring
    return space[name]


def rows(table):
    return {row.name: row for row in table.rows}


def heading_of(table, name):
    return next(heading for heading, group in table.groups for row in group if row.name == name)


def remarks(table):
    return {row.name: row.remark for row in table.rows if row.remark}


def test_axes_stand_by_name_and_by_number():
    found = rows(trace_shapes(rnn_cell_forward, XT, A, PARAMETERS))
    assert found["xt"].shape == "(n_x, m) = (4, 10)"
    assert found['parameters["Wax"]'].shape == "(n_a, n_x) = (5, 4)"
    assert found['parameters["by"]'].shape == "(n_y, 1) = (3, 1)"
    assert found["yt_pred"].shape == "(n_y, m) = (3, 10)"


def test_meanings_come_from_the_docstring_and_from_the_symbols():
    found = rows(trace_shapes(rnn_cell_forward, XT, A, PARAMETERS))
    assert found["a_prev"].meaning == "The hidden state of the step before"
    assert found['parameters["Waa"]'].meaning == "Weights: from the state before to the state"


@pytest.mark.parametrize(("function", "arguments"), [
    (rnn_cell_forward, (XT, A, PARAMETERS)),
    (rnn_forward, (X, A, PARAMETERS)),
    (rnn_backward, (RNG.standard_normal((7, 5, 10)), rnn_forward(X, A, PARAMETERS)[2])),
    (gru_cell_forward, (XT, A, initialize_gates("cur", n_x=4, n_a=5, n_y=3, rng=RNG))),
    (lstm_forward, (X, A, initialize_gates("cufo", n_x=4, n_a=5, n_y=3, rng=RNG))),
    (count_parameters, (3, 4, 5)),
], ids=lambda value: getattr(value, "__name__", ""))
def test_of_a_right_function_nothing_is_marked(function, arguments):
    table = trace_shapes(function, *arguments)
    assert remarks(table) == {}
    assert table.remark == ""


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_of_no_exercise_is_a_right_answer_marked(exercise):
    for case in draw_cases(exercise, 1):
        arguments = [np.random.default_rng(given.value) if isinstance(given, Seed) else given for given in case.args]
        table = trace_shapes(exercise.reference, *arguments)
        assert (table.remark, remarks(table)) == ("", {}), (case.label, case.sizes, str(table))


def test_every_array_inside_is_shown_once_with_its_name():
    table = trace_shapes(own("""\
Wax, Waa, ba = parameters["Wax"], parameters["Waa"], parameters["ba"]
concat = np.concatenate([a_prev, xt])
z = Waa @ a_prev + Wax @ xt + ba
a_next = np.tanh(z)
steps = [a_next, a_next + 1]
return a_next, parameters["Wya"] @ a_next, (a_next, xt)"""), XT, A, PARAMETERS)
    found = rows(table)
    assert found["Wax, Waa, ba"].meaning.startswith("Taken out of the dictionary")
    assert found["concat"].shape == "(n_a + n_x, m) = (9, 10)"
    assert found["z"].shape == "(n_a, m) = (5, 10)"
    assert found["steps"].shape == "a list of 2, each (n_a, m) = (5, 10)"
    assert found["cache"].meaning == "Holds a_next, xt"
    names = [row.name for row in table.rows]
    assert len(set(names)) == len(names)
    assert (heading_of(table, "z"), heading_of(table, "a_next")) == ("Inside, at the end", "Results")


def test_an_argument_that_contradicts_its_docstring_is_marked_in_words():
    table = trace_shapes(own("return a_prev"), XT.T, A, PARAMETERS)
    assert remarks(table)["xt"] == ('its docstring says (n_x, m): n_x is 10 here, and 4 in parameters["Wax"]; '
                                    "m is 4 here, and 10 in a_prev; its transpose would fit")
    assert "a_prev" not in remarks(table)


def test_a_missing_axis_is_marked():
    flat = PARAMETERS | {"ba": np.zeros(5)}
    table = trace_shapes(own("return a_prev"), XT, A, flat)
    assert remarks(table)['parameters["ba"]'] == "its docstring says (n_a, 1), and it has 1 axis"


def test_weights_taken_for_one_another_are_marked_by_their_names():
    found = rows(trace_shapes(own('Wax, Waa = parameters["Waa"], parameters["Wax"]\nreturn a_prev'), XT, A, PARAMETERS))
    assert found["Wax"].meaning == 'The same array as parameters["Waa"]'
    assert found["Wax"].remark == 'by its name it is (n_a, n_x): n_x is 5 here, and 4 in parameters["Wax"]'


def test_a_size_under_the_wrong_name_is_marked():
    table = trace_shapes(own("n_a, m = xt.shape\nreturn np.zeros((n_a, m)), xt, ()"), XT, A, PARAMETERS)
    assert remarks(table)["n_a"] == 'n_a is 5 in parameters["Wax"]'
    assert "n_a is 4 here" in remarks(table)["a_next"]


def test_another_number_of_results_is_told():
    table = trace_shapes(own("return a_prev + 1, xt"), XT, A, PARAMETERS)
    assert remarks(table) == {"result": "its docstring names 3 results: a_next, yt_pred, cache"}


def test_where_it_raises_everything_up_to_there_stands_with_the_own_line():
    table = trace_shapes(own('z = parameters["Waa"] @ a_prev\nw = parameters["Wax"] @ a_prev\nlate = z'), XT, A,
                         PARAMETERS)
    assert {"xt", "a_prev", "z"} <= set(rows(table))
    assert not {"w", "late"} & set(rows(table))
    assert table.remark.startswith("The function raised ValueError: matmul")
    assert "in line 3 of its cell" in table.remark
    assert table.groups[-1][0] == "Inside, where it raised"


def test_the_library_and_a_missing_argument_are_told_in_a_line():
    assert "xt has shape (10, 4)" in trace_shapes(rnn_cell_forward, XT.T, A, PARAMETERS).remark
    assert "TypeError" in trace_shapes(own("return a_prev"), XT).remark


def test_a_function_without_docstring_is_told_by_the_symbols():
    table = trace_shapes(own("return xt", docstring=None), XT.T, a_prev=A, parameters=PARAMETERS)
    assert rows(table)["a_prev"].shape == "(n_a, m) = (5, 10)"
    assert "by its name it is (n_x, m)" in remarks(table)["xt"]


@pytest.mark.parametrize(("function", "arguments"), [
    (np.tanh, (XT,)), (len, ([1, 2],)), (lambda *things: things, (XT, "text", None, {"a": [XT]})), (dict, ()),
    (lambda n: n * [np.zeros(n)], (3,)), (type("Called", (), {"__call__": lambda self, x: x.T})(), (XT,)),
])
def test_any_other_function_can_be_looked_at(function, arguments):
    table = trace_shapes(function, *arguments)
    assert (table.remark, remarks(table)) == ("", {})
    assert str(table)
    assert table._repr_html_()


def test_of_a_function_that_calls_itself_the_outermost_call_is_shown():
    def halves(x):
        half = x[: len(x) // 2]
        return x if len(x) < 2 else halves(half)

    assert rows(trace_shapes(halves, np.arange(8.0)))["half"].shape == "(4,)"


def test_your_arrays_and_generators_stay_as_they_are():
    rng, mine = np.random.default_rng(1), copy.deepcopy(PARAMETERS)
    before, state = A.copy(), rng.bit_generator.state

    def greedy(a, rng, parameters):
        a[:] = rng.standard_normal(a.shape)
        parameters.clear()

    trace_shapes(greedy, A, rng, mine)
    assert np.array_equal(A, before)
    assert rng.bit_generator.state == state
    assert set(mine) == set(PARAMETERS)


def test_what_it_prints_is_kept_and_profiling_goes_on_as_before():
    before = sys.getprofile()
    assert "  | hello" in str(trace_shapes(lambda: print("hello")))
    assert sys.getprofile() is before


def test_a_long_dictionary_is_cut():
    table = trace_shapes(lambda d: None, {str(number): np.zeros(number) for number in range(1000)})
    assert len(table.rows) < 60
    assert "and 960 entries more" in str(table)


@pytest.mark.parametrize(("arguments", "said"), [
    ((3,), "takes a function and then its arguments"),
    (((XT, A),), "got tuple first"),
    ((len, (letter for letter in "ab")), "cannot be copied"),
])
def test_bad_input_is_told_in_one_line(arguments, said):
    with pytest.raises(TypeError, match=said) as error:
        trace_shapes(*arguments)
    assert "\n" not in str(error.value)


def test_the_text_fits_a_terminal_and_the_page_escapes():
    table = trace_shapes(own('"<b>"\nreturn 1 / 0'), XT, A, PARAMETERS)
    assert max(map(len, str(table).splitlines())) <= 79
    assert "ZeroDivisionError" in table._repr_html_()
    assert "&quot;Wax&quot;" in table._repr_html_()
    assert "<b>" not in trace_shapes(lambda x: print("<b>"), XT)._repr_html_()


def test_an_axis_is_a_sum_of_names_and_numbers():
    assert parse_axes("n_a, n_a + n_x") == ("n_a", "n_a + n_x")
    assert parse_axes("T_x, 2 n_a, m") == ("T_x", "2 n_a", "m")
    assert parse_axes("a pair of states") is None
    sizes = Sizes()
    sizes.learn(("n_a", "m"), (5, 10), "a")
    assert (sizes.value("2 n_a + 1"), sizes.value("n_x")) == (11, None)


def test_entries_told_together_share_their_axes():
    entries = described(lstm_cell_forward, "Parameters")[-1].entries
    assert entries["Wf"] == ("n_a", "n_a + n_x")
    assert {"Wc", "Wu", "Wo"} <= set(entries)


@pytest.mark.parametrize("name", SYMBOLS)
def test_each_symbol_has_axes_and_a_meaning(name):
    assert SYMBOLS[name].meaning
    assert SYMBOLS[name].forms
    assert all(SYMBOLS[name].forms)


def test_the_symbols_are_those_of_the_books_conventions():
    text = (Path(__file__).parents[2] / "chapters" / "index.md").read_text(encoding="utf-8")
    compared = 0
    for row in re.findall(r"^\| \$.*$", text, re.MULTILINE):
        *_, code, shape = (column.strip() for column in row.strip("|").split("|"))
        for names, axes in zip(code.split(";"), shape.split(";"), strict=False):
            for name in set(re.findall(r"`(\w+)`", names)) & set(SYMBOLS):
                if axes.strip().startswith("$("):
                    assert parse_axes(axes.strip(" $()")) in SYMBOLS[name].forms
                    compared += 1
    assert compared >= 10


def test_numpy_and_the_standard_library_are_enough():
    script = ("import sys\nfrom autograder import trace_shapes\nimport numpy as np\n"
              "str(trace_shapes(np.tanh, np.zeros((3, 2))))\n"
              "print([name for name in ('solutions', 'matplotlib', 'IPython', 'nbformat') if name in sys.modules])")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.strip() == "[]", done.stderr
