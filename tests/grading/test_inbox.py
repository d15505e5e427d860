"""Which submissions there are: every layout a teacher has, and names and zips of strangers."""

import io
import struct
import sys
import zipfile

import pytest

from autograder.errors import CourseError
from autograder.grading import archive, inbox

CHAPTER, OTHER = "03_rnn_model", "04_backpropagation_through_time"


def put(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}", encoding="utf-8")
    return folder


def pack(path, *names, data=b"{}", **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, data, **options)
    return path


def found(place, assignment=None, tmp_path=None):
    return [(work.student, work.assignment) for work in inbox.find(place, assignment, tmp_path and tmp_path / "out")
            if not work.refused]


# --- folders ------------------------------------------------------------------------------------

def test_nbgraders_layout(tmp_path):
    put(tmp_path, f"ben/{CHAPTER}/{CHAPTER}.ipynb", f"ada/{CHAPTER}/{CHAPTER}.ipynb", f"ada/{OTHER}/{OTHER}.ipynb",
        f"ada/{CHAPTER}/.ipynb_checkpoints/{CHAPTER}-checkpoint.ipynb", f"ada/{CHAPTER}/timestamp.txt")
    assert found(tmp_path) == [("ada", CHAPTER), ("ada", OTHER), ("ben", CHAPTER)]
    assert found(tmp_path, CHAPTER) == [("ada", CHAPTER), ("ben", CHAPTER)]


def test_a_folder_of_notebooks_is_a_student_each(tmp_path):
    put(tmp_path, f"ada_{CHAPTER}.ipynb", f"ben_{CHAPTER}.ipynb", "roster.csv")
    assert found(tmp_path) == [(f"ada_{CHAPTER}", CHAPTER), (f"ben_{CHAPTER}", CHAPTER)]


def test_a_file_of_another_name_is_graded_and_flagged(tmp_path):
    put(tmp_path, f"ada/{CHAPTER}/rnn (1).ipynb")
    work, = inbox.find(tmp_path)
    assert (work.student, work.assignment) == ("ada", CHAPTER)
    assert "rnn (1).ipynb" in work.remarks[0]


def test_of_two_notebooks_the_one_with_the_right_name_is_graded_and_the_other_told(tmp_path):
    put(tmp_path, f"ada/{CHAPTER}/zzz.ipynb", f"ada/{CHAPTER}/{CHAPTER}.ipynb", f"ada/{CHAPTER}/aaa.ipynb")
    work, = inbox.find(tmp_path)
    assert work.name == f"{CHAPTER}.ipynb"
    assert "3 notebooks" in work.remarks[0]


def test_a_notebook_that_does_not_say_what_it_is_takes_the_assignment_of_the_command_line(tmp_path):
    put(tmp_path, "ada/homework.ipynb")
    assert found(tmp_path) == [("ada", None)]
    assert found(tmp_path, CHAPTER) == [("ada", CHAPTER)]


def test_whoever_handed_in_something_else_is_not_forgotten(tmp_path):
    put(tmp_path, f"ada/{CHAPTER}/{CHAPTER}.ipynb", f"ben/{CHAPTER}/report.pdf")
    (tmp_path / "cleo" / CHAPTER).mkdir(parents=True)
    works = {work.student: work for work in inbox.find(tmp_path)}
    assert works["ben"].refused == "no notebook, but report.pdf"
    assert works["cleo"].refused == "an empty folder"
    assert works["cleo"].assignment == CHAPTER


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_is_not_followed(tmp_path):
    put(tmp_path, f"ada/{CHAPTER}/{CHAPTER}.ipynb")
    (tmp_path / "ben").mkdir()
    (tmp_path / "ben" / CHAPTER).symlink_to(tmp_path / "ada" / CHAPTER)
    (tmp_path / "cleo" / CHAPTER).mkdir(parents=True)
    (tmp_path / "cleo" / CHAPTER / f"{CHAPTER}.ipynb").symlink_to(tmp_path / "ada" / CHAPTER / f"{CHAPTER}.ipynb")
    works = {work.student: work.refused for work in inbox.find(tmp_path)}
    assert works["ada"] == ""
    assert "link" in works["ben"]
    assert "link" in works["cleo"]


def test_the_courses_folder_is_not_taken_for_the_submissions(tmp_path):
    put(tmp_path, f"submitted/ada/{CHAPTER}/{CHAPTER}.ipynb", f"release/{CHAPTER}/{CHAPTER}.ipynb")
    with pytest.raises(CourseError, match="submissions are in"):
        inbox.find(tmp_path)


@pytest.mark.parametrize("name", ["a\tb", "a\x1b[2J", "é" * 300, "..hidden", "a\u202eb", " ", "'; DROP TABLE student"])
def test_any_students_name_becomes_one_that_can_be_shown_and_stored(name):
    work = inbox._work(f"{name}/{CHAPTER}/{CHAPTER}.ipynb", "x", "", None)
    assert work.student.isprintable()
    assert 0 < len(work.student) <= 200
    assert work.key == work.key.encode("ascii").decode()
    assert "/" not in work.key
    assert not work.key.startswith(".")


def test_names_that_look_alike_as_files_have_different_keys():
    keys = {inbox.Work(name, CHAPTER, "x").key for name in ("a b", "a_b", "a/b", "A_b", "ａ_b")}
    assert len({key.lower() for key in keys}) == 5


# --- Moodle and Canvas --------------------------------------------------------------------------

def test_moodles_zip(tmp_path):
    path = pack(tmp_path / "moodle.zip", f"Ada Lovelace_1234_assignsubmission_file_/{CHAPTER}.ipynb",
                f"Ben Öz_99_assignsubmission_file_/my {CHAPTER}.ipynb", "Cleo_7_assignsubmission_file_/notes.docx")
    works = inbox.find(path, CHAPTER, tmp_path / "out")
    assert [(work.student, work.number, bool(work.refused)) for work in works] == [
        ("Ada Lovelace", "1234", False), ("Ben Öz", "99", False), ("Cleo", "7", True)]


def test_moodles_zip_without_folders(tmp_path):
    path = pack(tmp_path / "moodle.zip", f"Ada Lovelace_1234_assignsubmission_file_{CHAPTER}.ipynb")
    work, = inbox.find(path, None, tmp_path / "out")
    assert (work.student, work.number, work.assignment) == ("Ada Lovelace", "1234", CHAPTER)


@pytest.mark.parametrize("name", ["lovelaceada_123_4567_03_rnn_model.ipynb",
                                  "lovelaceada_LATE_123_4567_03_rnn_model-1.ipynb"])
def test_canvas_zip(tmp_path, name):
    work, = inbox.find(pack(tmp_path / "canvas.zip", name), None, tmp_path / "out")
    assert (work.student, work.number, work.assignment) == ("lovelaceada", "123", CHAPTER)


def test_a_download_that_was_unpacked_by_hand_is_read_alike(tmp_path):
    put(tmp_path / "a", f"Ada Lovelace_1234_assignsubmission_file_/{CHAPTER}.ipynb")
    put(tmp_path / "b", "lovelaceada_123_4567_03_rnn_model.ipynb")
    assert found(tmp_path / "a") == [("Ada Lovelace", CHAPTER)]
    assert found(tmp_path / "b") == [("lovelaceada", CHAPTER)]


def test_a_zip_of_nbgraders_folder_or_with_one_folder_around_it(tmp_path):
    path = pack(tmp_path / "one.zip", f"submitted/ada/{CHAPTER}/{CHAPTER}.ipynb",
                f"submitted/ben/{CHAPTER}/{CHAPTER}.ipynb")
    assert found(path, None, tmp_path) == [("ada", CHAPTER), ("ben", CHAPTER)]
    path = pack(tmp_path / "two.zip", f"hw3/ada-{CHAPTER}.ipynb", f"hw3/ben-{CHAPTER}.ipynb", "__MACOSX/hw3/x.ipynb")
    assert found(path, None, tmp_path) == [(f"ada-{CHAPTER}", CHAPTER), (f"ben-{CHAPTER}", CHAPTER)]


# --- hostile zips -------------------------------------------------------------------------------

@pytest.mark.parametrize("name", [f"../../{CHAPTER}.ipynb", f"/etc/{CHAPTER}.ipynb", f"C:\\x\\{CHAPTER}.ipynb",
                                  f"ada/../../../{CHAPTER}.ipynb", f"..\\..\\{CHAPTER}.ipynb"])
def test_a_path_in_a_zip_leads_nowhere(tmp_path, name):
    path = pack(tmp_path / "x.zip", name)
    before = set(tmp_path.rglob("*"))
    work, = inbox.find(path, None, tmp_path / "out")
    assert set(tmp_path.rglob("*")) - before == {tmp_path / "out", tmp_path / "out" / "000000.ipynb"}
    assert work.path == str(tmp_path / "out" / "000000.ipynb")


def test_a_bomb_is_refused_and_the_others_are_read(tmp_path):
    path = pack(tmp_path / "x.zip", f"bomb/{CHAPTER}.ipynb", data=b"0" * 20_000_000)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(f"ada/{CHAPTER}.ipynb", "{}")
        link = zipfile.ZipInfo(f"link/{CHAPTER}.ipynb")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
    works = {work.student: work.refused for work in inbox.find(path, None, tmp_path / "out")}
    assert works["ada"] == ""
    assert "times its size" in works["bomb"]
    assert "link" in works["link"]
    assert sum(file.stat().st_size for file in (tmp_path / "out").iterdir()) < 100


def test_a_member_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path):
    raw = bytearray(pack(tmp_path / "x.zip", f"ada/{CHAPTER}.ipynb", data=b"x" * 100_000).read_bytes())
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = raw.index(signature) + place
        raw[start:start + 4] = struct.pack("<I", 10)
    (tmp_path / "x.zip").write_bytes(raw)
    inbox.find(tmp_path / "x.zip", None, tmp_path / "out")
    assert sum(file.stat().st_size for file in (tmp_path / "out").iterdir()) <= 11


def test_a_damaged_member_costs_only_itself(tmp_path):
    raw = bytearray(pack(tmp_path / "x.zip", f"ada/{CHAPTER}.ipynb", data=b"some words " * 9).read_bytes())
    raw[raw.index(b"ipynb") + 6] ^= 255
    (tmp_path / "x.zip").write_bytes(raw)
    with zipfile.ZipFile(tmp_path / "x.zip", "a") as file:
        file.writestr(f"ben/{CHAPTER}.ipynb", "{}")
    works = {work.student: work.refused for work in inbox.find(tmp_path / "x.zip", None, tmp_path / "out")}
    assert "damaged" in works["ada"]
    assert works["ben"] == ""


def test_an_encrypted_member_is_told(tmp_path):
    raw = bytearray(pack(tmp_path / "x.zip", f"ada/{CHAPTER}.ipynb").read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + place] |= 1
    (tmp_path / "x.zip").write_bytes(raw)
    work, = inbox.find(tmp_path / "x.zip", None, tmp_path / "out")
    assert "encrypted" in work.refused


def test_a_zip_that_unpacks_to_too_much_altogether_stops_there(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST", 5)
    path = pack(tmp_path / "x.zip", *(f"s{number}/{CHAPTER}.ipynb" for number in range(4)))
    assert [bool(work.refused) for work in inbox.find(path, None, tmp_path / "out")] == [False, False, True, True]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip", b"\x1f\x8b" + bytes(50)], ids=repr)
def test_what_is_no_zip_is_one_line(tmp_path, data):
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(CourseError, match="not a zip file"):
        inbox.find(tmp_path / "x.zip", None, tmp_path / "out")


def test_a_broken_table_of_contents_is_one_line(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr(f"ada/{CHAPTER}.ipynb", "{}")
    raw = bytearray(data.getvalue())
    raw[raw.index(b"PK\x01\x02") + 20:][:8] = b"\xff" * 8
    (tmp_path / "x.zip").write_bytes(raw[:-10])
    with pytest.raises(CourseError, match=r"x\.zip"):
        inbox.find(tmp_path / "x.zip", None, tmp_path / "out")
