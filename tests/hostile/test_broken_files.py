"""Files that are no notebooks, or broken ones: unreadable, told in a line, nothing lost, and quickly."""

import json
import os
import sys
import time
import zipfile

import pytest
from notebooks import CHAPTER, changed, code, notebook, save, submission

from autograder.errors import CourseError
from autograder.grading import inbox, one
from autograder.grading.inbox import Work
from autograder.notebooks import files

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="no such files on Windows")
RIGHT = json.dumps(submission())


@pytest.fixture(scope="module")
def sandbox():
    with one.new_sandbox(patience=0.5) as sandbox:
        yield sandbox


def deep(levels):
    return '{"nbformat": 4, "metadata": {}, "cells": ' + "[" * levels + "]" * levels + "}"


UNREADABLE = {
    "empty": b"",
    "blank": b" \n\t\n",
    "no JSON": b"this is no notebook",
    "a web page": b"<!DOCTYPE html><html><body>Sign in</body></html>",
    "cut off": RIGHT[:2000].encode(),
    "cut in a character": RIGHT.encode()[:-1] + b"\xc3",
    "UTF-16": RIGHT.encode("utf-16"),
    "Latin-1": RIGHT.replace("import", "impört", 1).encode("latin-1"),
    "a zip": b"PK\x03\x04" + bytes(100),
    "zeros": bytes(1000),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a list": b"[]",
    "a number": b"4",
    "null": b"null",
    "another JSON": b'{"cells": []}',
    "no cells": b'{"nbformat": 4, "metadata": {}}',
    "cells that are none": b'{"nbformat": 4, "metadata": {}, "cells": {"a": 1}}',
    "a format to come": b'{"nbformat": 5, "metadata": {}, "cells": []}',
    "a format of text": b'{"nbformat": "4", "metadata": {}, "cells": []}',
    "a format below all": b'{"nbformat": -3, "metadata": {}, "cells": []}',
    "a format that is huge": b'{"nbformat": ' + b"9" * 5000 + b', "cells": []}',
    "a broken format 3": b'{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": 3}]}',
    "a broken format 2": b'{"nbformat": 2, "worksheets": "x"}',
    "deep JSON": deep(100_000).encode(),
    "two documents": (RIGHT + RIGHT).encode(),
    "single quotes": b"{'nbformat': 4}",
    "a Git conflict": b"<<<<<<< HEAD\n" + RIGHT.encode() + b"\n=======\n",
    "a Git LFS pointer": b"version https://git-lfs\noid sha256:00\nsize 12345\n",
}


@pytest.mark.parametrize("assignment", [CHAPTER, None], ids=["for a chapter", "for any"])
@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_no_notebook_is_told_in_a_line(name, assignment, sandbox, tmp_path):
    path = save(UNREADABLE[name], tmp_path / "03_rnn_model.ipynb")
    start = time.monotonic()
    record = one.grade(Work("student", assignment, str(path)), sandbox, 5)
    assert time.monotonic() - start < 10
    assert (record["status"], record["points"], record["exercises"]) == ("unreadable", 0, [])
    remark, = record["remarks"]
    assert "\n" not in remark
    assert remark.startswith("03_rnn_model.ipynb: ")
    assert str(tmp_path) not in remark
    assert record["sha256"]


ODD = {
    "cells of every kind": {"cells": [None, 1, [], "x", {}, {"cell_type": None}, {"cell_type": ["code"]},
                                      {"cell_type": "code", "source": {"a": 1}}, {"cell_type": "code", "source": None},
                                      {"cell_type": "code", "source": [1, None, ["x"]], "metadata": [], "id": {}}]},
    "metadata of every kind": {"metadata": ["x"], "cells": [
        code("x = 1", metadata), *[{"cell_type": "code", "source": "1", "metadata": {"nbgrader": value, "tags": value},
                                    "id": value} for value in (None, 3, [], {}, [[]], "x", {"grade_id": []})]]
        if (metadata := "mine") else []},
    "grade ids that are lists": changed(submission(), lambda content: [
        cell["metadata"].update(nbgrader={"grade_id": ["x"], "grade": ["y"]}, tags=[["demo"], {}, 3])
        for cell in content["cells"]]),
    "an empty format 3": '{"nbformat": 3, "metadata": {}}',
    "half characters": notebook(code("x = '\ud800'"), code("y = 1", "\udfff")),
    "null characters": notebook(code("x = 1\0"), code("def count_parameters(n_x, n_a, n_y):\0 pass")),
    "control characters": notebook(code("\x1b[2J\x07 = 1", "\x1b]0;x\x07")),
    "numbers that are none": '{"nbformat": 4, "metadata": {"x": NaN, "y": -Infinity}, "cells": []}',
    "equal keys": '{"nbformat": 4, "nbformat": 4, "metadata": {}, "cells": [], "cells": []}',
    "cells that are deep": '{"nbformat": 4, "metadata": {}, "cells": [' + "[" * 500 + "]" * 500 + "]}",
    "code that is deep": notebook(code("(" * 5000 + ")" * 5000), code("x = " + "-" * 100_000 + "1"),
                                  code("a" + ".a" * 50_000), code("[" * 90 + "]" * 90),
                                  code("if 1:\n" + " if 1:\n" * 500)),
    "ten thousand cells": notebook(*[code("", f"c{n}") for n in range(10_000)]),
    "a line of a hundred thousand characters": notebook(code("x = '" + "y" * 100_000 + "'")),
}


@pytest.mark.parametrize("name", ODD)
def test_a_notebook_with_odd_contents_is_graded(name, sandbox, tmp_path):
    content = ODD[name]
    if isinstance(content, dict):
        content = {**notebook(), **content}
    path = save(content, tmp_path / "03_rnn_model.ipynb")
    for assignment in (CHAPTER, None):
        record = one.grade(Work("student", assignment, str(path)), sandbox, 5)
        assert (record["status"], record["points"]) == ("graded", 100 if name == "grade ids that are lists" else 0)
        assert all(remark.isprintable() or "\n" in remark for remark in record["remarks"])
        json.dumps(record).encode("ascii")
        "".join(record["remarks"]).encode()


@pytest.mark.parametrize("size", [200, 100_000], ids=["200 MB", "100 GB"])
def test_a_file_far_too_large_costs_no_time(size, sandbox, tmp_path):
    path = tmp_path / "03_rnn_model.ipynb"
    with open(path, "wb") as file:
        try:
            file.truncate(size * 10**6)
        except OSError:
            file.truncate(60 * 10**6)  # a disk without holes
    start = time.monotonic()
    record = one.grade(Work("student", CHAPTER, str(path)), sandbox, 5)
    assert time.monotonic() - start < 5
    assert record["status"] == "unreadable"
    assert "too large" in record["remarks"][0]


def test_json_that_unfolds_in_memory_is_refused_before_it_does(sandbox, tmp_path):
    path = save('{"nbformat": 4, "metadata": {}, "cells": [' + "[]," * 10_000_000 + "[]]}", tmp_path / "bomb.ipynb")
    assert path.stat().st_size < files.LARGEST
    record = one.grade(Work("student", CHAPTER, str(path)), sandbox, 5)
    assert record["status"] == "unreadable"
    assert "more lists and objects than any notebook" in record["remarks"][0]


@ON_POSIX
@pytest.mark.parametrize("kind", ["link", "link to nowhere", "link to itself", "link to zeros", "pipe", "folder"])
def test_what_is_no_file_of_its_own_is_refused(kind, sandbox, tmp_path):
    path, other = tmp_path / "03_rnn_model.ipynb", save(RIGHT, tmp_path / "neighbour.ipynb")
    make = {"link": lambda: path.symlink_to(other), "link to nowhere": lambda: path.symlink_to(tmp_path / "nowhere"),
            "link to itself": lambda: path.symlink_to(path), "link to zeros": lambda: path.symlink_to("/dev/zero"),
            "pipe": lambda: os.mkfifo(path), "folder": path.mkdir}
    make[kind]()
    start = time.monotonic()
    record = one.grade(Work("student", CHAPTER, str(path)), sandbox, 5)
    assert time.monotonic() - start < 5
    assert (record["status"], record["points"]) == ("unreadable", 0)
    assert "no file of its own" in record["remarks"][0]


@ON_POSIX
def test_a_file_that_is_gone_is_told(sandbox, tmp_path):
    record = one.grade(Work("student", CHAPTER, str(tmp_path / "03_rnn_model.ipynb")), sandbox, 5)
    assert (record["status"], record["sha256"]) == ("unreadable", "")
    assert "03_rnn_model.ipynb: " in record["remarks"][0]


@ON_POSIX
def test_names_with_every_odd_character_are_graded(sandbox, tmp_path):
    names = [bytes([number]) for number in range(1, 256) if number != ord("/")]
    for start in range(0, len(names), 32):
        name = b"x" + b"".join(names[start:start + 32]) + b".ipynb"
        path = os.fsdecode(os.fsencode(tmp_path) + b"/" + name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(RIGHT)
        record = one.grade(Work(os.fsdecode(name), CHAPTER, path), sandbox, 5)
        assert record["points"] == 100
        json.dumps(record).encode("ascii")


def test_an_unknown_assignment_is_told(sandbox, tmp_path):
    record = one.grade(Work("student", "99_nothing", str(save(RIGHT, tmp_path / "x.ipynb"))), sandbox, 5)
    assert record["status"] == "unreadable"
    assert "99_nothing" in record["remarks"][0]


# --- In a zip


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def graded_zip(sandbox, tmp_path, members):
    """The records of a zip, by student."""
    outside = tmp_path / "place" / "unpacked"
    works = inbox.find(zipped(tmp_path / "class.zip", members), CHAPTER, outside)
    before = {path for path in tmp_path.rglob("*") if outside not in path.parents and path != outside}
    records = [one.grade(work, sandbox, 5) for work in works]
    after = {path for path in tmp_path.rglob("*") if outside not in path.parents and path != outside}
    assert after == before == {tmp_path / "class.zip", tmp_path / "place"}
    return records


@pytest.mark.parametrize("name", [
    "../../../escaped/03_rnn_model.ipynb", "/escaped/03_rnn_model.ipynb", "..\\..\\escaped\\03_rnn_model.ipynb",
    "C:\\escaped\\03_rnn_model.ipynb", "a/../../b/../escaped/03_rnn_model.ipynb", "./././anna/03_rnn_model.ipynb",
    "anna/03_rnn_model.ipynb\x00.txt", "an\x1bna\n/03_rnn_model.ipynb", "anna/" + "x" * 180 + "03_rnn_model.ipynb",
])
def test_no_name_in_a_zip_leads_out_of_its_folder(name, sandbox, tmp_path):
    right = ("Berta Right_123_assignsubmission_file_/03_rnn_model.ipynb", RIGHT)
    records = graded_zip(sandbox, tmp_path, [(name, RIGHT), right])
    by_student = {record["student"]: record for record in records}
    assert by_student["Berta Right"]["points"] == 100
    assert not os.path.exists("/escaped")
    assert not (tmp_path / "escaped").exists()


def test_links_and_bombs_in_a_zip_cost_only_themselves(sandbox, tmp_path):
    link = zipfile.ZipInfo("Link Er_1_assignsubmission_file_/03_rnn_model.ipynb")
    link.external_attr = 0o120777 << 16
    bomb = '{"nbformat": 4, "metadata": {}, "cells": [' + " " * 45_000_000 + "]}"
    records = graded_zip(sandbox, tmp_path, [
        (link, "/etc/passwd"), ("Bombe R_2_assignsubmission_file_/03_rnn_model.ipynb", bomb),
        ("Right E_3_assignsubmission_file_/03_rnn_model.ipynb", RIGHT)])
    points = {record["student"]: (record["points"], record["status"]) for record in records}
    assert points["Right E"] == (100, "graded")
    assert all(value == (0, "unreadable") for student, value in points.items() if student != "Right E")


def test_a_broken_zip_is_one_line(tmp_path):
    good = zipped(tmp_path / "good.zip", [("anna/03_rnn_model.ipynb", RIGHT)]).read_bytes()
    for number, data in enumerate([b"", b"PK\x03\x04", good[:100], good[:-30], good[50:]]):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(data)
        words, works = "", ()
        try:
            works = inbox.find(path, CHAPTER, tmp_path / f"unpacked-{number}")
        except CourseError as error:
            words = str(error)
        assert "\n" not in words
        assert all(isinstance(work, Work) for work in works)
