"""Zips of strangers: notebooks are taken out under names of our own, and never more than a bounded amount."""

import os
import re
import zipfile
from pathlib import Path

from autograder.errors import CourseError
from autograder.notebooks.files import LARGEST
from autograder.words import say

RATIO, FREE = 200, 2_000_000  # how much larger than packed a notebook may be; below so many bytes nobody asks
MOST = 50 * 2**30  # bytes altogether
IGNORED = re.compile(r"(^|[/\\])(\.(?!\.?[/\\])|__MACOSX[/\\])")  # hidden files, checkpoints, what macOS adds


def unpack(path, folder):
    """Yield name, file and reason to refuse of every member of the zip at `path`.

    Parameters
    ----------
    path : Path
    folder : Path
        Where the notebooks are put, under numbers.

    Raises
    ------
    CourseError
        If it is no zip, or its table of contents is broken. A broken member is refused alone.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist()
                       if not member.is_dir() and not IGNORED.search(member.filename)]
            folder.mkdir(parents=True, exist_ok=True)
            total = 0
            for number, member in enumerate(members):
                target = folder / f"{number:06d}.ipynb"
                refused = _refuse(member, total) or _take_out(archive, member, target)
                total += 0 if refused else target.stat().st_size
                yield member.filename, target, refused
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise CourseError(say("{path}: not a zip file that can be read ({error})", path=path,
                              error=str(error)[:100])) from None
    except OSError as error:
        raise CourseError(say("{path}: cannot be unpacked ({error})", path=path,
                              error=error.strerror or error)) from None


def refuse_name(name):
    """Return why a file of this name is not opened, or an empty text."""
    name = re.split(r"[/\\]", name)[-1]
    return "" if name.lower().endswith(".ipynb") else say("no notebook, but {name}", name=name[-60:])


def _refuse(member, total):
    if reason := refuse_name(member.filename):
        return reason
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        return say("a link instead of a file; hand in the notebook itself")
    if member.flag_bits & 1:
        return say("encrypted in the zip")
    if member.file_size > LARGEST:
        return say("too large ({size:.0f} MB); clear all its outputs in Jupyter and save it",
                   size=member.file_size / 1e6)
    if member.file_size > max(FREE, RATIO * member.compress_size):
        return say("unpacks to {ratio:.0f} times its size: no notebook does",
                   ratio=member.file_size / max(member.compress_size, 1))
    return say("the zip unpacks to too much") if total + member.file_size > MOST else ""


def _take_out(archive, member, target):
    """Write a member to `target`; return an empty text, or why it cannot be read."""
    try:
        with archive.open(member) as stream:
            data = stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        return say("damaged in the zip ({error})", error=str(error)[:100])
    except Exception as error:  # zlib's and lzma's own
        return say("damaged in the zip ({error})", error=f"{type(error).__name__}"[:100])
    part = target.with_suffix(".part")
    part.write_bytes(data)
    os.replace(part, target)
    return ""


def is_zip(path):
    """Whether a file is a zip, by its content."""
    return Path(path).is_file() and zipfile.is_zipfile(path)
