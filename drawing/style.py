"""The look of every figure: one colour for each role, one set of fonts, one panel.

Figures stand on a light rounded panel of their own, so that their dark ink reads equally well on a white page
and on a dark one. Role colours keep a contrast of at least 3:1 against the panel, against white and against the
dark pages, and stay apart for colour-blind readers; a role is never told by its colour alone, but always by
its symbol, its shape or its direction too.
"""

import functools
import warnings

import matplotlib
import numpy as np
from matplotlib.font_manager import fontManager

__all__ = [
    "BACKGROUNDS",
    "BODY",
    "FAINT",
    "INK",
    "MATH",
    "PANEL",
    "PANEL_EDGE",
    "ROLES",
    "SERIES",
    "SMALL",
    "WIRE",
    "color_of",
    "contrast",
    "in_house_style",
    "tint",
]

PANEL = "#f4f6f9"
PANEL_EDGE = "#d8dee7"
INK = "#1b2430"  # text
WIRE = "#5c6879"  # arrows and lines that carry values forward
FAINT = "#c9d0da"  # what stands back: grid lines, the forward graph behind a backward one

#: The colour of each role, the same in every figure of the book.
ROLES = {
    "input": "#2f63d0",  # x
    "activation": "#0f7657",  # a
    "output": "#a5541d",  # ŷ
    "parameter": "#9135ec",  # W, b
    "gradient": "#e0246a",  # whatever flows backward
    "gate": "#96840c",  # Γ
    "cell": "#1b8fbd",  # c
    "neutral": WIRE,
}

#: The order in which lines and bars that are not roles take their colours.
SERIES = ("activation", "output", "input", "gradient", "gate", "parameter", "cell")

#: The backgrounds a page may have; the panel is the one directly behind the ink.
BACKGROUNDS = {"panel": PANEL, "white": "#ffffff", "dark": "#121212", "dark grey": "#1a1a1a"}

# Sizes in points for a figure 7 inches wide: on a phone (360 pixels) 15 points are 10.7 pixels.
MATH = 19
BODY = 15
SMALL = 13.5

_RC = {
    "mathtext.fontset": "stix",
    "font.size": BODY,
    "text.color": INK,
    "axes.edgecolor": WIRE,
    "axes.labelcolor": INK,
    "axes.linewidth": 1.0,
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": BODY,
    "axes.labelsize": BODY,
    "axes.unicode_minus": True,
    "xtick.color": WIRE,
    "ytick.color": WIRE,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "lines.linewidth": 2.4,
    "savefig.dpi": 150,
    "savefig.facecolor": "none",
}


# Matplotlib brings no Chinese characters: they come from the first of these fonts that the computer has.
_CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "SimHei",
)


@functools.cache
def _families():
    """Return the fonts to look for a character in, one after the other."""
    known = set(fontManager.get_font_names())
    return ["DejaVu Sans", *[name for name in _CHINESE if name in known][:1]]


def in_house_style(draw):
    """Run a function under the style of the book, whatever the caller's settings are.

    Parameters
    ----------
    draw : callable
        A function that builds or saves a figure.

    Returns
    -------
    callable
        The same function; the caller's ``matplotlib.rcParams`` are as before when it returns.
    """

    @functools.wraps(draw)
    def styled(*args, **kwargs):
        with matplotlib.rc_context(), warnings.catch_warnings():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(_RC | {"font.family": _families()})
            # A character that no font has becomes a box; a reader's own text may well hold one.
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
            return draw(*args, **kwargs)

    return styled


def color_of(role):
    """Return the colour of a role.

    Parameters
    ----------
    role : str
        A key of `ROLES`.

    Returns
    -------
    str
        The colour as ``"#rrggbb"``.

    Raises
    ------
    ValueError
        If there is no such role.
    """
    if role not in ROLES:
        raise ValueError(f"role is {role!r}; it must be one of {', '.join(ROLES)}")
    return ROLES[role]


def tint(role, strength=0.15):
    """Return a pale version of a role's colour, to fill a shape with.

    Parameters
    ----------
    role : str
        A key of `ROLES`.
    strength : float
        0 gives white, 1 the colour itself.

    Returns
    -------
    tuple of float
        Red, green and blue in [0, 1].
    """
    color = np.array(matplotlib.colors.to_rgb(color_of(role)))
    return tuple(float(part) for part in 1 - strength * (1 - color))


def contrast(first, second):
    """Return the contrast ratio of two colours as the Web Content Accessibility Guidelines define it.

    (L1 + 0.05) / (L2 + 0.05), where L1 is the relative luminance of the lighter colour: 1 for equal colours,
    21 for black on white.

    Parameters
    ----------
    first, second : str or tuple
        Colours in any form Matplotlib knows.

    Returns
    -------
    float
        The ratio, at least 1.
    """

    def luminance(color):
        rgb = np.array(matplotlib.colors.to_rgb(color))
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)
