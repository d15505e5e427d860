"""What a process gives up for ever before a stranger's code runs in it. Linux; elsewhere only the limits.

Layers that do not rely on one another: rlimits bound what it can use, Landlock what it can open, seccomp what it can
ask of the kernel; root's powers are put down. None of them needs root. ``ctypes`` and the kernel's own numbers: no
package is needed either. What is the same for every process is prepared once, in the server.
"""

import contextlib
import ctypes
import functools
import mmap
import os
import platform
import struct
import sys

from autograder.sandbox import calls

MEGABYTE = 2**20
NOBODY = 65534
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38

# Landlock: linux/landlock.h. System calls 444 to 446 have these numbers on every machine.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
WRITE_FILE, READ_FILE, READ_DIR = 2, 4, 8
FILE_RIGHTS_BY_ABI = {1: 2**13 - 1, 2: 2**14 - 1, 3: 2**15 - 1, 4: 2**15 - 1, 5: 2**16 - 1}
NETWORK_RIGHTS, SCOPES = 3, 3  # bind and connect (from version 4); abstract sockets and signals (from 6)


def limit(seconds, memory, used):
    """Bound time on the processor, memory, processes, files, open files and core dumps.

    Parameters
    ----------
    seconds : int
        Of processor time.
    memory : int
        Bytes of address space beyond what is in use.
    used : int
        Bytes of address space in use, see :func:`address_space`.

    Returns
    -------
    bool
        False where the platform has no such limits.
    """
    try:
        import resource
    except ImportError:
        return False
    bounds = {"CORE": 0, "FSIZE": MEGABYTE, "NOFILE": 64, "CPU": seconds, "STACK": 8 * MEGABYTE, "NPROC": 0,
              "MEMLOCK": 0, "MSGQUEUE": 0, "RTPRIO": 0}
    if sys.platform == "linux":
        bounds["AS"] = used + memory
    for name, most in bounds.items():
        what = getattr(resource, f"RLIMIT_{name}", None)
        if what is None:
            continue
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(OSError, ValueError):  # macOS knows names that it does not bound
            resource.setrlimit(what, (most, most))
    return True


def address_space():
    """Return the bytes of address space that this process uses, found by trying: ``/proc`` need not be there."""
    if sys.platform != "linux":
        return 0
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    low, high = 0, 2**46
    while high - low > MEGABYTE:
        middle = (low + high) // 2
        try:
            resource.setrlimit(resource.RLIMIT_AS, (middle, hard))
            mmap.mmap(-1, 4096).close()
            high = middle
        except (OSError, MemoryError):
            low = middle
        except ValueError:  # above the hard limit
            high = middle
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    return high


def die_with_parent():
    """Have the kernel end this process when its parent ends, and let nobody attach to it."""
    if sys.platform == "linux":
        _prctl(PR_SET_PDEATHSIG, 9)
        _prctl(PR_SET_DUMPABLE, 0)


def drop_powers():
    """Put down every capability: being root is then no more than owning root's files."""
    if sys.platform == "linux":
        header = struct.pack("=Ii", 0x20080522, 0)
        if libc().capset(header, bytes(24)) != 0:
            raise OSError(ctypes.get_errno(), "capset")


def can_step_down(paths):
    """Whether this process is root and could be nobody instead, who can read these paths. Tried in a fork."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    child = os.fork()
    if child == 0:
        readable = False
        with contextlib.suppress(OSError):
            step_down()
            readable = all(os.access(path, os.R_OK, effective_ids=True) for path in paths)
        os._exit(not readable)
    return os.waitpid(child, 0)[1] == 0


def step_down():
    """Become nobody, for ever."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def landlock_rules(readable):
    """Return a descriptor of rules: these files and folders can be read, ``/dev/null`` written, and nothing else.

    Parameters
    ----------
    readable : list of str
        Those that do not exist are passed over.

    Returns
    -------
    int or None
        For :func:`landlock`; None where the kernel has no Landlock.
    """
    if sys.platform != "linux":
        return None
    version = system_call(CREATE_RULESET, None, 0, 1)
    if version < 1:
        return None
    rights = FILE_RIGHTS_BY_ABI[min(version, max(FILE_RIGHTS_BY_ABI))]
    attributes = struct.pack("=QQQ", rights, NETWORK_RIGHTS if version >= 4 else 0, SCOPES if version >= 6 else 0)
    rules = system_call(CREATE_RULESET, attributes, 24 if version >= 6 else 16 if version >= 4 else 8, 0)
    if rules < 0:
        return None
    for path in readable:
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        allowed = READ_FILE | (READ_DIR if os.path.isdir(path) else WRITE_FILE if path == os.devnull else 0)
        system_call(ADD_RULE, rules, 1, struct.pack("=Qi", allowed, descriptor), 0)
        os.close(descriptor)
    return rules


def landlock(rules):
    """Hold this process to rules of :func:`landlock_rules`; no network either, no signals outwards."""
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    done = system_call(RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return done


def seccomp_program(read_only):
    """Return the program for :func:`seccomp`, or None where the machine has none."""
    machine = platform.machine()
    return calls.program(machine, read_only) if sys.platform == "linux" and machine in calls.MACHINES else None


def seccomp(program):
    """Refuse all system calls but those in ``calls``; nothing undoes it. Return False where the kernel has none."""
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    return libc().prctl(PR_SET_SECCOMP, 2, header, 0, 0) == 0


@functools.cache
def libc():
    """Return the C library of this process."""
    return ctypes.CDLL(None, use_errno=True)


def system_call(number, *arguments):
    """Make a system call by its number; return what it returns, -1 where it failed."""
    plain = [ctypes.c_long(item) if isinstance(item, int) else item for item in arguments]
    return libc().syscall(ctypes.c_long(number), *plain)


def _prctl(option, value):
    arguments = [ctypes.c_ulong(number) for number in (value, 0, 0, 0)]
    if libc().prctl(option, *arguments) != 0:
        raise OSError(ctypes.get_errno(), f"prctl({option})")
