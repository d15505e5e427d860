"""A function that was handed over does inside what it does in the notebook: to its arguments, by its errors, in all."""

import textwrap
from dataclasses import dataclass

import numpy as np
import pytest
from asking import opened, outcome

from autograder.engine import Case
from autograder.sandbox.effects import Mine, Theirs


@pytest.fixture(scope="module")
def session():
    with opened() as session:
        yield session


@dataclass(frozen=True)
class Unit:
    name: str
    forward: object
    make: object
    directions: int = 1


def scaled(gradients, limit):
    return {name: value * limit for name, value in gradients.items()}


def in_place(gradients, limit):
    for value in gradients.values():
        value *= limit
    return gradients


def entries_replaced(gradients, limit):
    for name in gradients:
        gradients[name] = gradients[name] * limit


def one_removed_one_added(gradients, limit):
    gradients["new"] = [gradients.pop("dW"), limit]
    return gradients["db"]


def stops_halfway(gradients, limit):
    gradients["dW"] += limit
    raise KeyError("db")


def raises_an_error_of_numpy(gradients, limit):
    return gradients["dW"] @ gradients["dW"]


def shuffled(gradients, limit):
    gradients["list"][:] = gradients["list"][::-1]
    return gradients["list"], gradients


CANDIDATES = [scaled, in_place, entries_replaced, one_removed_one_added, stops_halfway, raises_an_error_of_numpy,
              shuffled]
TELL = """
import numpy as np
def f(candidate):
    array, told = np.arange(6.0).reshape(2, 3), []
    gradients = {"dW": array, "db": np.ones(2), "same": array, "list": [1, [2]]}
    inner, kept, copies = gradients["list"][1], dict(gradients), {key: repr(item) for key, item in gradients.items()}
    try:
        found = candidate(gradients, 0.5)
        told += [repr(found), found is gradients, type(found).__name__]
        if isinstance(found, dict):
            told += [found.get(key) is item for key, item in kept.items()]
        if isinstance(found, tuple):
            told += [found[0] is kept["list"], found[1] is gradients]
        told.append(found is kept["db"])
    except Exception as error:
        told += [type(error).__name__ if type(error).__module__ == "builtins" else "ValueError", str(error)]
    told += [gradients.get(key) is item for key, item in kept.items()] + [list(gradients), inner is kept["list"][0]]
    told += [repr(item) == copies[key] for key, item in kept.items()] + [repr(gradients)]
    return told
"""


@pytest.mark.parametrize("candidate", CANDIDATES, ids=lambda function: function.__name__)
def test_what_a_function_does_to_its_arguments_is_seen(candidate, session):
    space = {}
    exec(textwrap.dedent(TELL), space)
    assert outcome(session, TELL, candidate) == space["f"](candidate)


LOCKED = """
def f(candidate):
    array = np.ones(3)
    array.flags.writeable = False
    try:
        candidate({"dW": array}, 0.5)
    except ValueError as error:
        return str(error)
    return array.tolist()
"""


@pytest.mark.parametrize("candidate", [in_place, scaled])
def test_an_array_that_nobody_may_write_to_is_one_there_too(candidate, session):
    space = {"np": np}
    exec(LOCKED, space)
    assert outcome(session, "import numpy as np" + LOCKED, candidate) == space["f"](candidate)


def test_an_object_with_functions_is_one_inside_and_comes_back_as_itself(session):
    def forward(x, cell=None):
        return 2 * x, cell is unit

    unit = Unit("RNN", forward, lambda other: (other, unit, [forward]), 2)
    source = """
    def f(cell, pair):
        made = cell.make(3)
        more = pair[0]["cell"].forward(5), made[2][0](6)
        return cell.forward(4, cell=cell), cell.name, cell.directions, made, cell, *more
    """
    session.cell("cell", textwrap.dedent(source), 5)
    (value, raised, *_, after), = session.answer("f", [Case((unit, ({"cell": unit}, 1)))], {}, 5)[0]
    assert raised is None
    assert value == ((8, True), "RNN", 2, (3, unit, [forward]), unit, (10, False), (12, False))
    assert (after[0], after[1][0]["cell"]) == (unit, unit)
    raised = outcome(session, "def f(cell): cell.name = 'LSTM'", unit)
    assert (raised.type, raised.text) == ("AttributeError", "cannot assign to field 'name'")


def test_an_object_is_the_one_that_was_imported(session):
    """Handed over, taken from the library at the top of a cell, as a default, or inside the function: all are one."""
    session.cell("cell", textwrap.dedent("""
    import solutions
    from solutions import UNIT, OTHER
    def f(given, cell=UNIT, *, other=OTHER):
        from solutions import UNIT as again
        return (given is UNIT, given is cell, given is again, given is solutions.UNIT, given == cell,
                given is OTHER, other is OTHER, other.name)
    """), 5)
    unit, other = (Unit(name, abs, abs, 1) for name in ("RNN", "GRU"))
    for found in (unit, other):
        (value, raised, *_), = session.answer("f", [Case((found,))], {}, 5, {"UNIT": unit, "OTHER": other})[0]
        assert raised is None
        assert value == (*[found is unit] * 5, found is other, True, "GRU")


def test_an_object_with_fields_that_can_be_called_is_called(session):
    @dataclass
    class Line:
        slope: float

        def __call__(self, x):
            return self.slope * x

    assert outcome(session, "def f(line): return line(3.0), line.slope, line", line := Line(2.0)) == (6.0, 2.0, line)


IMPORTS = ["from solutions import tripled, EOS, cell", "from solutions.x import tripled, EOS, cell",
           "from solutions import tripled as t, EOS as e, cell as c\ntripled, EOS, cell = t, e, c"]
UNIT = Unit("RNN", lambda x: x + 1, None)
LIBRARY = {"tripled": lambda x: 3 * x, "EOS": "<EOS>", "cell": UNIT, "same": lambda unit: unit is UNIT}
USE = "\ndef f(x, unit=cell, by=tripled):\n    return tripled(x), [EOS], cell.forward(x), unit.forward(x), by(x), " \
      "unit.name"


@pytest.mark.parametrize("imports", IMPORTS, ids=["package", "module", "other names"])
def test_what_an_exercise_may_use_is_there_while_its_function_runs(imports, session):
    assert session.cell("cell", imports + USE, 5) is None
    for _ in range(2):
        (value, raised, *_), = session.answer("f", [Case((2,))], {}, 5, LIBRARY)[0]
        assert raised is None
        assert value == (6, ["<EOS>"], 3, 3, 6, "RNN")
    (_, raised, *_), = session.answer("f", [Case((2,))], {}, 5)[0]
    assert "is not at hand while a submission is graded" in raised.text


@pytest.mark.parametrize("use", ["import solutions\ndef f(x): return solutions.tripled(x)",
                                 "def f(x):\n    from solutions import tripled\n    return tripled(x)",
                                 "import solutions.x as s\ndef f(x): return s.tripled(x)"])
def test_it_is_found_in_its_module_too(use, session):
    assert session.cell("cell", use, 5) is None
    assert session.answer("f", [Case((2,))], {}, 5, LIBRARY)[0][0][0] == 6


def test_a_default_of_the_library_is_handed_on_as_itself(session):
    session.cell("cell", "from solutions import cell, same\ndef f(x, unit=cell): return same(unit), same(cell), unit",
                 5)
    assert session.answer("f", [Case((2,))], {}, 5, LIBRARY)[0][0][0] == (True, True, UNIT)


def test_ones_own_function_of_the_same_name_stays(session):
    session.cell("cell", "def tripled(x): return 'mine'\ndef f(x): return tripled(x)", 5)
    assert session.answer("f", [Case((2,))], {}, 5, LIBRARY)[0][0][0] == "mine"
    assert session.answer("f", [Case((2,))], {"tripled": LIBRARY["tripled"]}, 5, LIBRARY)[0][0][0] == 6


def test_an_exception_of_any_kind_is_one_that_can_be_caught(session):
    def fails(kind):
        raise {"decode": UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"), "linalg": np.linalg.LinAlgError,
               "zero": ZeroDivisionError, "own": type("Own", (IndexError,), {})}[kind]

    source = "def f(g):\n    told = []\n    for kind in ('decode', 'linalg', 'zero', 'own', 'none'):\n" \
             "        try: g(kind)\n        except Exception as error: told.append(type(error).__name__)\n" \
             "    return told"
    assert outcome(session, source, fails) == ["UnicodeError", "ValueError", "ZeroDivisionError", "IndexError",
                                               "KeyError"]


def test_forged_places_are_refused_or_harmless():
    value = (np.ones(2), [np.ones(2), []], {"a": 1})
    mine = Mine(value)
    assert mine.places == (0, 1, 2, 3, 4)
    for places in [(0, 0, 0, 0, 0), (0, 1, 0, 1, 1), (-1, 2**70, 3, 4, 5), (0, 1, 2, 3, 4, 5)]:
        theirs = Theirs(places, ())
        copy = theirs.copy(value)
        assert repr(copy) == repr(value)
        assert theirs.changes() == ()
    for places in [(), (0, 1), ([], 1, 2, 3, 4)]:
        with pytest.raises((StopIteration, TypeError, RuntimeError)):
            Theirs(places, ()).copy(value)


def test_sizes_of_which_a_function_could_make_gigabytes_are_refused(session):
    raised = outcome(session, "def f(make): return make(90_000, 90_000)", lambda n, m: np.zeros((n, m)))
    assert "sizes too large" in raised.text
    raised = outcome(session, "import numpy as np\ndef f(make): return make(np.ones(2_000), m=50_000)",
                     lambda x, m: np.tile(x, m))
    assert "sizes too large" in raised.text
