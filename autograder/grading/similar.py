"""Submissions that share what hardly anyone else wrote. A list to look at, no proof of anything.

In short functions after one formula, right answers resemble one another by themselves: a similarity of texts alone
would name half the class. So only lines count that few have written, and that are not in the chapter, in the
reference or in a hint. RapidFuzz, which nbgrader brings along, then says how much of the two texts is the same.
(copydetect, the nearest package made for this, compares each file with each other and has had no release since
2024-03.)
"""

import math
import re
from collections import Counter, defaultdict
from itertools import combinations

from autograder.exercises import EXERCISES
from autograder.notebooks.cells import head_and_body, stub_source

SHORTEST = 16  # characters of a line that tells anything
SHARED = 3  # rare lines that two must have in common
LIKE = 60.0  # percent of the text
CLASS = 5  # below so many submissions nothing is rare
MOST_RARE = 50  # submissions that a rare line is in, at most
LISTED = 50  # pairs


def available():
    """Whether RapidFuzz is installed."""
    try:
        import rapidfuzz  # noqa: F401
    except ImportError:
        return False
    return True


def pairs(records):
    """Return the pairs of submissions to look at, the most alike first.

    Parameters
    ----------
    records : iterable of dict
        Of one assignment.

    Returns
    -------
    list of (str, str, int, float)
        Two students, how many rare lines they share, percent of their texts that is the same.
    """
    from rapidfuzz import fuzz

    texts = {}
    for record in records:
        lines = own_lines(record.get("code", {}))
        if lines:
            texts[record["student"]] = lines
    if len(texts) < CLASS:
        return []
    writers = defaultdict(list)
    for student, lines in texts.items():
        for line in set(lines):
            writers[line].append(student)
    limit = min(MOST_RARE, max(2, math.isqrt(len(texts))))
    shared = Counter()
    for students in writers.values():
        if 2 <= len(students) <= limit:
            shared.update(combinations(sorted(students), 2))
    found = [(*pair, count, fuzz.ratio("\n".join(texts[pair[0]]), "\n".join(texts[pair[1]])))
             for pair, count in shared.items() if count >= SHARED]
    return sorted((item for item in found if item[3] >= LIKE), key=lambda item: (-item[3], -item[2], item))[:LISTED]


def own_lines(code):
    """Return the lines of a student's answers that say something and are not given."""
    return [line for name, text in code.items() for line in _lines(text) if line not in _given(name)]


def _lines(text):
    short = (re.sub(r"\s+", " ", line).strip() for line in text.split("\n"))
    return [line for line in short if len(line) >= SHORTEST]


_KNOWN = {}


def _given(name):
    """Lines that a student has from us: the stub, the reference's body (a right answer may be it), the hints."""
    if name not in _KNOWN:
        exercise = EXERCISES.get(name)
        texts = [*head_and_body(exercise.reference), stub_source(exercise), *exercise.hints] if exercise else []
        _KNOWN[name] = {line for text in texts for line in _lines(text)}
    return _KNOWN[name]
