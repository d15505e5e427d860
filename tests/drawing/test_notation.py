r"""Symbols and formulas are written as in the notes, each symbol in the colour of its role."""

import pytest

from drawing.notation import at, in_roles


def test_a_time_step_stands_between_angle_brackets():
    assert at("x", 1) == r"$x^{\langle 1\rangle}$"


def test_a_layer_stands_before_the_time_step():
    assert at("a", "t-1", layer=2) == r"$a^{[2]\langle t-1\rangle}$"


def test_the_rnns_formula_has_the_roles_of_its_symbols():
    pieces = in_roles(r"a<t> = \tanh(W_{aa} a<t-1> + W_{ax} x<t> + b_a)")
    assert [(text, role) for text, role in pieces if role] == [
        (r"a^{\langle t\rangle}", "activation"),
        ("W_{aa}", "parameter"),
        (r"a^{\langle t-1\rangle}", "activation"),
        ("W_{ax}", "parameter"),
        (r"x^{\langle t\rangle}", "input"),
        ("b_a", "parameter"),
    ]


@pytest.mark.parametrize(
    ("formula", "role"),
    [
        (r"\hat y<t>", "output"),
        (r"\tilde c<t>", "cell"),
        ("c<t-1>", "cell"),
        (r"\Gamma_u", "gate"),
        (r"\overrightarrow{a}<t>", "activation"),
        ("a^{[l-1]}<t>", "activation"),
        ("W_a^{[l]}", "parameter"),
        ("W_{ya}", "parameter"),
    ],
)
def test_a_symbol_is_one_piece_of_its_role(formula, role):
    ((_, found),) = in_roles(formula)
    assert found == role


def test_what_has_no_role_is_plain():
    assert in_roles(r"\tanh(") == [(r"\tanh(", None)]
