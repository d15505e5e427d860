"""Reading and writing notebook files. Every kind of bad file gets its own one-line error.

A notebook is a plain dict, as its JSON says, with each source as one string. nbformat is imported only to upgrade
an old format and to write, since importing it takes longer than checking a chapter.
"""

import contextlib
import json
import logging
import os
import tempfile
import warnings
from pathlib import Path

from autograder.errors import MissingToolError, NotebookError
from autograder.words import say

LARGEST = 50_000_000  # bytes; a chapter with all its pictures has less than 1 MB
MOST = 1_000_000  # lists and objects: each takes thirty times as much memory as its two characters


def read(path):
    """Read a notebook of any format, upgraded to format 4.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    dict
        With all the fields that every notebook and cell of format 4 has.

    Raises
    ------
    NotebookError
        With one line that says which file, what is wrong and what to do.
    """
    notebook = _json(Path(path), _text(Path(path)))
    if notebook["nbformat"] < 4:
        notebook = _upgraded(path, notebook)
    if notebook["nbformat"] > 4 or not isinstance(notebook.get("cells"), list):
        raise NotebookError(say("{path}: notebook format {version} has no cells that can be read; save it as "
                                "nbformat 4", path=path, version=notebook["nbformat"]))
    if not isinstance(notebook.get("metadata"), dict):
        notebook["metadata"] = {}
    notebook["cells"] = [_complete(cell) for cell in notebook["cells"] if isinstance(cell, dict)]
    return notebook


def _upgraded(path, notebook):
    nbformat = _nbformat()
    with warnings.catch_warnings():  # cells without ids, as older notebooks have them, are no fault
        warnings.simplefilter("ignore")
        logging.getLogger("traitlets").disabled = True  # nbformat's own complaints, on stderr
        try:
            return nbformat.convert(nbformat.from_dict(notebook), 4)
        except Exception as error:
            raise NotebookError(say("{path}: damaged notebook ({error}); open it in Jupyter and save it again",
                                    path=path, error=_first_line(error))) from None
        finally:
            logging.getLogger("traitlets").disabled = False


def dumps(notebook):
    """Return the text of a notebook, as Jupyter writes it: the same notebook, the same bytes."""
    nbformat = _nbformat()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = nbformat.writes(nbformat.from_dict(notebook), version=4, indent=1, ensure_ascii=False)
    return text if text.endswith("\n") else text + "\n"


def _nbformat():
    try:
        import nbformat
    except ImportError:
        raise MissingToolError(say("writing a notebook, or reading an old format, needs nbformat; install it: "
                                   "pip install nbformat")) from None
    return nbformat


def write(path, notebook):
    """Write `notebook` to `path` in one step: a reader sees the old file or the new one, never half of it.

    Returns
    -------
    bool
        Whether the file has changed.
    """
    return write_text(path, dumps(notebook))


def write_text(path, text):
    """Write `text` (UTF-8, newline as it is) to `path` in one step; return whether the file has changed."""
    path, data = Path(path), text.encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, path.stat().st_mode if path.exists() else 0o644)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    return True


def code_cells(notebook):
    """Return the code cells of a notebook, in order."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def tags(cell):
    """Return the tags of a cell, whatever its metadata look like."""
    found = cell["metadata"].get("tags", [])
    return {tag for tag in found if isinstance(tag, str)} if isinstance(found, list) else set()


def _text(path):
    try:
        if path.is_dir():
            raise NotebookError(say("{path}: is a folder; name one notebook in it", path=path))
        size = path.stat().st_size
        if size > LARGEST:
            raise NotebookError(say("{path}: too large ({size:.0f} MB); clear all its outputs in Jupyter and "
                                    "save it", path=path, size=size / 1e6))
        data = path.read_bytes()
        if data.count(b"[") + data.count(b"{") > MOST:  # of bytes, which is ten times as fast as of text
            raise NotebookError(say("{path}: holds more lists and objects than any notebook; clear all its outputs in "
                                    "Jupyter and save it", path=path))
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise NotebookError(say("{path}: there is no such file", path=path)) from None
    except UnicodeDecodeError as error:
        raise NotebookError(say("{path}: not a text file in UTF-8 (byte {place}); is it a notebook?",
                                path=path, place=error.start)) from None
    except (OSError, ValueError) as error:
        raise NotebookError(say("{path}: cannot be read ({error})", path=path,
                                error=getattr(error, "strerror", None) or error)) from None


def _json(path, text):
    if not text.strip():
        raise NotebookError(say("{path}: is empty; save the notebook again or start from the released one",
                                path=path))
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotebookError(say("{path}: not a notebook, broken JSON at line {line}: {reason}", path=path,
                                line=error.lineno, reason=error.msg)) from None
    except (RecursionError, ValueError) as error:
        raise NotebookError(say("{path}: not a notebook ({reason})", path=path,
                                reason=_first_line(error))) from None
    if not isinstance(document, dict) or not isinstance(document.get("nbformat"), int):
        raise NotebookError(say("{path}: is JSON, but not a notebook (it has no \"nbformat\")", path=path))
    return document


def _complete(cell):
    """Give a cell the fields that every cell has, so that nobody needs to ask for them."""
    source = cell.get("source", "")
    cell["source"] = "".join(map(str, source)) if isinstance(source, list) else str(source)
    cell["cell_type"] = str(cell.get("cell_type", "raw"))
    if not isinstance(cell.get("metadata"), dict):
        cell["metadata"] = {}
    if cell["cell_type"] == "code":
        cell.setdefault("outputs", [])
        cell.setdefault("execution_count", None)
    return cell


def _first_line(error):
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120]
