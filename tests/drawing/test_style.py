"""The colours of the roles can be told from every background, and from each other, by everyone."""

import itertools

import matplotlib
import numpy as np
import pytest

from drawing.style import BACKGROUNDS, INK, PANEL, ROLES, WIRE, color_of, contrast, in_house_style, tint

# How the cones of a colour-blind eye see linear red, green and blue (Machado, Oliveira and Fernandes 2009).
EYES = {
    "all cones": np.eye(3),
    "no long-wave cones": [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992], [-0.0039, -0.0481, 1.0520]],
    "no middle-wave cones": [[0.3673, 0.8606, -0.2280], [0.2801, 0.6725, 0.0474], [-0.0118, 0.0429, 0.9689]],
    "no short-wave cones": [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476], [0.0047, 0.6914, 0.3039]],
}


def lab(color, eye):
    """A colour in CIE L*a*b*, as an eye sees it: distances are differences seen."""
    rgb = np.array(matplotlib.colors.to_rgb(color))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.asarray(EYES[eye]) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen
    x, y, z = np.cbrt(xyz / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_stands_out_from_every_background(role, background):
    assert contrast(color_of(role), BACKGROUNDS[background]) >= 3


@pytest.mark.parametrize("color", [INK, WIRE])
def test_text_and_wires_are_easily_read_on_the_panel(color):
    assert contrast(color, PANEL) >= 4.5


@pytest.mark.parametrize("role", ROLES)
def test_text_is_easily_read_on_a_filled_shape(role):
    assert contrast(INK, tint(role)) >= 7


@pytest.mark.parametrize("eye", EYES)
def test_no_two_roles_look_alike(eye):
    for first, second in itertools.combinations([role for role in ROLES if role != "neutral"], 2):
        distance = np.linalg.norm(lab(ROLES[first], eye) - lab(ROLES[second], eye))
        assert distance >= 10, f"{first} and {second} are {distance:.1f} apart"


def test_contrast_of_black_on_white_is_21_in_either_order():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("white", "black") == pytest.approx(21)


def test_contrast_of_a_colour_with_itself_is_1():
    assert contrast(WIRE, WIRE) == 1


def test_an_unknown_role_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="role is 'weight'; it must be one of input, activation"):
        color_of("weight")


def test_the_callers_settings_do_not_matter_and_are_given_back():
    with matplotlib.rc_context({"font.size": 3, "text.color": "red"}):
        inside = in_house_style(lambda: (matplotlib.rcParams["font.size"], matplotlib.rcParams["text.color"]))()
        assert inside == (15, INK)
        assert matplotlib.rcParams["font.size"] == 3
