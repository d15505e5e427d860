"""Submissions that mean harm: each costs only itself, earns only what its functions earn, and is told plainly."""

import glob
import os

import pytest
from hostile_cases import read
from notebooks import POINTS, save

HOSTILE = read("hostile.txt")
FEWER = {  # layers that are left out: all of these submissions are graded there that some other layer holds
    "without bubblewrap": ("bubblewrap",),
    "without walls": ("bubblewrap", "namespaces"),
    "without walls and Landlock": ("bubblewrap", "namespaces", "landlock"),
    "without walls and seccomp": ("bubblewrap", "namespaces", "seccomp"),
    "a program for each": ("fork",),
}
SOME = ("an endless loop", "swallows every exception", "ends its process", "kills itself", "a fork bomb", "a daemon",
        "a memory bomb in pieces", "fills the disk", "takes away rights", "reads the reference",
        "imports the reference", "reads the memory of others", "lists what there is", "connects", "sends a packet",
        "forges an answer", "puts another file in the connection's place")


def marks(names):
    """Files that a submission has made where it must not."""
    return [path for place in (*names["PLACES"], *names["SYSTEM"]) for path in glob.glob(f"{place}/*hostile-mark*")]


def modes(names):
    return [(os.stat(place).st_mode, os.stat(place).st_uid) for place in (*names["PLACES"], *names["SYSTEM"])]


def try_out(case, grader, names):
    """Grade a case and check all that must hold for every one; return its record."""
    names = names(grader)
    before = modes(names)
    path = save(case.notebook(names), grader.place / "submitted" / "hostile.ipynb")
    record = grader.grade(path)
    assert marks(names) == []
    assert modes(names) == before
    results = {result["id"]: result for result in record["exercises"]}
    assert list(results) == list(POINTS)
    for name, result in results.items():
        if name in case.lost:  # that a wrong function leaves its inputs alone earns a point or two
            assert result["points"] <= sum(part["max_points"] for part in result["parts"] if "inputs" in part["name"])
        else:
            assert name in case.may_lose or (name, result["points"]) == (name, POINTS[name])
    told = "\n".join([results["count_parameters"]["message"], *record["remarks"]])
    assert case.told in told
    if case.reason != "any" and not case.may_lose:
        assert (results["count_parameters"]["reason"] or "") == case.reason
    assert record["points"] == sum(result["points"] for result in results.values())
    assert record["status"] == "graded"
    assert os.path.getsize(names["GRADEBOOK"]) == 9
    assert grader.leftovers() == []
    assert grader.grade(grader.right)["points"] == 100
    return record


def holds(case, grader):
    return not case.needs or set(case.needs) & set(grader.level)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_submission_costs_only_itself(name, graders, names):
    case, grader = HOSTILE[name], graders()
    if not holds(case, grader):
        assert set(grader.level) <= {"rlimits", "landlock", "seccomp", "nobody"}
        pytest.skip(f"this machine has only {', '.join(grader.level)}, and this takes one of {', '.join(case.needs)}")
    try_out(case, grader, names)


@pytest.mark.parametrize("level", FEWER)
def test_where_a_layer_is_missing_the_others_hold(level, graders, names):
    grader = graders(FEWER[level])
    cases = [HOSTILE[name] for name in SOME if holds(HOSTILE[name], grader)]
    assert len(cases) >= 3, grader.level
    for case in cases:
        print(level, grader.level, case.name)
        try_out(case, grader, names)


def test_the_same_submission_gets_the_same_in_every_run(graders, names):
    def told(grader, case):
        record = grader.grade(save(case.notebook(names(grader)), grader.place / "submitted" / "hostile.ipynb"))
        return {key: value for key, value in record.items() if key not in ("seconds", "isolation")}

    for name in ("an endless loop", "ends its process", "right at first only", "a cell that sleeps"):
        first, again, other = (told(grader, HOSTILE[name])
                               for grader in (graders(), graders(), graders(("bubblewrap",))))
        assert first == again == other
