"""A class in numbers, gathered one result at a time: for the terminal and for the report."""

from collections import Counter
from dataclasses import dataclass, field

from autograder import exercises as course
from autograder.words import say

GRADED = "graded"
MOST_FLAGGED = 500  # submissions that are listed one by one
TENTHS = 10


@dataclass
class Tally:
    """One exercise over the whole class.

    Attributes
    ----------
    outcomes : Counter
        How many passed, failed and did not try it.
    points : float
        Sum of the points.
    mistakes : Counter
        How many made each misconception, by its id.
    lost : Counter
        How many were lost to a timeout, a crash, a violation.
    """

    outcomes: Counter = field(default_factory=Counter)
    points: float = 0.0
    mistakes: Counter = field(default_factory=Counter)
    lost: Counter = field(default_factory=Counter)

    def add(self, result):
        """Count one result."""
        self.outcomes[result["status"]] += 1
        self.points += result["points"]
        if result["misconception"]:
            self.mistakes[result["misconception"]] += 1
        if result.get("reason"):
            self.lost[result["reason"]] += 1

    @property
    def count(self):
        """How many results there are."""
        return self.outcomes.total()


@dataclass
class Assignment:
    """One assignment over the whole class.

    Attributes
    ----------
    name : str or None
        None for submissions of which nobody can tell what they are.
    max_points : float
    statuses : Counter
        How many were graded, unreadable, ….
    points : list of float
        Of those that could be read.
    exercises : dict of str to Tally
    flagged : list of (dict, list of str)
        Student, file and status of a submission that a person should look at, and why.
    more : int
        How many more of them there are.
    """

    name: str | None
    max_points: float
    statuses: Counter = field(default_factory=Counter)
    points: list = field(default_factory=list)
    exercises: dict = field(default_factory=dict)
    flagged: list = field(default_factory=list)
    more: int = 0

    def add(self, record):
        """Count one record."""
        self.statuses[record["status"]] += 1
        if record["exercises"]:
            self.points.append(record["points"])
        for result in record["exercises"]:
            self.exercises.setdefault(result["id"], Tally()).add(result)
        reasons = reasons_to_look(record)
        if reasons and len(self.flagged) < MOST_FLAGGED:
            self.flagged.append(({key: record[key] for key in ("student", "notebook", "status")}, reasons))
        elif reasons:
            self.more += 1

    @property
    def mean(self):
        """Mean of the points; None where there are none."""
        return sum(self.points) / len(self.points) if self.points else None

    def tenths(self):
        """Return how many have each tenth of the points; full points are in the last."""
        counts = [0] * TENTHS
        for points in self.points:
            counts[min(int(TENTHS * points / max(self.max_points, 1e-9)), TENTHS - 1)] += 1
        return counts

    def mistakes(self):
        """Return the misconceptions that were made, most frequent first: exercise, misconception, how many."""
        known = course.EXERCISES
        found = [(known[name], misconception, tally.mistakes[misconception.id])
                 for name, tally in self.exercises.items() if name in known
                 for misconception in known[name].misconceptions if tally.mistakes[misconception.id]]
        return sorted(found, key=lambda item: -item[2])

    def passages(self):
        """Return the passages to teach again, most needed first: link, how many mistakes lead there."""
        counts = Counter()
        for _, misconception, count in self.mistakes():
            counts[misconception.anchor] += count
        return counts.most_common()


class Summary:
    """All assignments of a run, by name.

    Parameters
    ----------
    records : iterable of dict
    """

    def __init__(self, records):
        self.assignments, self.count, self.levels, self.seconds = {}, 0, Counter(), 0.0
        for record in records:
            self.count += 1
            self.seconds += record["seconds"]
            if record["isolation"]:
                self.levels[tuple(record["isolation"])] += 1
            name = record["assignment"]
            if name not in self.assignments:
                self.assignments[name] = Assignment(name, record["max_points"])
            self.assignments[name].add(record)

    @property
    def statuses(self):
        """How many submissions have each status."""
        return sum((assignment.statuses for assignment in self.assignments.values()), Counter())


def reasons_to_look(record):
    """Return why a person should look at a submission; empty for most."""
    reasons = list(record["remarks"]) if record["status"] != GRADED else []
    reasons += [say("{exercise}: {reason}", exercise=result["id"], reason=result["reason"])
                for result in record["exercises"] if result.get("reason")]
    return reasons or ([record["status"]] if record["status"] != GRADED else [])


