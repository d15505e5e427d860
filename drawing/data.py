"""Data as one sees it: the spectrum of a sound, the notes of a melody, the frames of a film, the genes of a genome."""

import itertools
import re

import numpy as np
from matplotlib.patches import PathPatch

from drawing.canvas import Drawing, rounded_box
from drawing.checks import finite
from drawing.grids import SEQUENTIAL
from drawing.plots import axes_on, write_title
from drawing.style import BODY, INK, SMALL, WIRE, color_of, in_house_style, tint

__all__ = ["film", "genome", "melody", "spectrum"]

NOTE = re.compile(r"([A-G]#?)(-?\d):(\d+)")
NAMES = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
BASES_IN_A_LINE = 40


def _runs(labels):
    """Yield (label, first place, place behind the last) for each run of equal labels."""
    place = 0
    for label, run in itertools.groupby(labels):
        length = len(list(run))
        yield label, place, place + length
        place += length


@in_house_style
def spectrum(power, labels=None, title=None):
    """Draw how strong each pitch of a sound is, step by step, and below it what is heard.

    Parameters
    ----------
    power : array_like
        The spectra (T, n), low pitches first, such as ``x[:, :, i]``.
    labels : sequence of str, optional
        What is heard at each of the T steps; a run of equal labels is written once. "_" stands for silence.
    title : str, optional
        A heading.

    Returns
    -------
    Drawing
        The figure.

    Raises
    ------
    ValueError
        If `power` is no table of finite numbers, or there is not one label for each step.
    """
    array = finite("power", power, ndim=2)
    labels = ["_"] * len(array) if labels is None else [str(label) for label in labels]
    if len(labels) != len(array):
        raise ValueError(f"power has {len(array)} steps and labels has {len(labels)} elements; they must be equal")
    figure = Drawing(7, 3.7 if title else 3.3, "Heat map: the strength of each pitch at each time step of a sound.")
    axes = axes_on(figure, left=0.85, right=0.35, bottom=1.25, top=write_title(figure, title))
    edges = (np.arange(size + 1) + 0.5 for size in array.shape)
    axes.pcolormesh(*edges, array.T, cmap=SEQUENTIAL)
    axes.set(xlabel="time step $t$", ylabel="pitch", yticks=[])
    axes.grid(visible=False)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_xticks([1, *range(10, len(array) + 1, 10)] if len(array) > 12 else range(1, len(array) + 1))
    axes.tick_params(axis="x", pad=36)
    width = len(array)
    for label, first, behind in _runs(labels):
        if label != "_":
            box = axes.get_xaxis_transform()
            outline = rounded_box(first + 0.6, -0.17, behind + 0.4, -0.03, 0.012 * width / 10)
            axes.add_patch(PathPatch(outline, transform=box, clip_on=False, facecolor=tint("output"),
                                     edgecolor=color_of("output"), linewidth=1.2))
            axes.text((first + behind + 1) / 2, -0.1, label, transform=box, ha="center", va="center", fontsize=BODY,
                      parse_math=False)
    return figure


@in_house_style
def melody(notes, title=None):
    """Draw a melody: a bar for each note, as high as its pitch and as long as it is held.

    Parameters
    ----------
    notes : sequence of str
        Such as ``["C4:2", "E4:4"]``: the C of the fourth octave for two eighths, then the E for four.
    title : str, optional
        A heading.

    Returns
    -------
    Drawing
        The figure.

    Raises
    ------
    ValueError
        If there is no note, or one is not written so.
    """
    read = [NOTE.fullmatch(str(note)) for note in notes]
    if not read or None in read:
        wrong = repr(notes[read.index(None)]) if read else "nothing"
        raise ValueError(f'notes holds {wrong}; each must be a note and its length in eighths, such as "C4:2"')
    names = [match[1] + match[2] for match in read]
    pitches = [12 * int(match[2]) + NAMES.index(match[1]) for match in read]
    ends = np.cumsum([int(match[3]) for match in read])
    low, high = min(pitches), max(pitches)
    figure = Drawing(7, (1.9 if title else 1.5) + 0.14 * max(high - low, 6), "A melody: a bar for each note.")
    axes = axes_on(figure, left=0.85, right=0.35, top=write_title(figure, title))
    for begin, end, pitch in zip([0, *ends[:-1]], ends, pitches, strict=True):
        outline = rounded_box(begin + 0.08, pitch - 0.42, end - 0.08, pitch + 0.42, 0.2)
        axes.add_patch(PathPatch(outline, facecolor=color_of("output"), edgecolor="none"))
    axes.set(xlim=(0, ends[-1]), ylim=(low - 1, high + 1), xlabel="eighths")
    axes.grid(visible=False)
    axes.set_xticks(range(0, int(ends[-1]) + 1, 8))
    axes.grid(axis="x")
    shown = []
    for pitch, name in sorted(set(zip(pitches, names, strict=True))):
        if not shown or pitch - shown[-1][0] >= 2:  # neighbours a half-tone apart have no room for two names
            shown.append((pitch, name))
    axes.set_yticks([pitch for pitch, _ in shown], [name for _, name in shown], parse_math=False)
    return figure


@in_house_style
def film(frames, title=None):
    """Draw the frames of a film side by side.

    Parameters
    ----------
    frames : array_like
        The pictures (T, rows, columns), 0 is dark and 1 is bright; at most 24.
    title : str, optional
        A heading.

    Returns
    -------
    Drawing
        The figure.

    Raises
    ------
    ValueError
        If there are too many frames, or they hold anything but finite numbers.
    """
    array = finite("frames", frames, ndim=3)
    if len(array) > 24:
        raise ValueError(f"frames has {len(array)} frames; the figure has room for 24")
    columns = min(len(array), 6)
    rows = -(-len(array) // columns)
    each, gap = 6.4 / columns - 0.12, 0.12
    each = min(each, 1.6)
    heading = 0.75 if title else 0.3
    height = heading + rows * (each + 0.4) + 0.05
    figure = Drawing(7, height, "The frames of a film, one after the other.")
    write_title(figure, title)
    left = (7 - columns * each - (columns - 1) * gap) / 2
    for t, frame in enumerate(array):
        row, column = divmod(t, columns)
        bottom = height - heading - row * (each + 0.4) - each
        axes = figure.add_axes(((left + column * (each + gap)) / 7, bottom / height, each / 7, each / height))
        axes.imshow(frame, cmap=SEQUENTIAL.reversed(), vmin=0, vmax=1)
        axes.set_axis_off()
        figure.text((left + column * (each + gap) + each / 2) / 7, (bottom - 0.18) / height, f"$t = {t + 1}$",
                    fontsize=SMALL, ha="center", va="center")
    return figure


@in_house_style
def genome(sequence, truth, predicted=None, names=("–", "gene →", "gene ←")):
    """Write the bases of a genome, and mark its genes: the true ones, and those that were predicted.

    Parameters
    ----------
    sequence : str
        The T bases.
    truth : array_like
        For each base 0, or the kind of gene that it stands in, an index of `names`, (T,).
    predicted : array_like, optional
        The same as it was predicted.
    names : sequence of str
        What the labels 0, 1, … mean.

    Returns
    -------
    Drawing
        The figure.

    Raises
    ------
    ValueError
        If there is not one label for each base, or one is no index of `names`.
    """
    rows = {"truth": truth} if predicted is None else {"truth": truth, "predicted": predicted}
    rows = {name: _labels(name, labels, sequence, names) for name, labels in rows.items()}
    lines = -(-len(sequence) // BASES_IN_A_LINE)
    left = 0.3 if predicted is None else 1.3
    each, pitch = (6.7 - left) / BASES_IN_A_LINE, 0.5 + 0.34 * len(rows)
    height = lines * pitch + 0.2
    figure = Drawing(7, height, "The bases of a genome, with its genes marked below.")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 7), ylim=(0, height))
    axes.set_axis_off()
    for line in range(lines):
        top = height - 0.2 - line * pitch
        part = slice(line * BASES_IN_A_LINE, (line + 1) * BASES_IN_A_LINE)
        for place, base in enumerate(sequence[part]):
            axes.text(left + (place + 0.5) * each, top - 0.1, base, fontsize=11, ha="center", va="center")
        for row, (name, labels) in enumerate(rows.items()):
            middle = top - 0.38 - 0.34 * row
            if predicted is not None:
                axes.text(0.25, middle, name, fontsize=SMALL, ha="left", va="center")
            _genes(axes, labels[part], left, each, middle, names)
    return figure


def _labels(name, labels, sequence, names):
    """Return labels as integers, one for each base, each with a name."""
    array = np.ravel(labels)
    if len(array) != len(sequence) or not len(array):
        raise ValueError(f"{name} has {len(array)} labels and sequence has {len(sequence)} bases; they must be equal")
    if not np.isin(array, range(len(names))).all():
        raise ValueError(f"{name} holds a label that is no integer from 0 to {len(names) - 1}")
    return array.astype(int).tolist()


def _genes(axes, labels, left, each, middle, names):
    """Draw a bar for each gene, or a thin line where there is none."""
    for label, first, behind in _runs(labels):
        begin, end = left + first * each, left + behind * each
        if not label:
            axes.plot([begin, end], [middle, middle], color=WIRE, linewidth=1.2, solid_capstyle="butt")
            continue
        role = ("output", "input")[(label - 1) % 2]
        axes.add_patch(PathPatch(rounded_box(begin + 0.01, middle - 0.13, end - 0.01, middle + 0.13, 0.03),
                                 facecolor=tint(role, 0.25), edgecolor=color_of(role), linewidth=1.2))
        if end - begin > 0.9:
            axes.text((begin + end) / 2, middle, names[label], fontsize=11, color=INK, ha="center", va="center",
                      parse_math=False)
