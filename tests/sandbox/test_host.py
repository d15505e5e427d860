"""The two sides of the sandbox together: start, answers, calls out, time, loss, and starting again."""

import os
import signal
import socket
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pytest
from asking import ALL, LEVELS, opened, outcome, value_of
from confined import LINUX

from autograder.engine import Case, Seed
from autograder.engine.run import Raised
from autograder.sandbox import helpers, keepers, walls
from autograder.sandbox.host import LEVELS as KNOWN
from autograder.sandbox.host import LostError, Sandbox
from autograder.sandbox.remote import Remote

ON_LINUX = pytest.mark.skipif(not LINUX, reason="the server that forks is for Linux; test_other_platforms has the rest")


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(given="def doubled(x):\n    return 2 * x\n", patience=1.0, preload=("json", "no_such_module")) as one:
        yield one


@pytest.fixture
def session(sandbox):
    session = sandbox.open()
    yield session
    session.close()


# --- Answers


def test_a_function_answers_and_everything_that_happened_is_told(session):
    problem = session.cell("cell 1", "import numpy as np\n\ndef f(x, y):\n    print('here', x)\n    x[0] = 7\n"
                           "    np.log(np.zeros(1))\n    return {'sum': x + y, 'n': 3}, [None]", 5)
    assert problem is None
    x, y = np.arange(3.0), np.float32(2)
    (value, raised, printed, warned, after), = session.answer("f", [Case((x, y))], {}, 5)[0]
    np.testing.assert_array_equal(value[0]["sum"], [9, 3, 4])
    assert (value[0]["n"], value[1], raised, printed) == (3, [None], None, "here [0. 1. 2.]\n")
    assert warned == ("divide by zero encountered in log",)
    np.testing.assert_array_equal(after[0], [7, 1, 2])
    np.testing.assert_array_equal(x, [0, 1, 2])


def test_an_exception_is_told_by_the_learners_own_line(session):
    raised = outcome(session, "def f(x):\n    y = x\n    return y['key']", 3)
    assert raised == Raised("TypeError", "'int' object is not subscriptable", 3, "return y['key']", "f")


def test_cells_share_one_namespace_and_a_problem_is_a_line(session):
    assert session.cell("one", "a = 3", 5) is None
    assert session.cell("two", "b = a + 1\nprint(b)\nraise ValueError('no\\nmore')", 5) == \
        "ValueError: no (line 3: raise ValueError('no\\nmore'))"
    assert session.cell("three", "def f(): return a + b", 5) is None
    assert "f" in session.functions()
    assert "a" not in session.functions()


def test_several_cells_are_run_as_one_after_the_other(session):
    cells = [("one", "a = 3"), ("two", "1 / 0"), ("three", "def f(): return a + 1"), ("four", "")]
    problems, names = session.cells(cells, 5)
    assert problems == [None, "ZeroDivisionError: division by zero (line 1: 1 / 0)", None, None]
    assert "f" in names
    assert "a" not in names
    assert session.answer("f", [Case(())], {}, 5)[0][0][0] == 4
    with pytest.raises(LostError, match="ended its process"):
        session.cells([("one", "b = 1"), ("two", "import os; os._exit(3)")], 5)


def test_generators_begin_as_their_seed_says(session):
    session.cell("cell", "def f(rng): return rng.random()", 5)
    (value, *_), = session.answer("f", [Case((Seed(5),), repeat=3)], {}, 5)[0]
    assert value == list(np.random.default_rng(5).random(3))


def test_a_result_too_large_or_too_deep_is_told_and_the_process_lives(session):
    assert "wanted at most" in outcome(session, "def f(): return 'x' * 2**24").text
    assert outcome(session, "import numpy as np\ndef f(): return np.zeros((30, 10**6))").name == \
        "array of shape (30, 1000000)"
    assert "more than 50 containers" in outcome(session, f"def f(): return {'[' * 60}{']' * 60}").text
    assert "recursion" in outcome(session, "def f():\n    a = []\n    a.append(a)\n    return a").text
    assert value_of(session, "1") == 1


def test_what_is_said_is_shown_and_not_obeyed(session):
    raised = outcome(session, r"def f(): raise ValueError('\x1b[2J\x07\ud800' + 'x' * 5000)")
    assert raised.text.startswith("�[2J�?xxx")
    assert len(raised.text) == 2_000


def test_a_name_that_is_asked_for_and_is_not_there_is_an_error_of_the_submissions(session):
    (_, raised, *_), = session.answer("nowhere", [Case((1,))], {}, 5)[0]
    assert (raised.type, raised.text) == ("NameError", "name 'nowhere' is not defined")


# --- Calls out


def test_a_helper_runs_outside_and_gets_its_arguments(session):
    seen = []

    def helper(x, factor=1):
        seen.append((x.copy(), factor))
        return {"y": x * factor}

    source = "def f(x):\n    return h(x), h(x + 1, factor=3)\ndef h(x, factor=1):\n    return None"
    one, two = outcome(session, source, np.arange(2), helpers={"h": helper})
    np.testing.assert_array_equal(one["y"], [0, 1])
    np.testing.assert_array_equal(two["y"], [3, 6])
    assert [factor for _, factor in seen] == [1, 3]


def test_a_function_among_the_arguments_runs_outside(session):
    assert outcome(session, "def f(loss): return loss(2.0) + loss(3.0)", lambda x: x**2) == 13


def test_a_helper_that_refuses_raises_inside(session):
    raised = outcome(session, "def f(loss): return loss('x')", lambda x: x / 2)
    assert (raised.type, raised.line) == ("TypeError", 1)
    assert "unsupported operand" in raised.text


def test_a_generator_goes_on_where_the_helper_left_it(session):
    source = "def f(rng):\n    return rng.random(), h(rng), rng.random(), h(generator=rng), rng.random()\nh = None"
    drawn = outcome(session, source, Seed(3), helpers={"h": lambda generator: generator.random()})
    assert list(drawn) == list(np.random.default_rng(3).random(5))


def test_a_helper_of_another_question_is_refused(session):
    source = """
    kept = []
    def f(loss):
        kept.append(loss)
        return loss(1.0)
    """
    assert outcome(session, source, lambda x: x) == 1
    raised = outcome(session, "def f():\n    return kept[0](1.0)")
    assert "not given" in raised.text
    for number in ("1", "-1", "True", "'0'", "None", "2**70"):
        source = f"def f(loss):\n    kept[0]._number = {number}\n    return kept[0](1.0)"
        assert "not given" in outcome(session, source, lambda x: x).text


@pytest.mark.parametrize("argument", ["np.zeros((3000, 1))", "[np.zeros((300, 300))] * 3", "10**9", "'x' * 200_000",
                                      "{'a': np.zeros(5000)}"])
def test_a_helper_is_not_called_with_what_no_honest_call_has(session, argument):
    def helper(argument):
        raise AssertionError

    raised = outcome(session, f"import numpy as np\ndef f(h): return h({argument})", helper)
    assert "too l" in raised.text


def test_a_call_is_answered_without_a_word_on_stderr():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        word, value, *_ = helpers.answer_call([lambda x: np.log(x)], 0, (np.zeros(2),), {}, (0, 1), ())
    assert (word, value.tolist()) == ("value", [-np.inf, -np.inf])
    assert helpers.answer_call([], 0, (), {}, (0,), ())[:3] == ("raised", "ValueError", "this function is not given")
    for call in [(0, 3, None, (), ()), (0, (), {}, None, ()), (0, (), {}, (), ()), (0, ([],), {}, (), ()),
                 (0, ([],), {}, ([], []), ()), (0, (), {1: 2}, (0,), ()), (0, (), {}, (0,), None),
                 (0, (np.zeros(2),), {}, (0,), ([],))]:
        assert helpers.answer_call([print], *call)[0] == "raised"


# --- Time


def test_the_processors_time_is_limited_and_the_process_lives(session):
    started = time.monotonic()
    assert session.cell("endless", "while True: pass", 20).startswith("TimeOver: stopped after 1 s")
    with pytest.raises(LostError, match="used the processor for longer than 1 s") as caught:
        outcome(session, "def f():\n    while True:\n        try: x = 1\n        except Exception: pass")
    assert caught.value.alive
    assert caught.value.why == "timeout"
    assert value_of(session, "1") == 1
    assert time.monotonic() - started < 15


@pytest.mark.parametrize("body", [
    "import time; time.sleep(60)",
    "import signal\n    signal.signal(signal.SIGPROF, signal.SIG_IGN)\n    while True: pass",
    "while True:\n        try:\n            while True: pass\n        except BaseException: pass",
    "import signal; signal.pause()",
], ids=["sleeps", "ignores the timer", "swallows it", "waits"])
def test_the_clocks_time_is_limited_by_the_host(session, body):
    started = time.monotonic()
    with pytest.raises(LostError, match=r"took longer than 0\.7 s") as caught:
        outcome(session, f"def f():\n    {body}", limit=0.7)
    assert caught.value.why == "timeout"
    assert not caught.value.alive
    assert time.monotonic() - started < 10


def raw(body):
    """A cell that writes on the connection itself."""
    return ("import gc, socket, struct, json, time\n"
            "link = next(s for s in gc.get_objects() if isinstance(s, socket.socket) and s.fileno() > 2)\n"
            "def say(tree, body=b''):\n"
            "    text = json.dumps(tree).encode()\n"
            "    link.sendall(struct.pack('!IQ', len(text), len(body)) + text + body)\n"
            f"def f(*helpers):\n    {body}\n")


@pytest.mark.parametrize(("body", "why"), [
    ("link.sendall(b'garbage of some length'); time.sleep(60)", "violation"),
    ("link.sendall(struct.pack('!IQ', 2**31, 2**40)); time.sleep(60)", "violation"),
    ("say(['p', 3]); time.sleep(60)", "violation"),
    ("say(['l', None]); time.sleep(60)", "violation"),
    ("say(None); time.sleep(60)", "violation"),
    ("say(['t', ['l'], 'f']); time.sleep(60)", "violation"),
    ("say(['t', ['l', ['t', None, None, '', ['t']]], 'f']); time.sleep(60)", "violation"),
    ("say(['t', ['l', ['t', None, None, ['i', '0x1'], ['t'], ['t']]], 'f']); time.sleep(60)", "violation"),
    ("link.close()", "crashed"),
    ("while True: link.send(b' ')", "violation"),
    ("link.sendall(struct.pack('!IQ', 900, 0)); [(link.send(b' '), time.sleep(0.1)) for _ in range(600)]", "timeout"),
    ("while True: say(['t', 'call', ['i', '0x0'], ['t'], ['d'], ['t'], ['t']])", "timeout"),
], ids=["garbage", "huge", "a handle", "no tuple", "None", "too few", "wrong pieces", "wrong types", "closed",
        "flood", "drip", "flood of calls"])
def test_a_message_that_is_none_costs_the_one_who_sends_it(sandbox, session, body, why):
    started = time.monotonic()
    with pytest.raises(LostError) as caught:
        outcome(session, raw(body), limit=2.0)
    assert caught.value.why == why
    assert time.monotonic() - started < 15
    with_another = sandbox.open()
    assert value_of(with_another, "'right'") == "right"
    with_another.close()


def test_a_forged_answer_is_a_value_like_any_other(session):
    forged = "say(['t', ['l', ['t', 'forged', None, '', ['t'], ['t']]], 'f']); time.sleep(60)"
    assert outcome(session, raw(forged), limit=2.0) == "forged"


# --- Loss


@pytest.mark.parametrize(("body", "told"), [
    ("import os; os._exit(3)", "exit 3"),
    ("import ctypes; ctypes.string_at(0)", "signal 11"),
], ids=["exit", "crash"])
def test_how_a_process_ended_is_told(session, body, told):
    with pytest.raises(LostError, match=f"ended its process \\({told}\\)") as caught:
        outcome(session, f"def f():\n    {body}")
    assert caught.value.why == "crashed"


@ON_LINUX
def test_when_the_server_is_lost_another_is_started(sandbox):
    os.killpg(sandbox.keeper.server.pid, signal.SIGKILL)
    assert sandbox.keeper.control.recv(1) == b""  # what runs behind a wall ends a moment after the wall
    session = sandbox.open()
    assert value_of(session, "1") == 1
    session.close()


@ON_LINUX
def test_when_the_server_is_lost_in_the_middle_the_submission_at_work_is_told(sandbox, session):
    session.cell("cell", "import time\ndef f(): time.sleep(60)", 5)
    os.killpg(sandbox.keeper.server.pid, signal.SIGKILL)
    with pytest.raises(LostError, match="the server is gone"):
        session.answer("f", [Case(())], {}, 5)


@ON_LINUX
def test_a_server_that_is_stopped_does_not_stop_the_class(sandbox, monkeypatch):
    monkeypatch.setattr(keepers, "END_LIMIT", 0.5)
    session = sandbox.open()
    os.killpg(sandbox.keeper.server.pid, signal.SIGSTOP)
    for child in _children(sandbox.keeper.server.pid):
        os.kill(child, signal.SIGSTOP)
    with pytest.raises(LostError):
        outcome(session, "def f(): return 1", limit=0.5)
    again = sandbox.open()
    assert value_of(again, "1") == 1
    again.close()


def _children(process):
    found = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, path.read_text(encoding="ascii").split()):
            found += [child, *_children(child)]
    return found


@ON_LINUX
def test_nothing_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Sandbox() as sandbox:
        sleeper = sandbox.open()
        sleeper.cell("cell", "import time", 5)
        family = [sandbox.keeper.server.pid, *_children(sandbox.keeper.server.pid)]
        assert len(family) >= 2
    assert [process for process in family if _is_alive(process)] == []
    assert list(tmp_path.iterdir()) == []
    sleeper.connection.close()


def _is_alive(process):
    try:
        return "zombie" not in Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return False


@ON_LINUX
def test_a_closed_session_leaves_no_process(sandbox):
    session = sandbox.open()
    session.cell("cell", "import signal", 5)
    before = _children(sandbox.keeper.server.pid)
    session.close()
    end = time.monotonic() + 5
    while len(after := _children(sandbox.keeper.server.pid)) >= len(before) and time.monotonic() < end:
        time.sleep(0.01)
    assert len(after) == len(before) - 1


@ON_LINUX
def test_the_server_ends_with_the_grader(tmp_path):
    program = ("import os, sys, time\nfrom autograder.sandbox.host import Sandbox\n"
               "with Sandbox() as sandbox:\n    session = sandbox.open()\n    print(sandbox.keeper.server.pid)\n"
               "    sys.stdout.flush()\n    session.cell('cell', 'while True: pass', 60)")
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
                          cwd=Path(__file__).resolve().parents[2], env={**os.environ, "TMPDIR": str(tmp_path)}) as one:
        server = int(one.stdout.readline())
        time.sleep(0.3)
        family = [server, *_children(server)]
        one.kill()
        one.wait()
    end = time.monotonic() + 10
    while any(map(_is_alive, family)) and time.monotonic() < end:
        time.sleep(0.02)
    assert [process for process in family if _is_alive(process)] == []


def test_a_sandbox_that_cannot_start_says_why(monkeypatch):
    monkeypatch.setattr(walls, "search_path", lambda guest: ["/nowhere"])
    sandbox = Sandbox()
    with pytest.raises(RuntimeError, match=r"the sandbox did not start: .*Error"):
        sandbox.__enter__().open()
    sandbox.__exit__()


# --- What is inside


@pytest.mark.parametrize("without", LEVELS.values(), ids=LEVELS)
def test_every_level_answers_and_tells_which_it_is(without):
    with opened(without=without) as session:
        level = session.sandbox.level
        expected = [name for name in KNOWN if name in _reachable() and name not in without]
        if "fork" in without:
            expected = [name for name in expected if name not in ("namespaces", "bubblewrap")]
        if "namespaces" not in expected and "user" not in without and _can_be_nobody():
            expected.append("nobody")
        print("reached:", ", ".join(level))
        assert list(level) == expected
        assert value_of(session, "args[0] + 1", 2) == 3
        np.testing.assert_array_equal(
            outcome(session, "import numpy as np, fractions\ndef f(x): return np.linalg.inv(x)", 2 * np.eye(2)),
            np.eye(2) / 2)
        with pytest.raises(LostError, match="exit 3"):
            session.cell("cell", "import os; os._exit(3)", 5)


def _reachable():
    """The layers that this machine has, found without the sandbox."""
    from autograder.sandbox import confine

    names = ["rlimits"] if sys.platform != "win32" else []
    if LINUX:
        names += ["landlock"] * (confine.landlock_rules([]) is not None)
        names += ["seccomp"] * (confine.seccomp_program(False) is not None)
        outside = subprocess.run(["unshare", "--user", "--mount", "--map-root-user", "true"], capture_output=True,
                                 check=False)
        names += ["namespaces"] * (outside.returncode == 0)
        names += ["bubblewrap"] * bool(walls.bubblewrap(walls.readable("/nowhere")))
    return names


def _can_be_nobody():
    if not (LINUX and os.geteuid() == 0):
        return False
    done = subprocess.run([sys.executable, "-c", "import os, sys\nos.setgroups([])\nos.setuid(65534)\n"
                           "sys.exit(not all(os.access(path, os.R_OK) for path in sys.argv[1:]))",
                           *walls.search_path("/")], check=False, capture_output=True)
    return done.returncode == 0


def test_the_environment_and_the_arguments_say_nothing(session, monkeypatch):
    assert set(value_of(session, "list(os.environ)")) <= set(walls.environment()) | {"PWD", "LC_CTYPE"}
    assert value_of(session, "[len(sys.argv), os.getcwd()]") == [1, "/"]


@ON_LINUX
def test_only_the_connection_is_open(session):
    source = """
    import fcntl, os, socket
    def is_open(number):
        try:
            fcntl.fcntl(number, fcntl.F_GETFD)
            return True
        except OSError:
            return False
    def f():
        return [n for n in range(64) if is_open(n)]
    """
    assert len(outcome(session, source)) == 4
    assert value_of(session, "[sys.stdin.read(), sys.stdout.write('x' * 9), os.write(2, b'x')]") == ["", 9, 1]


def test_two_servers_are_alike_in_what_is_left_to_chance():
    found = []
    for _ in range(2):
        with opened() as session:
            found.append(outcome(session, "import random, numpy as np\ndef f():\n    return [list(set('abcdefg')), "
                                          "random.random(), float(np.random.rand())]"))
    assert found[0] == found[1]


def test_there_is_no_course_in_the_memory_of_the_guest(session):
    source = """
    import gc, sys
    def f():
        names = [name for name in sys.modules if name.startswith(("solutions.", "autograder.exercises"))]
        texts = [text for text in gc.get_objects() if isinstance(text, dict) and "EXERCISES" in text]
        return names, len(texts), sorted(name for name in vars(sys.modules["solutions"]) if name[0] != "_")
    """
    assert outcome(session, source) == ([], 0, ["doubled"])


@ON_LINUX
def test_files_of_others_are_out_of_reach(tmp_path):
    secret = tmp_path / "gradebook.db"
    secret.write_text("10 points")
    source = f"""
    import os
    def f(path):
        told = []
        for action in (lambda: open(path).read(), lambda: open(path, "w"), lambda: os.remove(path),
                       lambda: os.listdir(os.path.dirname(path)), lambda: os.chmod(path, 0o777),
                       lambda: os.listdir({str(Path(__file__).resolve().parents[2] / "solutions")!r}),
                       lambda: os.listdir({str(Path(pytest.__file__).parent)!r}),
                       lambda: open("/proc/self/environ").read(), lambda: open("/new", "w")):
            try:
                told.append(str(action()))
            except OSError as error:
                told.append("refused")
        return told
    """
    for without in ((), ("bubblewrap",), ("bubblewrap", "namespaces"), ("landlock",), ("bubblewrap", "landlock")):
        with opened(without=without) as session:
            hides = {"landlock", "namespaces"} & set(session.sandbox.level)
            assert not hides or set(outcome(session, source, str(secret))) == {"refused"}
    assert secret.read_text() == "10 points"


def test_a_subject_of_the_engine_answers_with_outcomes(session):
    session.cell("cell", "def f(x):\n    x += 1\n    return g(x)\ndef g(x): return None", 5)
    subject = Remote(session, "f", limit=5)
    case = Case((np.zeros(2),))
    outcome_, = subject.answer([case], ("x",), (), ()).outcomes
    assert (outcome_.value, outcome_.changed, subject.name) == (None, ("x",), "f")
    helped = subject.helped_by({"g": lambda x: x + 1})
    np.testing.assert_array_equal(helped.answer([case], ("x",), (), ()).outcomes[0].value, [2, 2])


@ON_LINUX
def test_the_connection_of_a_program_of_its_own_needs_the_token():
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, socket.create_connection(listener.getsockname()) as stranger:
        connection, _ = listener.accept()
        with connection:
            stranger.sendall(b"x" * 16)
            assert not keepers._hears(connection, b"y" * 16)


def test_no_bubblewrap_installed_is_no_error(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    with opened() as session:
        assert "bubblewrap" not in session.sandbox.level
        assert value_of(session, "1") == 1


def test_all_levels_are_known():
    assert set(ALL) - {"user"} <= set(KNOWN)
