"""The engine: checks any function against any exercise, and knows nothing of what it is about.

========================  =====================================================================
``exercise``              what an exercise, a case, a part and a misconception are: plain values
``sizes``                 drawing sizes that are pairwise different
``nest``                  walking through results made of tuples, dicts and arrays
``run``                   calling a function and keeping all that happened
``compare``               one output against what is wanted; the words for every difference
``entries``               the same for a dict of arrays, whatever its keys
``verdict``               the same for what a learner's own test says of a function
``prediction``            the same for what is predicted before it is looked at
``distribution``          the same for random draws, with a bounded rate of false alarms
``evidence``              the mathematics of that bound
``patch``                 a wrong function as the right one with some lines replaced
``parts``                 what each part of an exercise looks at in an outcome
``subject``               who answers the cases: a function of this process, or of another
``diagnose``              which misconception explains a wrong answer
``given``                 a wrong function that is given to be repaired: what is repaired
``judge``                 all cases, all parts: from a subject to a result
``result``                what a check says, as text, HTML and JSON
========================  =====================================================================

It imports numpy and the standard library alone, so that it runs in a browser too.
"""

from autograder.engine.compare import Array, Exact, Gradient, Group, Present
from autograder.engine.distribution import Certain, Draws, FromGenerator
from autograder.engine.entries import Entries
from autograder.engine.exercise import Case, Exercise, Misconception, Part, Seed
from autograder.engine.judge import draw_cases, judge
from autograder.engine.parts import intact
from autograder.engine.patch import Patched, undecorated_source, without_docstring
from autograder.engine.prediction import Choice, Estimate
from autograder.engine.result import PartResult, Result
from autograder.engine.sizes import different_sizes
from autograder.engine.verdict import Candidate, Verdict

__all__ = [
    "Array", "Candidate", "Case", "Certain", "Choice", "Draws", "Entries", "Estimate", "Exact", "Exercise",
    "FromGenerator", "Gradient", "Group", "Misconception", "Part", "PartResult", "Patched", "Present", "Result",
    "Seed", "Verdict", "different_sizes", "draw_cases", "intact", "judge", "undecorated_source",
    "without_docstring",
]
