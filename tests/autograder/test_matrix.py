"""The page of what catches which mistake: made, read back, audited; Markdown leaves its sentences alone."""

from dataclasses import replace

import pytest

from autograder import matrix
from autograder.cli import main
from autograder.exercises import EXERCISES

FEW = [replace(EXERCISES[name], misconceptions=EXERCISES[name].misconceptions[:4])
       for name in ("rnn_cell_forward", "rnn_forward", "build_vocabulary")]
TITLES = {"03_rnn_model": "3 · The RNN model"}


@pytest.fixture(scope="module")
def caught():
    found, faults = matrix.run(FEW)
    assert faults == []
    return found


@pytest.fixture
def page(tmp_path, caught):
    path = tmp_path / matrix.PAGE
    path.write_text(matrix.render(FEW, caught, TITLES), encoding="utf-8")
    return path


def test_every_mistake_is_caught_by_some_part(caught):
    assert len(caught) == 12
    assert all(caught.values())


def test_the_page_is_read_back_as_it_was_made(page, caught):
    assert matrix.read(page, FEW) == caught


def test_the_summary_counts(page):
    text = page.read_text(encoding="utf-8")
    assert "| [3 · The RNN model](03_rnn_model.ipynb) | 2 | 8 |" in text
    assert "| **together** | 3 |" in text


def test_an_audit_finds_nothing_in_a_page_that_is_current(page):
    assert matrix.audit(page, FEW, TITLES) == []


def test_an_audit_finds_a_changed_sentence_a_missing_mistake_and_a_part_that_is_gone(page):
    first = FEW[0]
    other = replace(first.misconceptions[0], message="Another sentence.")
    for changed in (replace(first, misconceptions=(other, *first.misconceptions[1:])),
                    replace(first, misconceptions=EXERCISES[first.id].misconceptions[:5])):
        assert len(matrix.audit(page, [changed, *FEW[1:]], TITLES)) == 1
    fewer = replace(first, parts=first.parts[:1])
    assert all("rnn_cell_forward" in line for line in matrix.audit(page, [fewer, *FEW[1:]], TITLES))
    assert matrix.audit(page, [fewer, *FEW[1:]], TITLES)


def test_an_audit_finds_what_was_typed_by_hand_or_left_over(page):
    page.write_text(page.read_text(encoding="utf-8") + "By hand.\n", encoding="utf-8")
    assert matrix.audit(page, FEW, TITLES) == [f"{matrix.PAGE}: not what the exercises say; run: autograder matrix"]
    assert len(matrix.audit(page, FEW[1:], TITLES)) == 1


def test_without_the_page_the_audit_tells_some_rows_and_counts_the_others(tmp_path):
    told = matrix.audit(tmp_path / matrix.PAGE, FEW, TITLES)
    assert len(told) == matrix.MOST_TOLD + 1
    assert "7 rows more" in told[-1]


def test_a_mistake_that_is_taken_for_another_is_a_fault():
    exchanged = replace(FEW[0].misconceptions[0], id="another", function=FEW[0].reference)
    _, faults = matrix.run([replace(FEW[0], misconceptions=(exchanged,))])
    assert len(faults) == 1


@pytest.mark.parametrize(("plain", "written"), [
    ("a^<t-1> is W_aa * x", r"a^&lt;t-1&gt; is W\_aa \* x"),
    ("write `a[t] | b_c` and a|b", r"write `a[t] \| b_c` and a\|b"),
    ("$5\nand [x]", r"\$5 and \[x\]"),
])
def test_markdown_shows_a_sentence_as_it_is(plain, written):
    assert matrix._markdown(plain) == written


def test_the_command_writes_the_page(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("autograder.exercises.EXERCISES", {exercise.id: exercise for exercise in FEW})
    assert main(["matrix", "--chapters", str(tmp_path)]) == 0
    assert "3 exercises, 12 mistakes" in capsys.readouterr().out
    assert len(matrix.read(tmp_path / matrix.PAGE, FEW)) == 12
