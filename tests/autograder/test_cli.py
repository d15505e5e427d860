"""The command line: exit codes, one-line errors, and output that people and programs can read."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from notebook_tools import CHAPTER, code, notebook, right, save, submission

import autograder
from autograder import cli
from autograder.exercises import EXERCISES

SCHEMA = json.loads(Path(autograder.__file__).with_name("schema.json").read_text(encoding="utf-8"))
COMMANDS = ("list", "check", "hint", "reset", "sync", "audit", "solve", "outputs", "matrix", "release", "grade")


@pytest.fixture
def run(capsys):
    """Run the command line in this process; its exit code, stdout and stderr."""
    def command(*arguments):
        try:
            exit_code = cli.main([str(argument) for argument in arguments])
        except SystemExit as error:  # argparse's own
            exit_code = error.code
        return exit_code, *capsys.readouterr()

    return command


@pytest.fixture
def mixed(tmp_path):
    """One right, one wrong, one missing, one not attempted."""
    wrong = right()["rnn_cell_forward"].replace("Wya @ a_next", "Wya @ a_prev")
    content = submission({**right("stack_parameters"), "rnn_cell_forward": wrong}, before=[code("1 / 0", "mine")])
    content["cells"] = [cell for cell in content["cells"] if cell["id"] != "count_parameters"]
    return save(content, tmp_path / f"{CHAPTER}.ipynb")


# --- help and usage -----------------------------------------------------------------------------

@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example(run, command):
    exit_code, out, _ = run(command, "--help")
    assert exit_code == 0
    assert re.search(rf"example: autograder {command}\b", out)


def test_the_help_names_every_command(run):
    _, out, _ = run("--help")
    assert all(re.search(rf"^ +{command}\b", out, re.MULTILINE) for command in COMMANDS)


@pytest.mark.parametrize("arguments", [
    (), ("nonsense",), ("check",), ("check", "x.ipynb", "--time-limit", "0"),
    ("check", "x.ipynb", "--time-limit", "soon"), ("hint", "rnn_forward", "two"), ("list", "--wrong"),
], ids=" ".join)
def test_wrong_usage_is_2_and_says_what(run, arguments):
    exit_code, out, err = run(*arguments)
    assert exit_code == 2
    assert out == ""
    assert "error: " in err


@pytest.mark.parametrize(("arguments", "told"), [
    (("check", "none.ipynb"), "none.ipynb: there is no such file"),
    (("check", "none.ipynb", "--seed", "-1"), "the seed must be a whole number from 0 on, and is '-1' (from --seed)"),
    (("hint", "rnn_forwad"), "no exercise is called 'rnn_forwad'; there are: rnn_forward"),
    (("hint", "rnn_forward", "99"), "rnn_forward has hints 1 to "),
    (("reset", "rnn_forward", "none.ipynb"), "none.ipynb: there is no such file"),
    (("sync", "--chapters", "nowhere"), "no folder nowhere; run this in a clone of the course"),
    (("audit", "99", "--chapters", "."), "no chapter 99 in .; there are: none"),
])
def test_an_error_is_one_line_that_says_what_to_do(run, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    exit_code, out, err = run(*arguments)
    assert exit_code == 2
    assert out == ""
    assert err.startswith(f"autograder {arguments[0]}: ")
    assert told in err
    assert err.count("\n") == 1


def test_a_bad_seed_in_the_environment_is_one_line(run, mixed, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_SEED", "secret")
    exit_code, _, err = run("check", mixed)
    assert exit_code == 2
    assert "(from AUTOGRADER_SEED)" in err


def test_a_fault_of_ours_is_one_line_too(run, monkeypatch):
    monkeypatch.delenv("AUTOGRADER_DEBUG", raising=False)
    monkeypatch.setattr("autograder.exercises.find", lambda name: 1 / 0)
    exit_code, _, err = run("hint", "rnn_forward")
    assert exit_code == 1
    assert err.count("\n") == 1
    assert "ZeroDivisionError" in err
    monkeypatch.setenv("AUTOGRADER_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("hint", "rnn_forward")


def test_an_interrupt_is_one_line(run, monkeypatch):
    def interrupt(name):
        raise KeyboardInterrupt

    monkeypatch.setattr("autograder.exercises.find", interrupt)
    assert run("hint", "rnn_forward")[::2] == (1, "\nautograder hint: stopped\n")


def run_program(*arguments, **options):
    return subprocess.run([sys.executable, "-m", "autograder.cli", *arguments], capture_output=True, check=False,
                          encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8", **options.pop("env", {})},
                          **options)


def test_a_console_that_cannot_show_our_signs_goes_on(mixed):
    done = run_program("check", str(mixed), env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert "? rnn_cell_forward" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is another error there")
def test_a_reader_that_has_seen_enough_is_no_error():
    with subprocess.Popen([sys.executable, "-m", "autograder.cli", "list", "--json"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""


# --- list, hint ---------------------------------------------------------------------------------

def test_list_shows_every_exercise_with_its_points(run):
    exit_code, out, _ = run("list")
    assert exit_code == 0
    for exercise in EXERCISES.values():
        assert re.search(rf"^  {exercise.id} +{exercise.points:g}(?:  [a-z ]+)?$", out, re.MULTILINE)
    assert f"{CHAPTER} · 100 points" in out


def test_list_for_programs(run):
    listed = json.loads(run("list", "--json")[1])
    assert listed["version"] == 1
    assert [item["id"] for item in listed["exercises"]] == list(EXERCISES)
    assert {"id", "chapter", "points", "hints", "find_the_mistake"} == set(listed["exercises"][0])


def test_hints_come_one_at_a_time(run):
    hints = EXERCISES["rnn_forward"].hints
    exit_code, out, _ = run("hint", "rnn_forward")
    assert exit_code == 0
    assert out == f"Hint 1 of {len(hints)}: {hints[0]}\nThe next one: autograder hint rnn_forward 2\n"
    last = run("hint", "rnn_forward", len(hints))[1]
    assert last == f"Hint {len(hints)} of {len(hints)}: {hints[-1]}\n"


# --- check --------------------------------------------------------------------------------------

def test_check_shows_progress_table_and_diagnosis(run, mixed):
    exit_code, out, err = run("check", mixed)
    assert exit_code == 1
    assert re.search(r"^✓ stack_parameters +20 / 20 +passed$", out, re.MULTILINE)
    assert re.search(r"^○ rnn_forward +0 / 35 +not attempted$", out, re.MULTILINE)
    assert re.search(r"^✗ rnn_cell_forward +\d+ / 30 +failed$", out, re.MULTILINE)
    misconception = next(m for m in EXERCISES["rnn_cell_forward"].misconceptions if m.id == "y_from_a_prev")
    assert misconception.message.split("\n")[0] in out
    assert "The notebook defines no function count_parameters." in out
    assert out.endswith("Remarks (they cost no points by themselves):\n- cell 2 (mine): ZeroDivisionError: division by "
                        "zero (line 1: 1 / 0)\n")
    assert "cell 2 (mine)\n" in err
    steps = [tuple(map(int, step)) for step in re.findall(r"^\[(\d+)/(\d+)\]", err, re.MULTILINE)]
    assert steps == [(n + 1, len(steps)) for n in range(len(steps))]


def test_check_of_a_right_notebook_is_0(run, tmp_path):
    path = save(submission(right()), tmp_path / f"{CHAPTER}.ipynb")
    exit_code, out, _ = run("check", path)
    assert exit_code == 0
    assert re.search(r"^  total +100 / 100$", out, re.MULTILINE)


def test_a_terminal_gets_a_bar_that_goes_when_it_is_done(capsys):
    from autograder.report import Progress

    class Terminal:
        text = ""

        def isatty(self):
            return True

        def write(self, text):
            self.text += text

        def flush(self):
            pass

    terminal = Terminal()
    with Progress(terminal) as progress:
        progress(1, 4, "rnn_forward")
    assert "[######..................] 1/4 rnn_forward" in terminal.text
    assert terminal.text.endswith("\r\033[K")


def test_check_for_programs_follows_the_schema(run, mixed):
    exit_code, out, err = run("check", mixed, "--json")
    assert exit_code == 1
    report = json.loads(out)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(report, SCHEMA)
    assert (report["notebook"], report["max_points"]) == (str(mixed), 100)
    assert report["points"] == sum(exercise["points"] for exercise in report["exercises"])
    assert {exercise["status"] for exercise in report["exercises"]} == {"passed", "failed", "not attempted"}
    for exercise in report["exercises"]:
        assert exercise["points"] == sum(part["points"] for part in exercise["parts"])
        assert exercise["max_points"] == sum(part["max_points"] for part in exercise["parts"])
    assert report["remarks"] == ["cell 2 (mine): ZeroDivisionError: division by zero (line 1: 1 / 0)"]
    assert "[1/" in err


def test_the_schema_refuses_what_is_not_promised():
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": 2}, SCHEMA)


@pytest.mark.parametrize("content", [b"", b"no json", b"[]", b'{"nbformat": 4, "cells": []}'], ids=range(4))
def test_check_of_an_unusable_file_is_2_and_one_line(run, tmp_path, content):
    path = tmp_path / "work.ipynb"
    path.write_bytes(content)
    exit_code, out, err = run("check", path)
    assert (exit_code, out) == (2, "")
    assert err.startswith(f"autograder check: {path}: ")
    assert err.count("\n") == 1


# --- reset and the authors' commands ------------------------------------------------------------

def test_reset_says_where_the_text_is(run, tmp_path):
    path = save(submission(right()), tmp_path / "work.ipynb")
    exit_code, out, _ = run("reset", "rnn_forward", path)
    assert exit_code == 0
    assert f"your text stands in {tmp_path / 'work.rnn_forward.1.py'}" in out
    assert "already" in run("reset", "rnn_forward", path)[1]
    exit_code, _, err = run("reset", "rnn_forward", save(notebook(), tmp_path / "other.ipynb"))
    assert exit_code == 2
    assert "nothing was changed" in err


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A folder with chapters/03 (stubs and checks only) as the current one."""
    (tmp_path / "chapters").mkdir()
    save(submission(), tmp_path / "chapters" / f"{CHAPTER}.ipynb")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["3", "03", CHAPTER, f"chapters/{CHAPTER}.ipynb"])
def test_a_chapter_is_named_as_one_likes(run, clone, name):
    assert run("sync", name)[:2] == (0, f"{CHAPTER}.ipynb: nothing to change\n")


def test_sync_audit_and_solve_work_on_the_chapters_of_the_current_folder(run, clone):
    chapter = clone / "chapters" / f"{CHAPTER}.ipynb"
    save(notebook(code("import numpy as np", "imports")), chapter)
    exit_code, out, _ = run("sync")
    assert exit_code == 0
    assert f"{CHAPTER}.ipynb: rnn_forward: stub cell appended at the end" in out
    exit_code, out, _ = run("audit", "3")
    assert exit_code == 1
    assert f"{CHAPTER}.ipynb: rnn_forward: no heading" in out
    exit_code, out, _ = run("solve")
    assert (exit_code, out) == (0, f"{Path('_build/solved') / chapter.name}\n")
    assert run("check", clone / "_build" / "solved" / chapter.name)[0] == 0


def test_audit_of_everything_misses_chapters_and_the_table_of_contents(run, clone):
    exit_code, out, _ = run("audit")
    assert exit_code == 1
    others = {exercise.chapter for exercise in EXERCISES.values()} - {CHAPTER}
    assert all(f"{chapter}.ipynb: has exercises, and there is no such chapter" in out for chapter in others)
    assert "_toc.yml: there is no such file" in out


@pytest.mark.parametrize(("tool", "arguments"), [
    ("nbformat", ("reset", "rnn_forward", f"chapters/{CHAPTER}.ipynb")), ("nbformat", ("solve",)),
    ("nbclient", ("outputs",)), ("yaml", ("audit",)),
])
def test_a_missing_tool_is_a_line_that_says_how_to_install_it(run, clone, monkeypatch, tool, arguments):
    save(submission(right()), clone / "chapters" / f"{CHAPTER}.ipynb")
    monkeypatch.setitem(sys.modules, tool, None)
    exit_code, _, err = run(*arguments)
    assert exit_code == 2
    assert err.count("\n") == 1
    assert "install it: pip install " in err


def test_check_needs_none_of_these_tools(clone):
    script = "import sys\n" \
             "for name in ('nbformat', 'nbclient', 'yaml', 'IPython', 'matplotlib'): sys.modules[name] = None\n" \
             f"from autograder.cli import main\nsys.exit(main(['check', 'chapters/{CHAPTER}.ipynb']))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "total" in done.stdout


def test_outputs_runs_a_chapter_and_says_how_long(run, clone):
    save(notebook(code("1 + 1", "sum")), clone / "chapters" / "02_notation.ipynb")
    exit_code, out, _ = run("outputs", "2")
    assert exit_code == 0
    assert re.search(r"^02_notation.ipynb: \d+\.\d s, outputs stored$", out, re.MULTILINE)
    save(notebook(code("1 / 0", "sum")), clone / "chapters" / "02_notation.ipynb")
    exit_code, _, err = run("outputs", "2")
    assert exit_code == 1
    assert "cell sum: ZeroDivisionError: division by zero; nothing was stored" in err


