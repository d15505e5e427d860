"""Each layer of the sandbox alone: what it refuses, and what it must leave.

A layer that this machine does not have says so itself (``reached`` is false); the test then holds it to that.
"""

import os
import platform
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from confined import CLONE, LINUX, ROOT, confined

from autograder.sandbox import calls, confine

ON_LINUX = pytest.mark.skipif(not LINUX, reason="a layer of Linux; test_other_platforms has the others")
AS_ROOT = pytest.mark.skipif(not ROOT, reason="only root has these powers to put down")
HEADERS = {0: Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), 1: Path("/usr/include/asm-generic/unistd.h")}

REFUSED_BY_SECCOMP = """
def setting_owner():
    import fcntl
    fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid())

def other_limits():
    resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (64, 64))

attempt("fork", os.fork)
attempt("thread", threading.Thread(target=print).start)
attempt("exec", os.execv, sys.executable, [sys.executable, "-c", ""])
attempt("subprocess", subprocess.run, [sys.executable, "-c", ""])
attempt("socket", socket.socket)
attempt("unix socket", socket.socket, socket.AF_UNIX)
attempt("pair", socket.socketpair)
attempt("kill itself", os.kill, os.getpid(), 9)
attempt("kill parent", os.kill, os.getppid(), 0)
attempt("kill all", os.kill, -1, 0)
attempt("chmod", os.chmod, {here!r}, 0o777)
attempt("chown", os.chown, {here!r}, 0, 0)
attempt("utime", os.utime, {here!r})
attempt("unlink", os.unlink, {here!r} + "x")
attempt("rename", os.rename, {here!r}, {here!r} + "x")
attempt("mkdir", os.mkdir, {here!r} + "x")
attempt("symlink", os.symlink, "/", {here!r} + "x")
attempt("truncate", os.truncate, {here!r}, 3)
attempt("setxattr", os.setxattr, {here!r}, "user.x", b"x")
attempt("chdir", os.chdir, "/")
attempt("chroot", os.chroot, "/")
attempt("nice", os.nice, 1)
attempt("scheduler", os.sched_setscheduler, 0, os.SCHED_IDLE, os.sched_param(0))
attempt("affinity", os.sched_setaffinity, 0, [0])
attempt("new session", os.setsid)
attempt("own user", os.setuid, os.getuid())
attempt("death signal", confine._prctl, 1, 0)
attempt("memory file", os.memfd_create, "x")
attempt("shared memory", system_call, 29 if os.uname().machine == "x86_64" else 194, 0, 4096, 0o1600)
attempt("ptrace", confine.libc().ptrace, 0, 0, 0, 0)
attempt("F_SETOWN", setting_owner)
attempt("limits of others", other_limits)
"""

LEFT_BY_SECCOMP = """
import time, tempfile, hashlib, decimal, statistics, numpy as np
attempt("read", lambda: open(os.devnull).read())
attempt("write", lambda: open(os.devnull, "w").write("x"))
attempt("list", lambda: len(os.listdir("/")) > 0)
attempt("walk", lambda: os.stat("/").st_mode > 0)
attempt("sleep", time.sleep, 0.001)
attempt("clock", lambda: time.time() > 0)
attempt("random", lambda: len(os.urandom(8)))
attempt("generator", lambda: float(np.random.default_rng().random()) < 1)
attempt("pipe", lambda: len(os.pipe()))
attempt("duplicate", lambda: os.dup(0) > 0)
attempt("own limit", lambda: resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 0)
attempt("timer", signal.setitimer, signal.ITIMER_PROF, 0)
attempt("terminal", lambda: os.isatty(0))
attempt("algebra", lambda: float(np.linalg.norm(np.linalg.inv(np.eye(50)))) > 0)
attempt("memory", lambda: len(np.ones(10**6)))
attempt("lazy", lambda: __import__("fractions").Fraction(1, 2) < 1)
attempt("processors", lambda: os.cpu_count() > 0)
attempt("who", lambda: os.getpid() > 0 and os.getuid() >= 0)
"""


@ON_LINUX
def test_seccomp_refuses_what_reaches_out(tmp_path):
    file = tmp_path / "mine"
    file.write_text("untouched")
    told = confined("seccomp", REFUSED_BY_SECCOMP.replace("{here!r}", repr(str(file))), stdin=subprocess.DEVNULL)
    reached = told.pop("reached")
    assert reached == (platform.machine() in calls.MACHINES)
    if reached:
        # A failed system call raises EPERM; `ptrace` and threads tell it in their own ways.
        assert {name: text for name, text in told.items() if text not in ("EPERM", "ENOSYS")} == \
            {"thread": "RuntimeError", "ptrace": -1}
        assert file.read_text() == "untouched"


@ON_LINUX
def test_seccomp_leaves_what_computing_needs():
    told = confined("seccomp", LEFT_BY_SECCOMP, stdin=subprocess.DEVNULL)
    told.pop("reached")
    assert {name: text for name, text in told.items() if isinstance(text, str) and text.startswith("E")} == {}
    assert told["pipe"] == 2
    assert told["memory"] == 10**6


@ON_LINUX
def test_seccomp_refuses_every_number_that_is_not_on_the_list():
    code = """
from autograder.sandbox import calls
import platform
column = calls.MACHINES[platform.machine()][0]
known = {numbers[column] for table in (calls.ALLOWED, calls.CHECKED, calls.OPENING) for row in table.values()
         for numbers in [row if not isinstance(row[0], tuple) else row[0]]}
known |= {335, 336}  # the kernel's own probes on x86_64, before seccomp: whoever calls them is ended
wrong = []
for number in [*range(600), 2**20, 2**30 + 1, 2**30 + 57, 2**31 - 1]:
    if number not in known:
        try:
            system_call(number, -1, -1, -1, -1, -1, -1)
            wrong.append(number)
        except OSError as error:
            if error.errno != (errno.EPERM if number < 424 else errno.ENOSYS):
                wrong.append(number)
told["wrong"] = wrong
"""
    told = confined("seccomp", code)
    if told["reached"]:
        assert told["wrong"] == []
    else:
        assert platform.machine() not in calls.MACHINES


@ON_LINUX
def test_seccomp_can_keep_from_writing_where_nothing_else_does(tmp_path):
    file = tmp_path / "mine"
    file.write_text("untouched")
    code = f"""
attempt("read", lambda: open({str(file)!r}).read())
for mode in "w", "a", "x", "r+":
    attempt(mode, open, {str(file)!r}, mode)
attempt("nameless", os.open, {str(tmp_path)!r}, os.O_TMPFILE | os.O_RDWR)
attempt("truncating", os.open, {str(file)!r}, os.O_RDONLY | os.O_TRUNC)
"""
    told = confined("read-only seccomp", code)
    if told.pop("reached"):
        assert told.pop("read") == "untouched"
        assert set(told.values()) == {"EACCES"}
        assert file.read_text() == "untouched"
        assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@ON_LINUX
@pytest.mark.skipif(platform.machine() != "x86_64", reason="these doors are those of x86_64")
def test_seccomp_knows_the_other_doors_of_this_machine():
    # The 32-bit door has numbers of its own: 20 asks for the process's number there, and is writev here.
    code = """
code = bytes([0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0xc3])  # mov eax, 20; int 0x80; ret
room = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
room.write(code)
place = ctypes.addressof(ctypes.c_char.from_buffer(room))
told["answered"] = ctypes.CFUNCTYPE(ctypes.c_int)(place)()
"""
    assert confined("seccomp", code).get("ended") == -31  # SIGSYS


@pytest.mark.parametrize("column", HEADERS, ids=["x86_64", "aarch64"])
def test_the_numbers_are_those_of_the_kernels_headers(column):
    if not HEADERS[column].exists():
        assert not LINUX or all(numbers[0] is None or numbers[0] >= 0 for numbers in calls.ALLOWED.values())
        return
    text = HEADERS[column].read_text(encoding="utf-8")
    there = {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", text)}
    there["newfstatat"] = there.get("newfstatat", there.get("fstatat"))
    ours = {**calls.ALLOWED, **{name: row[0] for table in (calls.CHECKED, calls.OPENING)
                                for name, row in table.items()}}
    assert {name: numbers[column] for name, numbers in ours.items()} == \
        {name: there.get(name) if numbers[column] is not None else None for name, numbers in ours.items()}
    assert not {name for name in ours if ours[name][column] is None and there.get(name) is not None}


@ON_LINUX
def test_landlock_shows_what_may_be_read_and_nothing_else(tmp_path):
    readable, hidden = tmp_path / "readable", tmp_path / "hidden"
    for folder in (readable, hidden):
        folder.mkdir()
        (folder / "file").write_text("text")
    code = f"""
readable, hidden = {str(readable)!r}, {str(hidden)!r}
attempt("read", lambda: open(readable + "/file").read())
attempt("list", lambda: os.listdir(readable))
attempt("null", lambda: open(os.devnull, "w").write("x"))
for name, action in {{
    "hidden": lambda: open(hidden + "/file").read(), "hidden list": lambda: os.listdir(hidden),
    "link": lambda: open(readable + "/../hidden/file").read(), "root": lambda: os.listdir("/"),
    "process": lambda: open("/proc/self/environ").read(), "write": lambda: open(readable + "/file", "w"),
    "append": lambda: open(readable + "/file", "a"), "create": lambda: open(readable + "/new", "x"),
    "remove": lambda: os.remove(readable + "/file"), "folder": lambda: os.mkdir(readable + "/new"),
    "rename": lambda: os.rename(readable + "/file", readable + "/other"),
    "symlink": lambda: os.symlink("/", readable + "/new"), "run": lambda: os.execv(sys.executable, ["python"]),
    "fifo": lambda: os.mkfifo(readable + "/new"), "unix": lambda: socket.socket(socket.AF_UNIX).bind(hidden + "/new"),
}}.items():
    attempt(name, action)
"""
    told = confined("landlock", code, [str(readable), "/dev/null", "/nowhere"])
    assert told.pop("reached") == (confine.landlock_rules([]) is not None)
    if told.pop("read", None) is not None and confine.landlock_rules([]) is not None:
        assert (told.pop("list"), told.pop("null")) == (["file"], 1)
        assert {name: text for name, text in told.items() if text not in ("EACCES", "EPERM", "EXDEV")} == {}
        assert [path.name for path in readable.iterdir()] == ["file"]
        assert (readable / "file").read_text() == "text"


@ON_LINUX
def test_landlock_keeps_from_the_network_and_from_others_where_the_kernel_is_new_enough():
    version = confine.system_call(confine.CREATE_RULESET, None, 0, 1)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        code = f"""
attempt("connect", socket.create_connection, ("127.0.0.1", {listener.getsockname()[1]}))
attempt("bind", socket.create_server, ("127.0.0.1", 0))
attempt("signal", os.kill, os.getppid(), 0)
"""
        told = confined("landlock", code)
    expected = "EACCES" if version >= 4 else "done"
    assert (told["connect"], told["bind"]) == (expected, expected)
    assert told["signal"] == ("EPERM" if version >= 6 else "done")


def test_limits_bound_what_can_be_used(tmp_path):
    code = f"""
attempt("memory", bytearray, 2**29)
attempt("shared memory", lambda: mmap.mmap(-1, 2**29))
attempt("file", lambda: os.write(os.open({str(tmp_path / "big")!r}, os.O_CREAT | os.O_WRONLY), bytes(2**21)))
attempt("hole", lambda: os.truncate({str(tmp_path / "big")!r}, 2**30))
attempt("files", lambda: [os.dup(0) for _ in range(100)])
attempt("raise", resource.setrlimit, resource.RLIMIT_AS, (2**40, 2**40))
"""
    told = confined("rlimits", code, stdin=subprocess.DEVNULL, preexec_fn=_without_powers if ROOT else None)
    assert told["reached"] == (sys.platform != "win32")
    if LINUX:
        assert told["memory"] == "MemoryError"
        assert told["shared memory"] == "ENOMEM"
        assert told["raise"] == "ValueError"
    assert told["file"] in ("EFBIG", 2**20)
    assert told["hole"] == "EFBIG"
    assert told["files"] == "EMFILE"
    assert (tmp_path / "big").stat().st_size <= 2**20


def _without_powers():
    confine.drop_powers()


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there; test_other_platforms says so")
def test_limits_end_what_computes_for_too_long():
    told = confined("rlimits", "while True: pass")
    assert told["ended"] in (-9, -24)  # SIGKILL, or SIGXCPU before it


@ON_LINUX
@AS_ROOT
def test_root_puts_down_its_powers(tmp_path):
    theirs = tmp_path / "theirs"
    theirs.write_text("secret")
    theirs.chmod(0o600)
    os.chown(theirs, 1234, 1234)
    code = f"""
attempt("read", open, {str(theirs)!r})
attempt("clock", __import__("time").clock_settime, 0, 0)
attempt("host", socket.sethostname, "x")
attempt("group", os.setgid, 5)
attempt("mount", lambda: confine.libc().mount(b"none", b"/mnt", b"tmpfs", 0, None))
"""
    told = confined("powers", code)
    assert told == {"reached": True, "read": "EACCES", "clock": "EPERM", "host": "EPERM", "group": "EPERM",
                    "mount": -1}


@ON_LINUX
@AS_ROOT
def test_root_can_step_down_to_nobody_whose_processes_are_counted():
    code = """
attempt("who", os.getuid)
attempt("back", os.setuid, 0)
confine.limit(2, 2**28, confine.address_space())
attempt("fork", os.fork)
"""
    assert confined("nobody", code) == {"reached": True, "who": confine.NOBODY, "back": "EPERM", "fork": "EAGAIN"}


@ON_LINUX
def test_the_address_space_is_what_the_kernel_says():
    code = """
told["tried"] = confine.address_space()
told["said"] = int(open("/proc/self/statm").read().split()[0]) * mmap.PAGESIZE
"""
    told = confined("nothing", code)
    assert abs(told["tried"] - told["said"]) <= 4 * confine.MEGABYTE


@ON_LINUX
def test_the_server_ends_when_its_parent_ends():
    program = ("import os, sys, time\nfrom autograder.sandbox import confine\n"
               "if os.fork() == 0:\n    confine.die_with_parent(); os.write(1, b'%d' % os.getpid()); time.sleep(60)\n"
               "time.sleep(0.5)\nos._exit(0)")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=CLONE, timeout=30, check=True)
    status, end = Path(f"/proc/{int(done.stdout)}/status"), time.monotonic() + 10
    while status.exists() and "zombie" not in status.read_text(encoding="ascii"):  # a zombie is only not yet buried
        assert time.monotonic() < end
        time.sleep(0.05)
