"""A learner's notebook: whatever its code does costs only itself, and is told."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest
from notebook_tools import CHAPTER, code, markdown, notebook, right, save, submission

from autograder.errors import CourseError, NotebookError
from autograder.exercises import of_chapter
from autograder.submission import exercises_of, grade

NAMES = [exercise.id for exercise in of_chapter(CHAPTER)]
COUNT = "def count_parameters(n_x, n_a, n_y):\n"
ON_POSIX = pytest.mark.skipif(os.name == "nt", reason="a signal or a fork, which Windows does not have")


@pytest.fixture
def graded(tmp_path):
    """Grade a notebook given as a dict; the results by exercise, and the remarks."""
    def run(content, name=f"{CHAPTER}.ipynb", **options):
        result = grade(save(content, tmp_path / name), **{"time_limit": 20.0, **options})
        return {item.result["id"]: item.result for item in result.exercises}, result.remarks

    return run


def points(results):
    return [result["points"] / result["max_points"] for result in results.values()]


def test_right_answers_earn_all_points_and_no_remark(graded):
    results, remarks = graded(submission(right()))
    assert list(results) == NAMES
    assert points(results) == [1, 1, 1, 1]
    assert remarks == ()


def test_a_blank_notebook_is_not_attempted(graded):
    results, remarks = graded(submission())
    assert {result["status"] for result in results.values()} == {"not attempted"}
    assert points(results) == [0, 0, 0, 0]
    assert remarks == ()


def test_a_mistake_is_named(graded):
    wrong = right()["rnn_cell_forward"].replace("Wya @ a_next", "Wya @ a_prev")
    results, _ = graded(submission({**right(), "rnn_cell_forward": wrong}))
    assert results["rnn_cell_forward"]["misconception"] == "y_from_a_prev"
    assert points(results)[1:] == [1, 1, 1]


def test_the_same_seed_gives_the_same_result_and_the_seed_counts(graded):
    almost = COUNT + "    return n_a * n_x + n_a * n_a + n_y * n_a + n_a"
    content = submission({"count_parameters": almost})
    first, again, other = (graded(content, seed=seed)[0] for seed in (7, 7, 8))
    assert first == again
    assert other["count_parameters"]["message"] != first["count_parameters"]["message"]


@pytest.mark.parametrize(("body", "told"), [
    ("while True: pass", "took longer than 2 s"),
    ("import os; os._exit(0)", "ended the process"),
    ("import os; os.abort()", "ended the process"),
    ("import sys; sys.exit('bye')", "SystemExit"),
    ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    ("return input()", "EOFError"),
], ids=["loops", "os._exit", "aborts", "sys.exit", "interrupts", "asks"])
def test_a_function_that_goes_wild_costs_only_itself(graded, body, told):
    wild = f"def rnn_forward(x, a0, parameters):\n    {body}"
    answers = {**right("rnn_cell_forward", "stack_parameters"), "rnn_forward": wild}
    results, _ = graded(submission(answers), time_limit=2.0)
    assert results["rnn_forward"]["status"] == "failed"
    assert told in results["rnn_forward"]["message"]
    assert all(part["points"] == 0 for part in results["rnn_forward"]["parts"])
    assert points(results) == [1, 0, 1, 0]


@pytest.mark.parametrize(("source", "told"), [
    ("while True: pass", "took longer than 2 s and was stopped; left out"),
    ("import os\nos._exit(3)", "ended the process (exit code 3: os._exit, or a crash); left out"),
    ("import sys\nsys.exit(1)", "SystemExit: 1 (line 2: sys.exit(1))"),
    ("name = input()", "EOFError"),
    ("x = np.ones(3)\nx @ np.ones(4)", "(line 2: x @ np.ones(4))"),
    ("def broken(:\n    pass", "SyntaxError: invalid syntax (line 1: def broken(:)"),
    ("a\0b", "null bytes"),
], ids=["loops", "os._exit", "sys.exit", "asks", "raises", "syntax", "null byte"])
def test_a_cell_that_fails_is_told_and_the_rest_runs(graded, source, told):
    results, remarks = graded(submission(right(), before=[code(source, "mine")]), time_limit=2.0)
    assert points(results) == [1, 1, 1, 1]
    assert len(remarks) == 1
    assert remarks[0].startswith("cell 2 (mine): ")
    assert told in remarks[0]


@ON_POSIX
def test_a_notebook_that_kills_its_process_is_told_the_signal(graded):
    killing = COUNT + "    import os, signal\n    os.kill(os.getpid(), signal.SIGKILL)"
    results, _ = graded(submission({**right(), "count_parameters": killing}))
    assert "signal SIGKILL" in results["count_parameters"]["message"]
    assert points(results) == [1, 1, 1, 0]


def test_the_whole_notebook_has_a_limit_too(graded):
    slow = [code("import time\ntime.sleep(0.3)", f"slow-{n}") for n in range(50)]
    start = time.monotonic()
    results, _ = graded(submission(right(), before=slow), time_limit=0.5)
    assert time.monotonic() - start < 10
    assert "longer than 5 s altogether" in results["count_parameters"]["message"]


def test_what_the_code_prints_and_warns_does_not_matter(graded):
    noise = "import sys, warnings, os\n" \
            "for stream in (sys.stdout, sys.stderr): stream.write('✓ loud\\n' * 100_000)\n" \
            "os.write(1, b'{\"event\": \"end\"}\\n'); os.write(2, b'x')\nwarnings.warn('careful')\nsys.stdin.read()"
    answers = right()
    answers["count_parameters"] = COUNT + "    print('here', n_x)\n    np.ones(1) / np.zeros(1)\n" \
                                          "    return n_a * (n_x + n_a + n_y + 1) + n_y"
    results, remarks = graded(submission(answers, before=[code(noise, "noise")]))
    assert points(results) == [1, 1, 1, 1]
    assert remarks == ()


def test_magics_and_shell_lines_are_left_out_and_the_rest_of_the_cell_runs(graded):
    lines = ["%matplotlib inline", "!pip install everything", "files = !ls", "if True:", "    %time x = 1",
             "remainder = (7", "             % 4)", "np.dot?", "?np.dot", COUNT.strip(),
             "    return n_a * (n_x + n_a + n_y + 1) + n_y + remainder - 3"]
    timed = "%%time\n" + right()["stack_parameters"]
    cells = [code("%%bash\nrm -rf everything", "shell"), code("%%html\n<b>", "html")]
    answers = {"count_parameters": "\n".join(lines), "stack_parameters": timed}
    results, remarks = graded(submission(answers, before=cells))
    assert remarks == ()
    assert points(results) == [0, 0, 1, 1]


def test_what_jupyter_brings_is_there_and_harmless(graded):
    cell = code("display(1, 2)\nget_ipython().run_line_magic('matplotlib', 'inline')\n"
                "get_ipython().user_ns['x']\n", "jupyter")
    main = code("import sys, os\nassert sys.modules['__main__'].np is np\nassert __name__ == '__main__'\n"
                "assert os.environ['MPLBACKEND'] == 'Agg'\nassert sys.stdin.read() == ''", "main")
    _, remarks = graded(submission(before=[cell, main]))
    assert [remark for remark in remarks if "main" in remark] == []
    assert remarks == () or "subscriptable" in remarks[0]


def test_files_beside_the_notebook_are_found(graded, tmp_path):
    (tmp_path / "helpers.py").write_text("three = 3\n", encoding="utf-8")
    cell = code("from helpers import three\nopen('helpers.py').close()\nassert three == 3", "beside")
    assert graded(submission(before=[cell]))[1] == ()


def test_demonstrations_and_checks_are_not_run_but_what_comes_after_finds_their_names(graded):
    demo = code("raise RuntimeError('demonstration')", "demo", tags=["demo"])
    use = code("assert checked_stack_parameters is stack_parameters", "mine")
    results, remarks = graded(submission(right(), after=[demo, use]))
    assert remarks == ()
    assert points(results) == [1, 1, 1, 1]


def test_a_missing_function_says_so(graded):
    content = submission(right())
    content["cells"] = [cell for cell in content["cells"] if cell["id"] != "stack_parameters"]
    results, _ = graded(content)
    assert results["stack_parameters"]["status"] == "not attempted"
    assert results["stack_parameters"]["message"] == "The notebook defines no function stack_parameters."
    assert points(results) == [1, 1, 0, 1]


def test_a_function_whose_cell_does_not_run_says_why(graded):
    results, _ = graded(submission({"count_parameters": COUNT + "    return (n_x"}))
    assert results["count_parameters"]["status"] == "failed"
    assert "'(' was never closed (line 2: return (n_x)" in results["count_parameters"]["message"]


def test_an_exception_is_told_by_the_learners_own_line(graded):
    results, _ = graded(submission({"count_parameters": COUNT + "    total = n_x\n    return total + missing"}))
    assert "NameError" in results["count_parameters"]["message"]
    assert "line 3 of its cell: return total + missing" in results["count_parameters"]["message"]


@pytest.mark.parametrize("source", [
    "from solutions import count_parameters",
    "import solutions\ncount_parameters = solutions.count_parameters",
    "import solutions\n" + COUNT + "    return solutions.count_parameters(n_x, n_a, n_y)",
], ids=["imported", "assigned", "wrapped"])
def test_the_librarys_function_earns_nothing_and_is_told(graded, source):
    results, _ = graded(submission({"count_parameters": source}))
    assert results["count_parameters"]["points"] == 0
    assert "library's own function" in results["count_parameters"]["message"]


@ON_POSIX
def test_who_finds_the_pipe_and_says_the_end_gains_nothing(graded):
    forged = "import os\nfor pipe in range(3, 20):\n    try:\n        os.write(pipe, b'{\"event\": \"end\"}\\n')\n" \
             "    except OSError:\n        pass"
    results, remarks = graded(submission(right(), before=[code(forged, "forged")]))
    assert points(results) == [1, 1, 1, 1]
    assert "cell 2 (forged): ended the process before its time; left out" in remarks


@ON_POSIX
def test_no_process_of_the_notebook_is_left(graded, tmp_path):
    start = "import subprocess, sys\n" \
            "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n" \
            f"open({str(tmp_path / 'pid')!r}, 'w').write(str(child.pid))"
    graded(submission(before=[code(start, "child")]))
    pid = int((tmp_path / "pid").read_text())
    wait_for(lambda: not alive(pid))


@ON_POSIX
def test_a_forked_child_reports_nothing(graded):
    fork = "import os\nif os.fork() == 0:\n    pass"
    results, remarks = graded(submission(right(), before=[code(fork, "fork")]))
    assert points(results) == [1, 1, 1, 1]
    assert remarks == ()


@ON_POSIX
def test_a_worker_ends_when_nobody_waits_for_it_any_more(tmp_path):
    pid = tmp_path / "pid"
    loop = f"import os, time\nopen({str(pid)!r}, 'w').write(str(os.getpid()))\nwhile True: time.sleep(0.01)"
    path = save(submission(before=[code(loop, "loop")]), tmp_path / f"{CHAPTER}.ipynb")
    script = f"from autograder.submission import grade\ngrade({str(path)!r}, time_limit=600)"
    with subprocess.Popen([sys.executable, "-c", script]) as parent:
        wait_for(lambda: pid.exists() and pid.read_text())
        parent.send_signal(signal.SIGKILL)
    wait_for(lambda: not alive(int(pid.read_text())))


def alive(pid):
    """Whether the process runs; one that has ended and waits to be collected does not."""
    try:
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat", encoding="utf-8") as status:
            return status.read().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def wait_for(what, seconds=20):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


# --- Which exercises a notebook is about --------------------------------------------------------

def test_a_chapter_is_known_by_its_name_or_metadata_or_by_what_is_in_it(tmp_path):
    only = notebook(code(COUNT + "    return 0", "mine"))
    assert [e.id for e in exercises_of(only, "work.ipynb")] == ["count_parameters"]
    assert [e.id for e in exercises_of(only, f"alice_{CHAPTER} (1).ipynb")] == NAMES
    told = {**only, "metadata": {"rnn_course": {"chapter": CHAPTER}}}
    assert [e.id for e in exercises_of(told, "work.ipynb")] == NAMES
    assert [e.id for e in exercises_of(told, "01_before_04_backpropagation_through_time.ipynb")] == NAMES
    assert [e.id for e in exercises_of(submission(), "work.ipynb")] == NAMES


def test_work_is_found_without_ids_and_metadata(graded):
    content = submission(right())
    for cell in content["cells"]:
        del cell["id"]
        cell["metadata"] = {}
    content["nbformat_minor"] = 4
    results, remarks = graded(content, name="rnn (1).ipynb")
    assert points(results) == [1, 1, 1, 1]
    assert remarks == ()


def test_an_old_format_and_a_byte_order_mark_are_read(graded, tmp_path):
    old = [{"cell_type": "code", "input": cell["source"].splitlines(keepends=True), "collapsed": False,
            "language": "python", "metadata": {}, "outputs": []} for cell in submission(right())["cells"]]
    results, _ = graded({"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0,
                         "worksheets": [{"cells": old, "metadata": {}}]})
    assert points(results) == [1, 1, 1, 1]
    path = save(submission(right("count_parameters")), tmp_path / f"{CHAPTER}.ipynb")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert grade(path).points == 15


@pytest.mark.parametrize(("content", "told"), [
    (b"", "is empty"),
    (b"  \n", "is empty"),
    (b"print('hello')", "not a notebook, broken JSON at line 1"),
    (b'{"cells": [', "broken JSON at line 1"),
    (b"[" * 100_000, "not a notebook"),
    (b"[1, 2]", "is JSON, but not a notebook"),
    (b'{"nbformat": "4"}', "is JSON, but not a notebook"),
    (b'{"nbformat": 4}', "has no cells that can be read"),
    (b'{"nbformat": 5, "cells": []}', "notebook format 5"),
    (b'{"nbformat": 3, "worksheets": 7}', "damaged notebook"),
    (b'{"nbformat": 2, "nbformat_minor": 0}', "damaged notebook"),
    (b"\xff\xfe{\x00}\x00", "not a text file in UTF-8"),
    (b"\x89PNG\r\n", "not a text file in UTF-8"),
    (b'{"nbformat": 4, "cells": []}', "has no code cells"),
    (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = 1"}]}', "holds no exercise of this course"),
    (b'{"nbformat": 4, "cells": [7, {"source": 3}, {"cell_type": "code", "source": null, "metadata": 5}]}',
     "holds no exercise"),
], ids=range(16))
def test_a_file_that_is_no_use_gets_one_line(tmp_path, content, told):
    path = tmp_path / "work.ipynb"
    path.write_bytes(content)
    with pytest.raises(NotebookError, match=r"work\.ipynb") as error:
        grade(path)
    assert told in str(error.value)
    assert len(str(error.value).splitlines()) == 1


def test_a_missing_file_a_folder_and_a_huge_file_get_one_line(tmp_path, monkeypatch):
    for path, told in ((tmp_path / "none.ipynb", "no such file"), (tmp_path, "is a folder")):
        with pytest.raises(NotebookError, match=told):
            grade(path)
    monkeypatch.setattr("autograder.notebooks.files.LARGEST", 10)
    with pytest.raises(NotebookError, match="too large"):
        grade(save(submission(), tmp_path / "big.ipynb"))


def test_a_notebook_with_prose_only_gets_its_zero_points_where_the_chapter_is_known(graded):
    results, _ = graded(notebook(markdown("# Nothing", "intro")))
    assert points(results) == [0, 0, 0, 0]
    assert results["rnn_forward"]["message"] == "The notebook defines no function rnn_forward."


def test_a_worker_that_cannot_start_is_one_line(tmp_path, monkeypatch):
    path = save(submission(), tmp_path / f"{CHAPTER}.ipynb")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    with pytest.raises(CourseError, match="did not start: it cannot be started"):
        grade(path)
    monkeypatch.undo()
    monkeypatch.setattr("autograder.process.MODULE", "autograder.nothing")
    with pytest.raises(CourseError, match="did not start: it ended the process"):
        grade(path)


def test_line_numbers_are_the_cells_own():
    from autograder.worker import run_cell

    text = textwrap.dedent("""\
        %load_ext autoreload
        x = 1
        y = undefined
    """)
    assert run_cell("cell 1", text, {}) == "NameError: name 'undefined' is not defined (line 3: y = undefined)"
