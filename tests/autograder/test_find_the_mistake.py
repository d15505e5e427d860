"""Exercises that give a wrong function to repair: the engine, the cells, the tools and nbgrader agree on them."""

import json
from dataclasses import replace

import numpy as np
import pytest
from notebook_tools import code, notebook, save

from autograder import cli
from autograder.engine import Array, Case, Exercise, Part, Patched, different_sizes, intact, judge
from autograder.exercises import EXERCISES
from autograder.exercises.mistakes import mistakes_in, planted
from autograder.notebooks import cells, files
from autograder.notebooks.audit import audit_chapter
from autograder.notebooks.leaks import leaks, telling_lines
from autograder.notebooks.solve import solve
from autograder.notebooks.sync import reset, sync
from autograder.release import source_version

CHAPTER = "99_toy"


def line_and_slope(x, weight, bias):
    """Return the line, its slope and the mean square of both."""
    line = weight * x + bias
    slope = np.ones_like(x) * weight
    energy = np.mean(line * line) + np.mean(slope * slope)
    return line, slope, energy


def cases(rng):
    sizes = [different_sizes(rng, "n m"), different_sizes(rng, "n m", m=1)]
    return [Case((rng.standard_normal((n["n"], n["m"])), 3.0, -0.7), n) for n in sizes]


LINE = ("weight * x + bias", "weight * x - bias")
SLOPE = ("np.ones_like(x) * weight", "np.ones_like(x) * bias")
ENERGY = ("np.mean(line * line) + ", "np.mean(line * line) - ")


def exercise_with(*replacements):
    given, left_over = planted(line_and_slope, CHAPTER, *replacements)
    mistake = mistakes_in(CHAPTER)
    return Exercise(
        id="line_and_slope", chapter=CHAPTER, reference=line_and_slope, cases=cases,
        parts=(Part("line", 40, Array("n m"), (0,)), Part("slope", 30, Array("n m"), (1,)),
               Part("energy", 25, Array(), (2,)), intact(5)),
        hints=("one", "two", "three"), given=given,
        misconceptions=(*left_over, mistake(
            "no_bias", Patched(line_and_slope, ("weight * x + bias", "weight * x")), "The bias is missing.", "lines")))


TWO, THREE = exercise_with(LINE, SLOPE), exercise_with(LINE, SLOPE, ENERGY)


def wrong(*replacements):
    return Patched(line_and_slope, *replacements)


def other_words(x, weight, bias):
    # A remark, other names, another order: the same two mistakes.
    straight, steep = x * weight - bias, np.full(x.shape, bias)
    return [straight, steep, (straight**2).mean() + (steep**2).mean()]


# --- the engine ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("function", [TWO.given, wrong(LINE, SLOPE), other_words], ids=["given", "again", "in words"])
def test_what_does_as_given_is_not_attempted_and_earns_nothing(function):
    result = judge(function, TWO, seed=4)
    assert (result.status, result.points, result.misconception) == ("not attempted", 0.0, None)
    assert "still does what it did as it was given" in result.message
    assert {(part.status, part.points) for part in result.parts} == {("not attempted", 0.0)}
    assert result.function is line_and_slope


def test_an_empty_function_is_not_attempted_in_the_usual_words():
    def line_and_slope(x, weight, bias):
        raise NotImplementedError

    result = judge(line_and_slope, TWO)
    assert (result.status, result.points) == ("not attempted", 0.0)
    assert "fill in the cell above" in result.message


def test_a_repaired_function_passes():
    result = judge(wrong(), TWO)
    assert (result.status, result.points) == ("passed", 100.0)


def test_half_a_repair_earns_the_parts_that_it_repairs():
    result = judge(wrong(SLOPE), TWO)
    assert {part.name: part.points for part in result.parts} == {
        "line": 40, "slope": 0, "energy": 0, "inputs left unchanged": 5}
    assert result.misconception == "planted_1_left"
    assert "One of the two mistakes is repaired, and one is left, as given." in result.message


@pytest.mark.parametrize(("left", "told"), [
    ((LINE,), "Two of the three mistakes are repaired, and one is left"),
    ((ENERGY,), "Two of the three mistakes are repaired, and one is left"),
    ((LINE, SLOPE), "One of the three mistakes is repaired, and two are left"),
    ((SLOPE, ENERGY), "One of the three mistakes is repaired, and two are left"),
])
def test_how_many_are_left_is_told_and_not_which(left, told):
    result = judge(wrong(*left), THREE, seed=9)
    assert result.status == "failed"
    assert told in result.message


def test_another_mistake_is_called_by_its_name_and_earns_nothing_while_nothing_is_repaired():
    result = judge(wrong(("weight * x + bias", "weight * x"), SLOPE), TWO)
    assert "The bias is missing." in result.message
    assert "mistakes" not in result.message  # none is repaired, so none is counted
    assert "Nothing that was wrong in the given function is right yet." in result.message
    assert result.points == 0
    assert {part.name: part.status for part in result.parts}["inputs left unchanged"] == "not attempted"


def test_with_one_mistake_there_is_nothing_in_between():
    one = exercise_with(LINE)
    assert [found.id for found in one.misconceptions] == ["no_bias"]
    assert "# FIND THE MISTAKE: there is one in the lines below." in cells.stub_source(one)


# --- cells, sync, solve, reset, audit --------------------------------------------------------------------------

def test_the_stub_holds_the_reference_s_docstring_and_the_wrong_lines():
    source = cells.stub_source(TWO)
    assert source.splitlines() == [
        "def line_and_slope(x, weight, bias):",
        '    """Return the line, its slope and the mean square of both."""',
        "    # FIND THE MISTAKES: there are 2 in the lines below. Repair them.",
        "    line = weight * x - bias",
        "    slope = np.ones_like(x) * bias",
        "    energy = np.mean(line * line) + np.mean(slope * slope)",
        "    return line, slope, energy"]


def test_the_stub_as_a_learner_runs_it_is_not_attempted():
    space = {"np": np}
    exec(cells.stub_source(TWO), space)
    assert judge(space["line_and_slope"], TWO).status == "not attempted"


def test_sync_solve_and_reset_go_round(tmp_path):
    chapter = notebook(code("import numpy as np", "imports"))
    sync(chapter, [TWO])
    assert cells.find_stub(chapter, TWO)["source"] == cells.stub_source(TWO)
    assert sync(chapter, [TWO]) == []
    path = save(solve(chapter, [TWO]), tmp_path / f"{CHAPTER}.ipynb")
    assert "weight * x + bias" in cells.find_stub(files.read(path), TWO)["source"]
    saved = reset(path, TWO)
    assert "weight * x + bias" in saved.read_text(encoding="utf-8")
    assert cells.find_stub(files.read(path), TWO)["source"] == cells.stub_source(TWO)
    assert reset(path, TWO) is None


def test_given_lines_are_no_leak_and_repaired_ones_are():
    assert telling_lines(TWO) == {"line = weight * x + bias", "slope = np.ones_like(x) * weight"}
    assert leaks(cells.stub_source(TWO), [TWO]) == []
    assert leaks(cells.solved_source(TWO), [TWO]) == sorted(telling_lines(TWO))


def test_the_audit_wants_what_the_given_lines_need(tmp_path):
    def told(source):
        chapter = notebook(code(source, "imports"))
        sync(chapter, [TWO])
        return [line for line in audit_chapter(save(chapter, tmp_path / f"{CHAPTER}.ipynb"), [TWO], {})
                if "given lines" in line or "is not what" in line or "a line of a solution" in line]

    assert told("import numpy as np") == []
    assert told("x = 1") == [
        f"{CHAPTER}.ipynb: line_and_slope: its given lines need 'import numpy as np' in a cell above"]


def test_nbgrader_gives_out_what_is_given():
    pytest.importorskip("nbgrader")
    import nbformat
    from nbgrader.preprocessors import CheckCellMetadata, ClearSolutions, LockCells

    chapter = notebook(code("import numpy as np", "imports"))
    write = replace(TWO, id="write_it", given=None)
    sync(chapter, [TWO, write])
    wanted = [cell["source"] for cell in chapter["cells"]]
    released = nbformat.from_dict(source_version(chapter, [TWO, write]))
    assert released.cells[3].source != wanted[3]  # the solution of what is to be written
    for step in (LockCells, ClearSolutions, CheckCellMetadata):
        released, _ = step().preprocess(released, {})
    assert [cell.source for cell in released.cells] == wanted


# --- every exercise of the kind --------------------------------------------------------------------------------

GIVEN = [exercise for exercise in EXERCISES.values() if exercise.given is not None]
EVERY = pytest.mark.parametrize("exercise", GIVEN, ids=lambda exercise: exercise.id)


@EVERY
def test_every_given_function_is_wrong_in_most_of_its_points(exercise):
    plain = replace(exercise, given=None)
    result = judge(exercise.given, plain, seed=2)
    assert result.status == "failed"
    assert result.points < exercise.points / 2
    assert 1 <= len(exercise.given.replacements) <= 3


@EVERY
@pytest.mark.parametrize("seed", [0, 20261123])
def test_every_given_function_is_not_attempted_as_it_stands_in_the_cell(exercise, seed):
    space = {}
    exec("\n".join([*cells.import_lines(exercise.given), cells.stub_source(exercise)]), space)
    result = judge(space[exercise.id], exercise, seed, EXERCISES.values())
    assert (result.status, result.points) == ("not attempted", 0.0), result.message
    assert "as it was given" in result.message


@EVERY
def test_every_single_repair_earns_points_and_says_how_many_are_left(exercise):
    planted = exercise.given.replacements
    for repaired in planted if len(planted) > 1 else ():
        left = Patched(exercise.reference, *(other for other in planted if other is not repaired))
        result = judge(left, exercise, 5, EXERCISES.values())
        assert result.misconception == f"planted_{len(planted) - 1}_left", result.message
        assert 0 < result.points < exercise.points


def test_the_list_says_which_exercises_are_of_this_kind(capsys):
    assert cli.main(["list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["exercises"]
    assert {one["id"] for one in listed if one["find_the_mistake"]} == {exercise.id for exercise in GIVEN}
    assert cli.main(["list"]) == 0
    assert capsys.readouterr().out.count("  find the mistake") == len(GIVEN)
