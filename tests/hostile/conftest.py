"""Graders with limits of their own, one for each level of isolation that is asked for."""

import contextlib
import socket

import pytest
from notebooks import save, submission
from outer import CLONE, Grader


@pytest.fixture(scope="session")
def graders():
    """A function that returns the grader without these layers; started once."""
    with contextlib.ExitStack() as stack:
        started = {}

        def grader(without=()):
            if without not in started:
                started[without] = stack.enter_context(Grader(without))
                started[without].right = save(submission(), started[without].place / "submitted" / "right.ipynb")
            return started[without]

        yield grader


@pytest.fixture(scope="session")
def listening(tmp_path_factory):
    """A server that listens on a port and on a socket file, and must not be called."""
    path = str(tmp_path_factory.mktemp("u") / "s")
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_UNIX) as unix:
        unix.bind(path)
        unix.listen()
        for one in (tcp, unix):
            one.settimeout(0)
        yield {"PORT": tcp.getsockname()[1], "UNIX": path}
        for one in (tcp, unix):
            with pytest.raises(BlockingIOError):
                one.accept()


@pytest.fixture
def names(listening, tmp_path):
    """What the names in capitals mean."""
    def of(grader):
        for name in ("gradebook.db", "neighbour.ipynb"):
            (tmp_path / name).write_text("not yours", encoding="ascii")
        return {**listening, "CLONE": str(CLONE), "GRADEBOOK": str(tmp_path / "gradebook.db"),
                "NEIGHBOUR": str(tmp_path / "neighbour.ipynb"), "SYSTEM": ["/tmp", "/dev/shm", "/var/tmp", str(CLONE)],
                "PLACES": [str(grader.place / name) for name in ("tmp", "home", ".", "submitted")]}

    return of
