"""Modules that may be imported although they are not there: nothing that is drawn, nothing that is known."""

import subprocess
import sys

import pytest
from asking import opened, outcome, value_of


@pytest.fixture(scope="module")
def guest():
    with opened() as session:
        yield session.sandbox


@pytest.fixture
def session(guest):
    session = guest.open()
    yield session
    session.close()


def problem(session, text):
    return session.cell("cell", text, 10)


@pytest.mark.parametrize("module", ["matplotlib", "matplotlib.pyplot", "mpl_toolkits.mplot3d.axes3d", "drawing",
                                    "drawing.units", "IPython.display", "ipywidgets", "seaborn", "tqdm.notebook",
                                    "google.colab.files", "numba", "autograder.checking", "autograder.exercises.ch03",
                                    "solutions.datasets", "solutions.data.names", "nbgrader.api"])
def test_what_draws_shows_or_is_ours_can_be_imported_everywhere(session, module):
    assert problem(session, f"import {module}") is None
    assert problem(session, f"def f():\n    import {module} as inner\n    from {module} import anything\nf()") is None
    assert problem(session, f"try:\n    from {module} import a, b\nexcept ImportError:\n    raise SystemError") is None


@pytest.mark.parametrize("text", [
    "fig, ax = Nothing()", "fig, (a, (b, c)), d = Nothing()", "first, *others = [Nothing(), 1]",
    "x = Nothing()[0, 1:2]", "Nothing()[0] = 3", "Nothing().a.b = 3",
    "with Nothing() as x, Nothing().y as z: pass", "for x in Nothing(): 1 / 0",
    "assert not list(Nothing()) and len(Nothing()) == 0", "assert Nothing() == 3 and Nothing().points == 25",
    "Nothing()(1, a=2)(3).b()", "@Nothing().interact(n=3)\ndef g(): return 4\nassert g() == 4",
    "@Nothing()\nclass G: pass\nG()", "print(Nothing(), [Nothing()], {Nothing(): 1})",
    "import copy; copy.deepcopy(Nothing())",
    "f'{Nothing()}'", "hash(Nothing()), bool(Nothing())",
], ids=range(17))
def test_what_does_nothing_takes_everything(session, text):
    assert problem(session, "from drawing import show\nNothing = type(show)\n" + text) is None


def test_check_gives_the_function_back(session):
    text = "from autograder import check\ndef g(): return 3\nresult = check(g)\nchecked_g = result.function\n" \
           "assert checked_g() == 3 and float(result.points) == 0.0 and result.message.upper()"
    assert problem(session, text) is None


def test_the_given_functions_are_found_where_they_are_imported_from(session):
    text = "import solutions, solutions.tools as tools\nfrom solutions import doubled\n" \
           "from solutions.tools import doubled as d\n"
    assert problem(session, text + "assert doubled(2) == d(2) == solutions.doubled(2) == tools.doubled(2) == 4") is None


def test_the_others_say_that_they_are_not_at_hand_when_they_are_called(session):
    assert problem(session, "from solutions import tripled\nfrom solutions.rnn import rnn_forward, EOS") is None
    for text in ("tripled(2)", "rnn_forward.anything(3)", "rnn_forward[0]", "a, b = EOS", "EOS + 1", "len(EOS)"):
        assert "is not at hand while a submission is graded: use a function of your own" in problem(session, text)
    assert "AttributeError" in problem(session, "import solutions\nsolutions.__nothing__")


@pytest.mark.parametrize(("text", "fails"), [
    ("import pandas as pd\nfrom torch import nn\nimport scipy.special, sklearn.svm as svm", False),
    ("from x import (\n  a,\n  b)\nfrom x.y import z", False),
    ("try:\n    import pandas\nexcept ImportError:\n    raise SystemError('as it should')", True),
    ("def g():\n    import pandas\ng()", True),
    ("if True:\n    import pandas", True),
    ("import numpy.no_such_module", True),
    ("from numpy import no_such_name", True),
    ("import json.no_such_module", True),
    ("import importlib\nimportlib.import_module('pandas')", True),
    ("import pandas\nimport pandas.api.types\nfrom pandas.api import types", False),
    ("from . import helper", True),
    ("from helper import *", False),
], ids=range(12))
def test_a_plain_import_of_what_is_not_here_goes_on_and_others_fail(session, text, fails):
    assert (problem(session, text) is not None) == fails


def test_a_module_that_is_not_here_says_so_when_it_is_used(session):
    problem(session, "import pandas as pd\nfrom scipy.special import expit")
    assert problem(session, "pd.DataFrame({})") == \
        "RuntimeError: pandas.DataFrame is not at hand while a submission is graded (line 1: pd.DataFrame({}))"
    assert "scipy.special.expit is not at hand" in outcome(session, "def f(): return expit(3.0)").text


def test_progress_bars_go_over_what_they_were_given(session):
    text = "from tqdm import tqdm, trange\ndef f():\n    bar = tqdm([1, 2, 3], desc='x')\n    bar.set_postfix(a=1)\n" \
           "    return list(bar), list(trange(2, 5)), len(tqdm(range(4))), [x for x in tqdm(iter('ab'))]"
    assert outcome(session, text) == ([1, 2, 3], [2, 3, 4], 4, ["a", "b"])


def test_the_standard_library_is_there_and_numpy_whole(session):
    assert value_of(session, "__import__('statistics').mean([1, 2, 3])") == 2
    text = "import numpy.fft, numpy.polynomial, numpy.ma, numpy.testing, numpy.lib.stride_tricks, sqlite3, decimal, ssl"
    text += "\nnumpy.testing.assert_allclose(numpy.fft.ifft(numpy.fft.fft([1, 2])), [1, 2])"
    assert problem(session, text) is None


def test_a_python_without_the_stand_ins_is_not_changed():
    script = "import autograder.sandbox.standins, sys\ntry:\n    import drawing_that_is_not_there\n" \
             "except ImportError:\n    sys.exit(3)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 3
