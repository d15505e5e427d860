"""A sound carries itself, its label and no more."""

import base64
import io
import re
import wave

import numpy as np
import pytest

import drawing

TONE = 0.5 * np.sin(2 * np.pi * 440 * np.arange(4000) / 8000)


def test_the_page_holds_the_whole_sound():
    page = drawing.player(TONE, 8000, label="the A")._repr_html_()
    data = base64.b64decode(re.search(r'src="data:audio/wav;base64,([^"]+)"', page)[1])
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate(), file.getnframes()) == (1, 2, 8000, 4000)
        samples = np.frombuffer(file.readframes(4000), dtype="<i2")
    assert np.abs(samples / 32767 - TONE).max() < 1e-4


def test_the_label_is_seen_and_can_be_read_aloud():
    page = drawing.player(TONE, 8000, label='"pear" & <pair>')._repr_html_()
    assert "<div>&quot;pear&quot; &amp; &lt;pair&gt;</div>" in page
    assert 'aria-label="&quot;pear&quot; &amp; &lt;pair&gt;"' in page
    assert "autoplay" not in page


def test_the_text_in_its_place_is_always_the_same():
    assert repr(drawing.player(TONE, 8000, label="the A")) == "<Player: the A, 0.5 s>"


@pytest.mark.parametrize(("call", "message"), [
    (lambda: drawing.player([0, 1.5], 8000, "a"), "wave reaches 1.5"),
    (lambda: drawing.player([np.nan], 8000, "a"), "NaN or infinity"),
    (lambda: drawing.player([0], 8000.0, "a"), "rate is 8000.0"),
    (lambda: drawing.player(np.zeros(21_000), 1000, "a"), "lasts 21 seconds"),
    (lambda: drawing.player([0], 8000, " "), "label is ' '"),
])
def test_what_cannot_be_played_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
