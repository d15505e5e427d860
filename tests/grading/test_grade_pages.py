"""The pages: what a student reads, what the teacher reads, and that no text of a stranger is more than text."""

import html
import json
import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from classroom import CHAPTER, IDS, SEED, answers

from autograder.engine import draw_cases
from autograder.exercises import EXERCISES, find
from autograder.grading import feedback, overview, pages, similar, summary, tables

NASTY = "<img src=x onerror=alert(1)>\"'&</pre><script>alert(2)</script>"
SITE = "https://example.org/book/"


class Reader(HTMLParser):
    """Checks that elements are closed in order, and collects them."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.links, self.text = [], set(), [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        assert not [name for name, _ in attributes if name.startswith("on")]
        self.links += [value for name, value in attributes if name in ("href", "src")]
        if tag not in pages.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture(scope="module")
def records(course):
    return {record["student"]: record
            for record in json.loads((course / "all.json").read_text(encoding="utf-8"))["submissions"]}


def page_of(course, student):
    return (course / "pages" / student / CHAPTER / f"{CHAPTER}.html").read_text(encoding="utf-8")


def nasty(record):
    """The same record with hostile text wherever a stranger can put some."""
    exercises = [{**result, "message": f"{NASTY}\n{result['message']}"} for result in record["exercises"]]
    return {**record, "student": NASTY, "notebook": NASTY, "remarks": [NASTY], "status": "timeout",
            "exercises": exercises, "code": dict.fromkeys(IDS, NASTY)}


# --- for the student ----------------------------------------------------------------------------

def test_a_student_reads_points_diagnosis_hints_and_their_code(course, records):
    text, record = page_of(course, "student001"), records["student001"]
    shown = " ".join("".join(Reader(text).text).split())
    assert f"{CHAPTER}: {record['points']:g} of 100 points" in shown
    for result in record["exercises"]:
        exercise = find(result["id"])
        assert "From here on" not in result["message"]
        assert f"{result['points']:g} of {result['max_points']:g} points" in shown
        assert result["message"].split("\n")[0].replace("`", "") in shown
        assert all(hint.replace("`", "") in shown for hint in exercise.hints)
    assert "np.zeros_like(a0)" in shown


def test_a_mistake_has_a_link_to_its_passage(records):
    record = records["student001"]
    found = [next(m.anchor for m in find(result["id"]).misconceptions if m.id == result["misconception"])
             for result in record["exercises"] if result["misconception"]]
    assert found
    assert Reader(feedback.page(record, SITE)).links == [SITE + anchor for anchor in found]
    without = Reader(feedback.page(record, None))
    assert without.links == []
    assert "section" in "".join(without.text)


def test_no_hidden_value_is_on_any_page(course, records):
    """Not one number of the hidden cases, nor of what the reference makes of them."""
    numbers = set()
    for name in IDS:
        for case in draw_cases(find(name), int(SEED)):
            numbers |= set(re.findall(r"\d\.\d{3}", repr(case.args)))
            numbers |= set(re.findall(r"\d\.\d{3}", repr(find(name).reference(*case.args))))
    assert len(numbers) > 100
    for student in records:
        shown = set(re.findall(r"(?<![\d.])\d\.\d{3}", "".join(Reader(page_of(course, student)).text)))
        assert shown & numbers == set()


def test_a_page_says_that_a_notebook_could_not_be_read(course):
    assert "broken JSON" in page_of(course, "yan")
    Reader(page_of(course, "yan"))


def test_the_given_docstring_is_left_out_of_the_code(course):
    assert "Notes" not in "".join(Reader(page_of(course, "student000")).text)
    own = 'def rnn_forward(x, a0, parameters):\n    """My own words."""\n    return 1'
    assert feedback.own_code(own, find("rnn_forward")) == own


def test_hostile_text_is_text_on_every_page(records):
    record = nasty(records["student001"])
    for text in (feedback.page(record, SITE),
                 overview.page(summary.Summary([record]), lambda name: [record] * 9, SITE)):
        assert html.escape(NASTY) in text
        reader = Reader(text)
        assert reader.tags.isdisjoint({"script", "img", "iframe", "object"})
        assert all(link.startswith(SITE) for link in reader.links)
        assert "default-src 'none'" in html.unescape(text)


@pytest.mark.parametrize(("name", "safe"), [
    ("ada", True), ("Ada Lovelace", True), ("李", True), ("..", False), (".", False), ("a/b", False), ("a\\b", False),
    ("con", False), ("Aux.txt", False), ("a" * 300, False), ("a:b", False), ("a.", False), ("", False), ("-rf", True)])
def test_a_students_name_leads_to_no_other_folder(tmp_path, name, safe):
    assert feedback.is_safe(name) is safe
    place = feedback.place(tmp_path, {"student": name, "assignment": CHAPTER}, "key-1234")
    assert place.parts[-3] == (name if safe else "key-1234")
    assert place.resolve().is_relative_to(tmp_path)


# --- for the teacher ----------------------------------------------------------------------------

def test_the_report_shows_the_class(course, records):
    text = (course / "report.html").read_text(encoding="utf-8")
    shown = " ".join("".join(Reader(text).text).split())
    assert "6 submissions" in shown
    assert "yan" in shown
    made = {(result["id"], result["misconception"]) for record in records.values() for result in record["exercises"]
            if result["misconception"]}
    assert made
    for name, misconception in made:
        mistake = next(found for found in EXERCISES[name].misconceptions if found.id == misconception)
        assert mistake.message.replace("`", "") in shown
        assert any(link.endswith(mistake.anchor) for link in Reader(text).links)


def test_the_report_counts_right(records):
    found = summary.Summary(records.values())
    assignment = found.assignments[CHAPTER]
    assert found.count == 6
    assert assignment.statuses == {"graded": 5, "unreadable": 1}
    assert sum(assignment.tenths()) == 5
    assert assignment.tenths()[-1] == 2
    assert assignment.mean == sum(record["points"] for record in records.values()) / 5
    for name, tally in assignment.exercises.items():
        results = [result for record in records.values() for result in record["exercises"] if result["id"] == name]
        assert tally.count == 5
        assert tally.outcomes["passed"] == sum(result["status"] == "passed" for result in results)
        assert tally.mistakes.total() == sum(bool(result["misconception"]) for result in results)
    assert [entry["student"] for entry, _ in assignment.flagged] == ["yan"]


def test_a_long_list_of_flagged_submissions_is_cut(monkeypatch):
    monkeypatch.setattr(summary, "MOST_FLAGGED", 3)
    record = {"student": "ada", "notebook": "x.ipynb", "assignment": None, "status": "unreadable", "points": 0.0,
              "max_points": 0.0, "exercises": [], "remarks": ["why"], "isolation": [], "seconds": 0.0}
    found = summary.Summary([record] * 8)
    assert len(found.assignments[None].flagged) == 3
    assert found.assignments[None].more == 5
    assert "… and 5 more" in overview.page(found, lambda name: [])


def test_the_books_address_is_the_given_one_or_the_clones(tmp_path, monkeypatch):
    assert pages.site_address("https://example.org/x") == "https://example.org/x/"
    (tmp_path / "_config.yml").write_text("repository:\n  url: https://github.com/Some-One/course\n", encoding="utf-8")
    monkeypatch.setattr(pages, "CLONE", tmp_path)
    assert pages.site_address() == "https://some-one.github.io/course/"
    monkeypatch.setattr(pages, "CLONE", tmp_path / "nowhere")
    assert pages.site_address() is None


# --- similar submissions ------------------------------------------------------------------------

def classmates(count):
    """Students who each write the right answers in their own way."""
    found = []
    for number in range(count):
        code = {name: text.replace("return", f"# my note number {number}\n    return", 1)
                for name, text in answers("right").items()}
        found.append({"student": f"s{number}", "code": code})
    return found


def test_whoever_shares_what_nobody_else_wrote_is_listed():
    pytest.importorskip("rapidfuzz")
    found = classmates(12)
    own = "\n".join(f"    intermediate_value_{number} = something_unusual({number})" for number in range(6))
    for place, renamed in ((3, "parameters"), (7, "params")):
        found[place]["code"]["rnn_forward"] += "\n" + own.replace("parameters", renamed)
    pairs = similar.pairs(found)
    assert [pair[:3] for pair in pairs] == [("s3", "s7", 6)]
    assert 60 <= pairs[0][3] <= 100
    report = overview._similar(found)
    assert "s3" in report
    assert "proof of nothing" in report


def test_right_answers_after_one_formula_are_not_similar():
    pytest.importorskip("rapidfuzz")
    assert similar.pairs(classmates(12)) == []
    assert similar.pairs([{"student": str(number), "code": answers("right")} for number in range(9)]) == []
    assert similar.pairs([{"student": str(number), "code": answers("blank")} for number in range(9)]) == []
    assert similar.pairs(classmates(3)) == []


def test_without_the_library_the_report_says_so(monkeypatch):
    monkeypatch.setattr(similar, "available", lambda: False)
    assert "RapidFuzz is not installed" in overview.page(SimpleNamespace(
        assignments={CHAPTER: summary.Assignment(CHAPTER, 100.0)}, count=0, levels=summary.Counter()), None)


# --- tables -------------------------------------------------------------------------------------

def test_a_file_is_there_whole_or_not_at_all(tmp_path):
    def failing():
        yield {"student": "ada"}
        raise RuntimeError

    with pytest.raises(RuntimeError):
        tables.write_json(tmp_path / "a.json", failing())
    assert list(tmp_path.iterdir()) == []


def test_moodle_takes_one_assignment(tmp_path):
    with pytest.raises(Exception, match="one assignment at a time"):
        tables.write_moodle(tmp_path / "m.csv", [], ["03_rnn_model", "04_backpropagation_through_time"])
