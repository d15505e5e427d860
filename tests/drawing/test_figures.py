"""Every figure: it builds, fits its canvas, is small, and is the same at each call."""

import itertools

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

import drawing

WORDS = ["He", "said", "Teddy", "Roosevelt", "was", "a", "great", "President", "<EOS>"]
LETTERS = [*"abcdefghijklmnopqrstuvwxyz", "\n"]
CURVES = {"training": [2.3, 1.6, 1.1, 0.7], "validation": [2.3, 1.8, 1.5, 1.4]}


def softmax(z):
    return np.exp(z) / np.exp(z).sum()


def waves(rows, columns):
    return np.sin(np.arange(rows * columns).reshape(rows, columns) * 0.7)


FIGURES = {
    "activation_heatmap": lambda: drawing.activation_heatmap(waves(5, 9), WORDS),
    "activation_heatmap of gates": lambda: drawing.activation_heatmap(
        waves(3, 27) ** 2, LETTERS, units=["update", "forget", "output"], limits=(0, 1), title="Gates"
    ),
    "activation_heatmap of many units": lambda: drawing.activation_heatmap(waves(100, 9), WORDS),
    "backward_flow": drawing.backward_flow,
    "backward_flow of two steps": lambda: drawing.backward_flow(2),
    "bidirectional_rnn": drawing.bidirectional_rnn,
    "bidirectional_rnn of two words": lambda: drawing.bidirectional_rnn(["Teddy", "bears"]),
    "clipped_gradients": drawing.clipped_gradients,
    "clipped_gradients that points down": lambda: drawing.clipped_gradients((-0.4, -3), 2),
    "confusion_matrix": lambda: drawing.confusion_matrix([[90, 3], [5, 40]], ["no name", "name"]),
    "confusion_matrix of eight": lambda: drawing.confusion_matrix(
        np.arange(64).reshape(8, 8), WORDS[:8], title="Words"
    ),
    "deep_rnn": drawing.deep_rnn,
    "deep_rnn of two layers": lambda: drawing.deep_rnn(layers=2, steps=3),
    "deep_rnn_gradients": drawing.deep_rnn_gradients,
    "deep_rnn_gradients of two layers": lambda: drawing.deep_rnn_gradients(layers=2, steps=3),
    "distribution_bars": lambda: drawing.distribution_bars(softmax(np.arange(9.0) / 3), WORDS, chosen=2, title="Next"),
    "distribution_bars of letters": lambda: drawing.distribution_bars(softmax(waves(27, 1)), LETTERS),
    "encoder_decoder": drawing.encoder_decoder,
    "fading_gradient": drawing.fading_gradient,
    "fading_gradient over three words": lambda: drawing.fading_gradient(["The", "cats", "never"], "were", 0.9),
    "film": lambda: drawing.film(abs(waves(12, 64)).reshape(12, 8, 8), title="left"),
    "film of two frames": lambda: drawing.film(abs(waves(2, 64)).reshape(2, 8, 8)),
    "forward_and_backward": drawing.forward_and_backward,
    "forward_and_backward of three steps": lambda: drawing.forward_and_backward(3),
    "forward_flow": drawing.forward_flow,
    "genome": lambda: drawing.genome("ATGACCTAA" * 13, np.repeat([0, 1, 0, 2], [20, 50, 30, 17])),
    "genome with a prediction": lambda: drawing.genome("ACGT" * 20, [0, 1, 1, 2] * 20, [0] * 40 + [1] * 40),
    "gradient_flow": lambda: drawing.gradient_flow(
        {"spectral radius 0.8": 0.8 ** np.arange(30), "1.0": np.ones(30), "1.2": 1.2 ** np.arange(30)}, title="Flow"
    ),
    "gradient_flow of one line": lambda: drawing.gradient_flow([0.0, 0.5, 1.0], log=False),
    "gradient_flow with a prediction": lambda: drawing.gradient_flow(
        {"0.9": 0.9 ** np.arange(30)[::-1], "1.1": 1.1 ** np.arange(30)[::-1]},
        marks={"your prediction": [(10, 0.2), (10, -3.0), (20, 9.0)]},
    ),
    "gru_cell": drawing.gru_cell,
    "gru_cell_simplified": drawing.gru_cell_simplified,
    "language_model": drawing.language_model,
    "language_model of two tokens": lambda: drawing.language_model(["Indeed.", "<EOS>"]),
    "learning_curves": lambda: drawing.learning_curves(CURVES, baseline=("always the commonest", 2.0)),
    "learning_curves of one line": lambda: drawing.learning_curves(CURVES["training"], title="Training", log=True),
    "learning_curves to NaN": lambda: drawing.learning_curves({"exploding": ([10, 20, 30, 40], [1, 9, 1e9, np.nan])}),
    "lstm_cell": drawing.lstm_cell,
    "lstm_way_back": drawing.lstm_way_back,
    "many_to_many": drawing.many_to_many,
    "many_to_one": drawing.many_to_one,
    "melody": lambda: drawing.melody(["C4:2", "C#4:2", "D4:4", "B3:2", "G4:6"], title="C major"),
    "melody of one note": lambda: drawing.melody(["A4:4"]),
    "next_words": lambda: drawing.next_words(WORDS[:3], np.eye(9)[[4, 1, 8]], WORDS),
    "next_words of eight steps": lambda: drawing.next_words(
        WORDS[:8], [softmax(row) for row in waves(8, 9)], WORDS, shown=3
    ),
    "one_to_many": drawing.one_to_many,
    "one_to_one": drawing.one_to_one,
    "parameter_sharing": drawing.parameter_sharing,
    "peephole_lstm_cell": drawing.peephole_lstm_cell,
    "rnn_cell": drawing.rnn_cell,
    "rnn_rolled_and_unrolled": drawing.rnn_rolled_and_unrolled,
    "sampling_loop": drawing.sampling_loop,
    "sampling_loop of words": lambda: drawing.sampling_loop(["The", "cat", "sat", "<EOS>"]),
    "sampling_loop of two": lambda: drawing.sampling_loop(["$", "<EOS>"]),
    "score_bars": lambda: drawing.score_bars(
        {"the RNN of this chapter": 0.97, "a standard network with a window of five words": 0.81},
        baseline=("always no name", 0.72),
        title="People's names",
    ),
    "score_bars without a baseline": lambda: drawing.score_bars({"RNN": 0, "LSTM": 0}, xlabel="accuracy over $t$"),
    "spectrum": lambda: drawing.spectrum(waves(48, 24), ["_"] * 9 + list("ppppeeeeerrrrrr") + ["_"] * 24, title="pear"),
    "spectrum without labels": lambda: drawing.spectrum(waves(9, 24)),
    "standard_network": drawing.standard_network,
    "tagged_sentence": lambda: drawing.tagged_sentence(WORDS, np.array([0, 0, 1, 0, 0, 0, 0, 1, 0])),
    "tagged_sentence with the truth": lambda: drawing.tagged_sentence(
        WORDS, [0, 0, 1, 0, 0, 0, 0, 2, 0], [0, 0, 1, 1, 0, 0, 0, 0, 0], names=("none", "person", "organisation")
    ),
    "temperature_bars": lambda: drawing.temperature_bars({t: softmax(waves(27, 1) / t) for t in (0.3, 1, 3)}, LETTERS),
    "temperature_bars of words": lambda: drawing.temperature_bars(
        {t: softmax(waves(9, 1) / t) for t in (0.5, 1)}, WORDS, title="Temperature"
    ),
    "truncated_bptt": drawing.truncated_bptt,
    "truncated_bptt with a short last window": lambda: drawing.truncated_bptt(steps=7, window=3),
    "truncated_bptt in many windows": lambda: drawing.truncated_bptt(steps=8, window=2),
}


@pytest.fixture(params=FIGURES, scope="module")
def draw(request):
    return FIGURES[request.param]


@pytest.fixture(scope="module")
def figure(draw):
    return draw()


@pytest.fixture(scope="module")
def png(figure):
    return figure.png()


@pytest.fixture(scope="module")
def labels(figure, png):
    """The written labels of a figure with their boxes in pixels."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
    return [(text, box) for text, box in boxes if box.width > 1 and shown(text, box, figure)]


def shown(text, box, figure):
    """Leave out tick labels that Matplotlib keeps outside the axes' limits and never draws."""
    return not any(
        text == label.get_text() and box.x0 == label.get_window_extent().x0
        for axes in figure.axes
        for axis, (low, high) in ((axes.xaxis, sorted(axes.get_xlim())), (axes.yaxis, sorted(axes.get_ylim())))
        for tick, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=False)
        if not low <= tick <= high
    )


def test_every_public_function_that_draws_is_tested_here():
    drawn = {name.split()[0] for name in FIGURES}
    assert drawn == set(drawing.__all__) - {"Drawing", "player", "show"}


def test_is_a_drawing_with_an_alt_text_of_its_own(figure):
    assert isinstance(figure, drawing.Drawing)
    assert len(figure.alt) > 20
    assert figure.alt.endswith(".")


def test_is_a_small_png_file(png):
    assert png.startswith(b"\x89PNG")
    assert len(png) < 60_000


def test_the_same_call_gives_the_same_bytes(draw, png):
    assert draw().png() == png


def test_no_label_leaves_the_panel(figure, labels):
    width, height = figure.get_size_inches() * figure.dpi
    for text, box in labels:
        inside = box.x0 > 8 and box.y0 > 8 and box.x1 < width - 8 and box.y1 < height - 8
        assert inside, f"{text!r} reaches {box.extents.round()} on a canvas of {width:.0f} × {height:.0f}"


def test_no_label_stands_on_another(labels):
    for (first, one), (second, other) in itertools.combinations(labels, 2):
        across = min(one.x1, other.x1) - max(one.x0, other.x0)
        upright = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert min(across, upright) < 2, f"{first!r} overlaps {second!r}"


def test_labels_can_be_read_on_a_phone(figure):
    """At 360 pixels a 7 inch figure shows a point as 0.71 pixels: 10.5 points are 7.5."""
    sizes = [text.get_fontsize() for text in figure.findobj(Text)]
    assert min(sizes) >= 10.5


def test_the_dashed_line_crosses_no_score():
    figure = drawing.score_bars({"just below": 0.48, "far below": 0.1, "above": 0.9}, baseline=("baseline", 0.5))
    axes = figure.axes[0]
    figure.canvas.draw()
    line = axes.transData.transform((0.5, 0))[0]
    boxes = [text.get_window_extent() for text in axes.texts]
    assert len(boxes) == 4
    assert not any(box.x0 <= line <= box.x1 for box in boxes)
