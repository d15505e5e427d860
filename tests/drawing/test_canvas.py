"""A figure shows itself in a notebook, with its alt text, and leaves nothing behind."""

import base64
import io
import subprocess
import sys
from importlib.metadata import entry_points
from types import SimpleNamespace

import matplotlib
import matplotlib.image
import nbclient
import nbformat
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

import drawing
from drawing.book import PictureRenderer
from drawing.canvas import text_width
from drawing.png import encode_png

ALT = "One step of an RNN: two products, one sum, one tanh."


@pytest.fixture(scope="module")
def figure():
    return drawing.show(drawing.rnn_cell(), alt=" One step of an RNN:\n  two products, one sum, one tanh. ")


def test_show_returns_the_figure_with_the_alt_text_in_one_line(figure):
    assert isinstance(figure, drawing.Drawing)
    assert figure.alt == ALT


def test_a_front_end_gets_the_picture_and_its_alt_text(figure):
    data, metadata = figure._repr_mimebundle_()
    assert data == {"image/png": figure.png(), "text/plain": "<Drawing>"}
    assert metadata == {"image/png": {"alt": ALT, "width": 700}}


def test_a_notebook_stores_the_picture_and_its_alt_text_even_where_pyplot_is_loaded(figure):
    load = "import matplotlib.pyplot as plt; import drawing"
    last = f"drawing.show(drawing.rnn_cell(), alt={ALT!r})"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in (load, last)])
    nbclient.NotebookClient(notebook, kernel_name="python3").execute()
    (stored,) = notebook.cells[1].outputs
    assert stored.data == {"image/png": base64.b64encode(figure.png()).decode(), "text/plain": "<Drawing>"}
    assert stored.metadata == {"image/png": {"alt": ALT, "width": 700}}


def test_settings_of_the_caller_change_nothing(figure):
    with matplotlib.rc_context({"font.size": 30, "savefig.dpi": 20, "mathtext.fontset": "cm", "axes.facecolor": "k"}):
        assert drawing.rnn_cell().png() == figure.png()


def test_the_corners_are_transparent_and_the_panel_is_not(figure):
    pixels = matplotlib.image.imread(io.BytesIO(figure.png()))
    assert pixels[0, 0, 3] == 0
    assert pixels[pixels.shape[0] // 2, 40, 3] == 1


def test_nothing_is_imported_but_numpy_and_matplotlib_and_pyplot_never():
    program = (
        "import sys, drawing; drawing.rnn_cell().png(); drawing.gradient_flow([1, 2]).png();"
        "print(sorted({'matplotlib.pyplot', 'IPython', 'solutions', 'autograder'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_symbol_is_wider_than_nothing_and_a_text_twice_as_wide_as_its_half():
    assert 0 < text_width(r"$x^{\langle t\rangle}$", 18) < 1
    assert text_width("abab", 14) == pytest.approx(2 * text_width("ab", 14), rel=0.02)


def test_a_character_that_no_font_has_is_no_reason_to_warn():
    assert drawing.tagged_sentence(["a", "\U0010ffff"], [0, 1]).png()


def test_a_picture_of_few_colours_is_stored_exactly():
    pixels = np.random.default_rng(0).integers(0, 2, (17, 29, 4), dtype=np.uint8) * 255
    read = matplotlib.image.imread(io.BytesIO(encode_png(pixels)))
    np.testing.assert_array_equal(np.round(read * 255).astype(np.uint8), pixels)


def test_a_picture_of_many_colours_is_stored_nearly(figure):
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    drawn = np.asarray(canvas.buffer_rgba()) / 255
    stored = matplotlib.image.imread(io.BytesIO(figure.png()))
    assert np.abs(stored - drawn).max() < 0.12
    assert np.abs(stored - drawn).mean() < 0.001


class Renderer:
    """Stands for MyST-NB's renderer, which turns an output into nodes."""

    def render_image(self, data):
        return [{"uri": "picture.png"}]


def output(mime_type, metadata):
    content = base64.b64encode(b"").decode()
    return SimpleNamespace(mime_type=mime_type, content=content, output_metadata=metadata)


def test_the_book_gets_the_alt_text():
    (image,) = PictureRenderer.handle_mime(Renderer(), output("image/png", {"image/png": {"alt": ALT}}), False)
    assert image["alt"] == ALT
    assert image["classes"] == ["drawing", "dark-light"]


@pytest.mark.parametrize(
    ("mime_type", "metadata"),
    [("text/plain", {"image/png": {"alt": ALT}}), ("image/png", {}), ("image/png", {"image/png": {"width": 700}})],
)
def test_other_outputs_are_left_to_the_book(mime_type, metadata):
    assert PictureRenderer.handle_mime(Renderer(), output(mime_type, metadata), False) is None


def test_the_plugin_is_registered_where_the_course_is_installed():
    (plugin,) = (entry for entry in entry_points(group="myst_nb.mime_renderers") if entry.name == "drawing")
    assert plugin.load() is PictureRenderer
