"""Writes small PNG files: a palette of 256 colours, and nothing in the file but the picture.

Diagrams have few colours, and the mixtures along their edges. With a palette a picture takes a quarter of the
space, in the notebooks as on the site, and looks the same.
"""

import struct
import zlib

import numpy as np

__all__ = ["encode_png", "palette_of"]


def encode_png(pixels):
    """Encode a picture as a PNG file with a palette.

    Parameters
    ----------
    pixels : numpy.ndarray
        The picture (height, width, 4), uint8: red, green, blue and opacity.

    Returns
    -------
    bytes
        The file. The same picture gives the same bytes.
    """
    palette, indices = palette_of(pixels)
    height, width = indices.shape
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)  # 8 bits a pixel, colours from a palette
    rows = np.zeros((height, width + 1), dtype=np.uint8)  # each row begins with its filter, 0: none
    rows[:, 1:] = indices
    chunks = (
        (b"IHDR", header),
        (b"PLTE", palette[:, :3].tobytes()),
        (b"tRNS", palette[:, 3].tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name, content):
    """Return a chunk of a PNG file: length, name, content, checksum."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def palette_of(pixels, size=256):
    """Choose at most `size` colours and assign one to every pixel.

    The colours of large areas are in the palette as they are; mixtures along edges are replaced by the nearest.

    Parameters
    ----------
    pixels : numpy.ndarray
        The picture (height, width, 4), uint8.
    size : int
        The most colours the palette may have.

    Returns
    -------
    palette : numpy.ndarray
        The colours (n, 4), uint8.
    indices : numpy.ndarray
        For each pixel its colour's row in the palette, (height, width), uint8.
    """
    packed = np.ascontiguousarray(pixels).view(np.uint32).ravel()
    starts = np.flatnonzero(np.concatenate([[True], packed[1:] != packed[:-1]]))  # of runs of one colour: few of them
    lengths = np.diff(np.append(starts, packed.size))
    values, inverse = np.unique(packed[starts], return_inverse=True)
    counts = np.bincount(inverse, weights=lengths)
    colors = values.view(np.uint8).reshape(-1, 4)
    chosen = _spread(colors, counts, size)
    palette = colors[chosen]
    distance = np.zeros((len(colors), len(palette)), dtype=np.int32)
    for channel in range(4):
        difference = colors[:, None, channel].astype(np.int32) - palette[None, :, channel].astype(np.int32)
        distance += difference * difference
    nearest = distance.argmin(axis=1).astype(np.uint8)
    return palette, np.repeat(nearest[inverse], lengths).reshape(pixels.shape[:2])


def _spread(colors, counts, size):
    """Return the indices of the palette's colours: the most frequent ones, and of the rest one for each small cube."""
    order = np.argsort(-counts, kind="stable")
    areas, mixtures = order[: size // 4], order[size // 4 :]
    for bits in range(8):
        cubes = np.ascontiguousarray(colors[mixtures] >> bits).view(np.uint32)[:, 0]
        _, first = np.unique(cubes, return_index=True)
        if len(areas) + len(first) <= size:
            break
    return np.concatenate([areas, mixtures[np.sort(first)]])
