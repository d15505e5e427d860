"""Runs chapters and stores what they show, so that a rerun which shows the same gives the same bytes."""

import contextlib
import os
import time
import warnings
from pathlib import Path

from autograder.errors import ChapterError, MissingToolError
from autograder.notebooks import files
from autograder.words import say

CELL_SECONDS = 300
# One thread and a fixed hash seed: the same numbers and the same order on every run. No teacher's seed.
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0",
               "AUTOGRADER_SEED": "0"}
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python",
            "pygments_lexer": "ipython3"}  # without the version, which differs from machine to machine


def execute(notebook, folder):
    """Run `notebook` from top to bottom with `folder` as the current one.

    Returns
    -------
    dict
        The notebook with its outputs.

    Raises
    ------
    ChapterError
        If a cell raises or writes to stderr: such an output is never stored.
    """
    try:
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    except ImportError:
        raise MissingToolError(say("running a chapter needs nbclient; install it: "
                                   "pip install -e '.[learner]'")) from None
    notebook["metadata"]["kernelspec"] = dict(KERNEL)
    notebook = nbformat.from_dict(notebook)
    client = NotebookClient(notebook, timeout=CELL_SECONDS, kernel_name="python3", record_timing=False,
                            extra_arguments=["--IPKernelApp.log_level=ERROR"],  # no notices between our lines
                            resources={"metadata": {"path": str(folder)}})
    try:
        with _environment(ENVIRONMENT), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the client's libraries; a cell's warning is in its stderr
            client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        cell = next((cell for cell in files.code_cells(notebook)
                     if any(output.output_type == "error" for output in cell.outputs)), {"id": "?"})
        reason = f"{error.ename}: {error.evalue}" if isinstance(error, CellExecutionError) else str(error)
        raise ChapterError(say("cell {id}: {reason}", id=cell["id"], reason=reason.strip().splitlines()[0])) from None
    _refuse_stderr(notebook)
    normalise(notebook)
    return notebook


def execute_file(path):
    """Run the chapter at `path` and store its outputs.

    Returns
    -------
    seconds : float
    changed : bool
        Whether the file is different now.
    """
    path, start = Path(path), time.perf_counter()
    notebook = files.read(path)
    try:
        notebook = execute(notebook, path.parent)
    except ChapterError as error:
        raise ChapterError(say("{path}: {error}; nothing was stored", path=path, error=error)) from None
    changed = files.write(path, notebook)
    return time.perf_counter() - start, changed


def normalise(notebook):
    """Remove from outputs and metadata what differs from run to run or from machine to machine."""
    notebook.metadata["language_info"] = dict(LANGUAGE)
    for count, cell in enumerate(files.code_cells(notebook), start=1):
        cell.metadata.pop("execution", None)
        cell.execution_count = count if cell.source.strip() else None
        cell.outputs = _merged(cell.outputs)
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = cell.execution_count


def _merged(outputs):
    """Join neighbouring pieces of one stream: where the pieces end is chance."""
    merged = []
    for output in outputs:
        if output.output_type == "stream" and merged and merged[-1].get("name") == output.name:
            merged[-1].text += output.text
        else:
            merged.append(output)
    return merged


def _refuse_stderr(notebook):
    for cell in files.code_cells(notebook):
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                line = (output.text.strip().splitlines() or [""])[0]
                raise ChapterError(say("cell {id} writes to stderr: {line}", id=cell.get("id"), line=line))


@contextlib.contextmanager
def _environment(values):
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value
