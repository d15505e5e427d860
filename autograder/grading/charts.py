"""Bars as inline SVG, coloured by the page's style."""

from autograder.grading.pages import tag
from autograder.words import say

WIDTH = 520


def histogram(counts, most, label):
    """Return upright bars, one for each tenth of the points.

    Parameters
    ----------
    counts : list of int
    most : float
        The points that can be had.
    label : str
        What the picture shows, for readers who do not see it.
    """
    high, base, step = 150, 190, WIDTH / len(counts)
    shapes, top = [], max(max(counts), 1)
    for place, count in enumerate(counts):
        height, left = high * count / top, place * step
        shapes.append(tag("rect", x=_n(left + 4), y=_n(base - height), width=_n(step - 8), height=_n(height),
                          rx=3, class_="fill-bar"))
        if count:
            shapes.append(tag("text", str(count), x=_n(left + step / 2), y=_n(base - height - 6), text_anchor="middle"))
    shapes.append(tag("line", x1=0, y1=base, x2=WIDTH, y2=base, stroke="currentColor", stroke_opacity=".4"))
    for place in range(len(counts) + 1):
        anchor = "start" if place == 0 else "end" if place == len(counts) else "middle"
        shapes.append(tag("text", f"{most * place / len(counts):g}", x=_n(place * step), y=base + 18,
                          text_anchor=anchor, class_="soft"))
    shapes.append(tag("text", say("points"), x=WIDTH / 2, y=base + 38, text_anchor="middle", class_="soft"))
    return _picture(shapes, base + 46, label, class_="chart")


def share(pieces, label):
    """Return one lying bar that is divided: pairs of a count and a colour's class."""
    total, left, shapes = max(sum(count for count, _ in pieces), 1), 0.0, []
    for count, colour in pieces:
        width = 240 * count / total
        shapes.append(tag("rect", x=_n(left), y=2, width=_n(width), height=14, class_=colour))
        left += width
    return _picture(shapes, 18, label, width=240)


def bar(count, most, label):
    """Return one lying bar."""
    width = 120 * count / max(most, 1)
    shapes = [tag("rect", x=0, y=3, width=120, height=12, rx=2, class_="fill-rest"),
              tag("rect", x=0, y=3, width=_n(width), height=12, rx=2, class_="fill-bar")]
    return _picture(shapes, 18, label, width=120)


def _picture(shapes, height, label, width=WIDTH, class_=None):
    return tag("svg", shapes, viewBox=f"0 0 {width} {height}", width=width, height=height, role="img",
               aria_label=label, class_=class_)


def _n(value):
    return f"{value:.1f}".removesuffix(".0")
