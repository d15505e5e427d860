"""Right submissions keep their points, whatever else is in the notebook; what is odd is flagged, never an abort."""

import json
import random
import warnings

import nbformat
import pytest
from hostile_cases import COUNT, RIGHT, read
from notebooks import CHAPTER, EXERCISES, IMPORTS, POINTS, changed, code, notebook, save, submission
from notebooks import RIGHT as ANSWERS

from autograder.errors import CourseError
from autograder.grading import one, running
from autograder.grading.inbox import Work
from autograder.notebooks import cells

HONEST = read("honest.txt")
MISTAKE = COUNT + f"    return {RIGHT} + n_a"


@pytest.fixture(scope="module")
def sandbox():
    with one.new_sandbox(patience=0.5) as sandbox:
        yield sandbox


@pytest.fixture
def grade(sandbox, tmp_path):
    """Grade what a notebook holds, a dict, text or bytes; return the record."""
    def run(content, name=f"{CHAPTER}.ipynb", assignment=CHAPTER):
        return one.grade(Work("student", assignment, str(save(content, tmp_path / name))), sandbox, 5)

    return run


def full(record):
    """Whether all points were earned; the messages otherwise, for the report."""
    return record["points"] == 100 or [result["message"] for result in record["exercises"]] + record["remarks"]


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_submission_keeps_all_points(name, grade):
    case = HONEST[name]
    record = grade(case.notebook())
    assert full(record) is True
    assert record["status"] == "graded"
    told = "\n".join(record["remarks"])
    assert case.told in told
    if not case.told:
        assert told == ""


def test_a_notebook_with_the_same_cells_is_run_once_unless_something_was_amiss(grade, sandbox, monkeypatch):
    opened, usual = [], sandbox.open
    monkeypatch.setattr(sandbox, "open", lambda: opened.append(1) or usual())

    def both(first, second):
        opened.clear()
        one, other = grade(first), grade(second, "copy.ipynb")
        assert [one[name] for name in ("exercises", "remarks", "points", "isolation")] == [
            other[name] for name in ("exercises", "remarks", "points", "isolation")]
        return len(opened)

    answers = {"count_parameters": MISTAKE}
    run = submission(answers)
    for cell in run["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=7)
    assert both(submission(answers), run) == 1
    assert both(submission({"count_parameters": MISTAKE + "  # mine"}), submission(answers)) == 1
    noticed = submission(before=[code("1 / 0")])
    assert both(noticed, noticed) == 2
    ends = submission({"count_parameters": COUNT + "    import os; os._exit(1)"})
    assert both(ends, ends) == 2


def each_cell(content, change):
    for cell in content["cells"]:
        change(cell)


def strip_metadata(content):
    content["metadata"] = {}
    each_cell(content, lambda cell: cell.update(metadata={}))


def strip_ids(content):
    content["nbformat_minor"] = 4
    each_cell(content, lambda cell: cell.pop("id"))


def delete_checks(content):
    content["cells"] = [cell for cell in content["cells"] if not cells.is_check(cell)]


def edit_checks(content):
    for cell in content["cells"]:
        if cells.is_check(cell):
            cell["source"] = "assert False, 'edited'\n" + cell["source"]


def mark_answers_as_checks(content):
    for cell in content["cells"]:
        if cell["id"] in EXERCISES:
            cell["metadata"]["nbgrader"] = {"grade": True, "grade_id": "check-" + cell["id"], "solution": False}


def mark_answers_as_demonstrations(content):
    for cell in content["cells"]:
        cell["metadata"] = {"tags": ["demo", "hide-input"]}


def put_into_one_cell(content):
    text = "\n\n".join(cell["source"] for cell in content["cells"] if not cells.is_check(cell))
    content["cells"] = [code(text)]


def odd_fields(content):
    content["metadata"] = {"widgets": {"state": {}}, "kernelspec": None, "language_info": 3, "rnn_course": ["x"]}
    for number, cell in enumerate(content["cells"]):
        cell.update(execution_count="many", outputs=[{"output_type": "new"}, None], attachments=3, odd=[number])
        cell["metadata"].update(tags="demo", nbgrader={"grade_id": [number], "grade": "yes", "points": "many"})


def reorder(content):
    random.Random(3).shuffle(content["cells"])
    content["cells"].sort(key=lambda cell: cell["id"] != "imports")


CHANGES = {
    "stripped metadata": strip_metadata,
    "stripped ids": strip_ids,
    "one id for all cells": lambda content: each_cell(content, lambda cell: cell.update(id="same")),
    "no check cells": delete_checks,
    "edited check cells": edit_checks,
    "answers marked as checks": mark_answers_as_checks,
    "answers marked as demonstrations": mark_answers_as_demonstrations,
    "all in one cell": put_into_one_cell,
    "every cell twice": lambda content: content.update(cells=[*content["cells"], *content["cells"]]),
    "every cell copied behind itself": lambda content: content.update(
        cells=[copy for cell in content["cells"] for copy in (cell, cell)]),
    "another order": reorder,
    "no kernel": lambda content: content["metadata"].pop("kernelspec", None),
    "an unknown kernel": lambda content: content["metadata"].update(
        kernelspec={"name": "julia-1.9", "display_name": "Julia", "language": "julia"}),
    "another course's metadata": lambda content: content["metadata"].update(rnn_course={"chapter": "07_sampling"}),
    "points changed": lambda content: each_cell(content, lambda cell: cell["metadata"].get("nbgrader", {}).update(
        points=1e9)),
    "lines as lists": lambda content: each_cell(content, lambda cell: cell.update(
        source=cell["source"].splitlines(keepends=True))),
    "Windows' line ends": lambda content: each_cell(content, lambda cell: cell.update(
        source=cell["source"].replace("\n", "\r\n"))),
    "odd fields": odd_fields,
    "an old minor version": lambda content: content.update(nbformat_minor=0),
    "a minor version to come": lambda content: content.update(nbformat_minor=99),
    "an empty cell, raw cells, unknown cells": lambda content: content["cells"].extend(
        [code(""), {"cell_type": "raw", "source": "x"}, {"cell_type": "new", "source": "1/0", "metadata": {}}, {}, 3]),
    "large outputs": lambda content: each_cell(content, lambda cell: cell.update(
        outputs=[{"output_type": "display_data", "data": {"image/png": "A" * 500_000}, "metadata": {}}])),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_notebook_that_was_changed_keeps_all_points(name, grade):
    record = grade(changed(submission(), CHANGES[name]))
    assert full(record) is True
    assert name in ("edited check cells", "another order") or record["remarks"] == []


@pytest.mark.parametrize("name", CHANGES)
def test_no_change_of_the_notebook_gives_points_to_a_wrong_answer(name, grade):
    record = grade(changed(submission({"count_parameters": MISTAKE}), CHANGES[name]))
    assert record["points"] == 100 - POINTS["count_parameters"]


def test_an_old_format_keeps_all_points(grade):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # format 3 has no cell ids
        old = nbformat.convert(nbformat.from_dict(submission()), 3)
    assert old["nbformat"] == 3
    assert full(grade(json.dumps(old))) is True


@pytest.mark.parametrize("name", ["rnn (1).ipynb", "Kopie von 03.ipynb", "作业.ipynb", "a'b\"c.ipynb", "x.IPYNB",
                                  "..ipynb", "-rf.ipynb", "a\nb.ipynb", "%s{path}.ipynb", "e\u0301😀.ipynb"])
def test_a_renamed_file_keeps_all_points(name, grade):
    record = grade(submission(), name)
    assert full(record) is True
    assert record["notebook"] == name


@pytest.mark.parametrize("start", ["\ufeff", "\n\n  ", "\ufeff\r\n"], ids=["a BOM", "blank lines", "both"])
def test_what_stands_before_the_json_does_not_matter(start, grade):
    assert full(grade(start + json.dumps(submission()))) is True


@pytest.mark.parametrize("where", ["before", "after"])
def test_an_empty_copy_of_an_exercise_does_not_undo_the_answer(where, grade):
    copies = [cells.stub_cell(exercise) for exercise in EXERCISES.values()]
    record = grade(submission(**{where: copies}))
    assert full(record) is True
    assert len(record["remarks"]) == 4
    assert "an empty copy of rnn_forward; left out" in record["remarks"][1]


def test_of_two_answers_the_last_one_counts(grade):
    wrong, right = code(MISTAKE, "wrong"), code(ANSWERS["count_parameters"], "right")
    assert full(grade(submission(after=[wrong, right]))) is True
    assert grade(submission(after=[right, wrong]))["points"] == 100 - POINTS["count_parameters"]


def test_a_helper_in_a_cell_of_its_own_is_run_and_found(grade):
    helper = code("def product(a, b):\n    return a @ b", "helper")
    answer = ANSWERS["rnn_cell_forward"].replace("Waa @ a_prev", "product(Waa, a_prev)")
    for place in "before", "after":
        assert full(grade(submission({"rnn_cell_forward": answer}, **{place: [helper]}))) is True


def test_a_helper_in_a_changed_demonstration_is_run(grade):
    helper = code("def product(a, b):\n    return a @ b\n\nfor _ in range(3):\n    train_tagger()", "shift-train",
                  tags=["demo"])
    answer = ANSWERS["rnn_cell_forward"].replace("Waa @ a_prev", "product(Waa, a_prev)")
    record = grade(submission({"rnn_cell_forward": answer}, before=[helper]))
    assert full(record) is True
    assert "train_tagger" in record["remarks"][0]


def test_a_function_whose_own_helper_is_wrong_gets_the_references(grade):
    wrong = ANSWERS["rnn_cell_forward"].replace("Wya @ a_next", "Wya @ a_prev")
    record = grade(submission({"rnn_cell_forward": wrong}))
    results = {result["id"]: result for result in record["exercises"]}
    assert results["rnn_cell_forward"]["misconception"] == "y_from_a_prev"
    assert results["rnn_forward"]["points"] == POINTS["rnn_forward"]


def test_a_cell_that_did_not_run_is_named_where_its_function_is_missing(grade):
    record = grade(submission({"count_parameters": COUNT + "    return (n_x"}))
    message = record["exercises"][-1]["message"]
    assert message.startswith("Its cell did not run, so there is no function count_parameters. cell 8")
    assert "SyntaxError" in message
    assert record["points"] == 85


def test_of_many_remarks_the_first_ones_are_told(grade):
    record = grade(submission(before=[code(f"1 / 0  # {number}", f"c{number}") for number in range(300)]))
    assert full(record) is True
    assert len(record["remarks"]) == 21
    assert record["remarks"][-1] == "… and 280 more"


def test_a_cell_that_is_too_long_is_left_out(grade):
    record = grade(submission(before=[code("x = 1\n" * 100_000)]))
    assert full(record) is True
    assert "too long (600000 characters); left out" in record["remarks"][0]


def test_ten_cells_that_end_the_process_cost_nothing_else(grade):
    record = grade(submission(before=[code("import os; os._exit(1)", f"c{number}") for number in range(10)]))
    assert full(record) is True
    assert len(record["remarks"]) == 10


def test_a_submission_that_takes_too_long_altogether_says_so(grade, monkeypatch):
    monkeypatch.setattr(one, "TOTAL_LIMIT", 1.0)
    record = grade(submission(before=[code("import time; time.sleep(0.2)", f"c{number}") for number in range(30)]))
    assert (record["status"], record["points"]) == ("timeout", 0)
    assert {result["reason"] for result in record["exercises"]} == {"timeout"}


def test_an_empty_notebook_is_not_attempted(grade):
    for content in (notebook(), notebook(code(IMPORTS)), submission(
            {name: cells.stub_source(exercise) for name, exercise in EXERCISES.items()})):
        record = grade(content)
        assert (record["points"], record["status"]) == (0, "graded")
        assert {result["status"] for result in record["exercises"]} == {"not attempted"}


def test_without_a_chapters_folder_tagged_demonstrations_are_left_out(grade, monkeypatch):
    def nowhere():
        raise CourseError("no chapters here")

    monkeypatch.setattr(running, "chapters_folder", nowhere)
    running.demonstrations_of.cache_clear()
    try:
        record = grade(submission(before=[code("raise ValueError('was run')", tags=["demo"])]))
        assert full(record) is True
        assert record["remarks"] == []
        answer = code(ANSWERS["count_parameters"], tags=["demo"])
        assert full(grade(submission({"count_parameters": ""}, after=[answer]))) is True
    finally:
        running.demonstrations_of.cache_clear()
