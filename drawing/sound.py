"""A sound that plays in the page, from the page itself: nothing is fetched."""

import base64
import html
import io
import wave as wav_file

import numpy as np

from drawing.checks import finite, whole_number

__all__ = ["Player", "player"]


class Player:
    """What `player` returns: it shows itself in a notebook as a player with a label.

    Parameters
    ----------
    samples : numpy.ndarray
        The sound as whole numbers of 16 bits.
    rate : int
        How many of them make a second.
    label : str
        What is heard.
    """

    def __init__(self, samples, rate, label):
        self.samples, self.rate, self.label = samples, rate, label

    def wav(self):
        """Return the sound as the bytes of a WAV file.

        Returns
        -------
        bytes
            The file: one channel, 16 bits.
        """
        file = io.BytesIO()
        with wav_file.open(file, "wb") as writer:
            writer.setnchannels(1)
            writer.setsampwidth(2)
            writer.setframerate(self.rate)
            writer.writeframes(self.samples.tobytes())
        return file.getvalue()

    def _repr_html_(self):
        """Give Jupyter a player; the sound is in its address, and the label can be read aloud."""
        label, data = html.escape(self.label), base64.b64encode(self.wav()).decode("ascii")
        return (f'<div style="margin: 0.4em 0"><div>{label}</div>'
                f'<audio controls aria-label="{label}" src="data:audio/wav;base64,{data}"></audio></div>')

    def __repr__(self):
        return f"<Player: {self.label}, {len(self.samples) / self.rate:.1f} s>"


def player(wave, rate, label):
    """Show a sound as something to play; several seconds at most, for the page carries all of it.

    Parameters
    ----------
    wave : array_like
        The sound (n,), from -1 to 1.
    rate : int
        How many numbers make a second.
    label : str
        What is heard; it stands above the player.

    Returns
    -------
    Player
        It displays itself where it ends a cell; in the middle of one, ``display`` it.

    Raises
    ------
    ValueError
        If the wave leaves the range from -1 to 1, lasts longer than 20 seconds, or there is no label.
    """
    array = finite("wave", wave)
    whole_number("rate", rate, 1000, 96_000)
    if np.abs(array).max() > 1:
        raise ValueError(f"wave reaches {np.abs(array).max():.3g}; it must stay between -1 and 1")
    if len(array) > 20 * rate:
        raise ValueError(f"wave lasts {len(array) / rate:.0f} seconds; the page has room for 20")
    if not isinstance(label, str) or not label.strip():
        raise ValueError(f"label is {label!r}; it must say what is heard")
    return Player(np.round(array * 32767).astype("<i2"), rate, label)
