"""The inside: a server that has numpy loaded and nothing to hide, and the process it forks for each submission.

Started by ``keepers``, which tells it where it is in a line of JSON on stdin, and in a second one, for which it waits
when it has loaded numpy, how submissions are to be run. On the control socket ``F`` with a descriptor asks
for a new process that serves on it; ``K`` ends the present one and answers how it ended, ``W`` first waits a second
for its own end, ``E`` ends it without an answer. Where there is no fork, the process that is started serves itself.
"""

import contextlib
import gc
import json
import os
import random
import signal
import socket
import sys
import threading
import time


def main(plan):
    """Serve until the host closes the control socket; numpy is loaded.

    Parameters
    ----------
    plan : str
        The line that the program was told.
    """
    settings = json.loads(plan)
    sys.path[:] = settings["path"]
    if settings["control"] is None:
        _serve_alone({**settings, **_told()})
    from autograder.sandbox import namespaces

    wanted = settings["namespaces"] and not settings["walls"]
    if wanted and namespaces.possible(settings["readable"], settings["root"]):
        namespaces.build(settings["readable"], settings["root"])
        _go_on_as_the_first(settings["control"])
        settings["walls"] = ["namespaces"]
    _load()
    _serve_forks(socket.socket(fileno=settings["control"]), _prepared({**settings, **_told()}))


def _told():
    return json.loads(sys.stdin.readline())


def _prepared(settings):
    """Do once what every process needs; return the settings with what came of it."""
    from autograder.sandbox import confine

    _furnish(settings)
    confine.die_with_parent()
    stepping_down = settings["user"] and not settings["walls"] and confine.can_step_down(settings["path"])
    if not stepping_down:
        confine.drop_powers()
    rules = confine.landlock_rules(settings["readable"]) if settings["landlock"] else None
    programs = [confine.seccomp_program(read_only) for read_only in (False, True)]
    gc.freeze()
    return {**settings, "stepping_down": stepping_down, "rules": rules, "programs": programs,
            "used": confine.address_space()}


def _go_on_as_the_first(control):
    """Fork: the child is the first process of the new namespaces, with which all others there end."""
    child = os.fork()
    if child:
        os.close(control)
        os.waitpid(child, 0)
        os._exit(0)


def _load():
    """Load what every submission uses, once for all of them."""
    from autograder import worker  # noqa: F401
    from autograder.engine import run  # noqa: F401
    from autograder.sandbox import confine, notebook, standins, wire  # noqa: F401


def _furnish(settings):
    """Put in place what the submissions of this course use; forget where other packages are."""
    import numpy

    from autograder.sandbox import standins

    for name in settings["preload"]:
        try:
            __import__(name)
        except Exception:  # not installed, or not loadable here: a submission that imports it will be told
            sys.modules.pop(name, None)
    sys.path.pop()
    numpy.random.seed(0)  # noqa: NPY002 - for those who draw with the old functions, and without a seed
    standins.install(settings["given"])
    _leave_nothing_open()


def _leave_nothing_open():
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as the process lives


def _serve_forks(control, settings):
    child = 0
    control.sendall(b"R")
    while True:
        order, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        ended = _end(child, patience=1.0 if order == b"W" else 0.0)
        child = 0
        if not order:
            os._exit(0)
        if order in (b"K", b"W"):
            control.sendall(ended.encode().ljust(32)[:32])
        elif order == b"F" and descriptors:
            child = os.fork()
            if child == 0:
                control.close()
                _serve(socket.socket(fileno=descriptors[0]), settings)
            os.close(descriptors[0])


def _end(child, patience):
    """End the present process, if there is one, and say how it ended: ``exit 3``, ``signal 9`` or ``alive``."""
    if not child:
        return "none"
    end = time.monotonic() + patience
    while not (done := _has_ended(child)) and time.monotonic() < end:
        time.sleep(0.002)
    for kill in (os.kill, os.killpg):  # its children too, where it could make any; it is not waited for yet,
        with contextlib.suppress(OSError):  # so that its number is nobody else's
            kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    if not done:
        return "alive"
    return f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}"


def _has_ended(child):
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _serve(connection, settings):
    """Be the process of one submission: give up all rights, then answer the host until it hangs up."""
    from autograder.sandbox import wire
    from autograder.sandbox.notebook import Notebook

    random.seed(0)  # a fork draws anew otherwise; who draws without a seed gets the same in every run
    try:
        wire.send(connection, _confined(connection, settings))
        notebook = Notebook(connection, settings["patience"])
        while True:
            order, *arguments = notebook.next()
            wire.send_bytes(connection, _said(getattr(notebook, order)(*arguments), notebook.met))
    except wire.WireError:
        os._exit(0)
    finally:
        os._exit(1)


def _said(reply, known):
    from autograder.sandbox import wire

    try:
        return wire.encode(reply, known=known)
    except (wire.WireError, MemoryError) as error:
        return wire.encode(("unsaid", f"{error}" or "out of memory"))


def _confined(connection, settings):
    """Give up what a submission does not need; return the names of the layers that hold now."""
    from autograder.sandbox import confine

    layers = list(settings["walls"])
    if hasattr(os, "setsid"):
        os.setsid()
    if settings["stepping_down"]:
        confine.step_down()
        layers.append("nobody")
    confine.die_with_parent()
    rules = settings["rules"]
    if sys.platform == "linux":
        for first, last in _gaps([connection.fileno(), rules]):
            os.closerange(first, last)
    if settings["rlimits"] and confine.limit(settings["seconds"], settings["memory"], settings["used"]):
        layers.append("rlimits")
    if rules is not None and confine.landlock(rules):
        layers.append("landlock")
    program = settings["programs"][layers == ["rlimits"]] if settings["seccomp"] else None
    if program and confine.seccomp(program):
        layers.append("seccomp")
    return layers


def _gaps(kept):
    """Yield the ranges of descriptors between those that are kept, from 3 on."""
    first = 3
    for descriptor in sorted(number for number in kept if number is not None):
        yield first, descriptor
        first = descriptor + 1
    yield first, 4096


def _serve_alone(settings):
    """Serve one submission over a connection of this machine: there is no fork here, or it is not to be used."""
    _load()  # before the limits
    if sys.platform != "linux":  # there the kernel does it
        lifeline = os.fdopen(os.dup(0), "rb", buffering=0)
        threading.Thread(target=_end_with_host, args=(lifeline,), daemon=True).start()
    connection = socket.create_connection(("127.0.0.1", settings["port"]))
    connection.sendall(bytes.fromhex(settings["token"]))
    _serve(connection, _prepared(settings))


def _end_with_host(lifeline):
    while lifeline.read(1):
        pass
    os._exit(1)
