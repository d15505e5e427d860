"""What a process gives up for ever before a stranger's code runs in it. Linux; elsewhere only the limits.

Three layers that do not rely on one another: rlimits bound what it can use, Landlock what it can open, seccomp what
it can ask of the kernel. None needs root. ``ctypes`` and the kernel's own numbers: no package is needed either.
"""

import ctypes
import errno
import os
import platform
import struct
import sys

MEGABYTE = 2**20
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38

# Landlock: linux/landlock.h. System calls 444 to 446 have these numbers on every architecture.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
EXECUTE, READ_FILE, READ_DIR = 1, 4, 8
FILE_RIGHTS_BY_ABI = {1: 2**13 - 1, 2: 2**14 - 1, 3: 2**15 - 1, 4: 2**15 - 1, 5: 2**16 - 1}
NETWORK_RIGHTS, SCOPES = 3, 3  # bind and connect (from version 4); abstract sockets and signals (from 6)

# System calls that no exercise needs: (x86_64, aarch64).
FORBIDDEN = {
    "clone": (56, 220), "fork": (57, None), "vfork": (58, None), "clone3": (435, 435),
    "execve": (59, 221), "execveat": (322, 281), "ptrace": (101, 117),
    "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "kcmp": (312, 272),
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "accept": (43, 202),
    "prlimit64": (302, 261), "setrlimit": (160, 164), "setpriority": (141, 140), "sched_setaffinity": (203, 122),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "move_mount": (429, 429),
    "open_tree": (428, 428), "fsopen": (430, 430), "setns": (308, 268), "unshare": (272, 97),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "seccomp": (317, 277),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "reboot": (169, 142),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
    "shmget": (29, 194), "shmat": (30, 196), "msgget": (68, 186), "semget": (64, 190), "memfd_create": (319, 279),
    "mq_open": (240, 180), "setsid": (112, 157), "setpgid": (109, 154), "inotify_init1": (294, 26),
}
AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


def limit(seconds, memory):
    """Bound time on the processor, memory beyond what is in use, files, open files and core dumps.

    Parameters
    ----------
    seconds : int
        Of processor time.
    memory : int
        Bytes of address space beyond what the process has now.
    """
    import resource

    def bound(what, most):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))

    bound(resource.RLIMIT_CORE, 0)
    bound(resource.RLIMIT_FSIZE, MEGABYTE)
    bound(resource.RLIMIT_NOFILE, 64)
    bound(resource.RLIMIT_CPU, seconds)
    bound(resource.RLIMIT_STACK, 8 * MEGABYTE)
    if sys.platform == "linux":
        bound(resource.RLIMIT_AS, _address_space() + memory)


def _address_space():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def die_with_parent():
    """Have the kernel end this process when its parent ends, and let nobody attach to it."""
    if sys.platform == "linux":
        _prctl(PR_SET_PDEATHSIG, 9)
        _prctl(PR_SET_DUMPABLE, 0)


def landlock(readable):
    """Allow reading these files and folders, and nothing else of any file system; no network, no signals outwards.

    Parameters
    ----------
    readable : list of str
        Those that do not exist are passed over.

    Returns
    -------
    bool
        False where the kernel has no Landlock.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    rights = FILE_RIGHTS_BY_ABI[min(version, max(FILE_RIGHTS_BY_ABI))]
    attributes = struct.pack("=QQQ", rights, NETWORK_RIGHTS if version >= 4 else 0, SCOPES if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = libc.syscall(CREATE_RULESET, attributes, size, 0)
    if rules < 0:
        return False
    for path in readable:
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        allowed = READ_FILE | EXECUTE | (READ_DIR if os.path.isdir(path) else 0)
        libc.syscall(ADD_RULE, rules, 1, struct.pack("=Qi", allowed, descriptor), 0)
        os.close(descriptor)
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    done = libc.syscall(RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return done


def seccomp():
    """Refuse the system calls of ``FORBIDDEN`` with "operation not permitted"; nothing undoes it.

    Returns
    -------
    bool
        False where the kernel or the machine has none.
    """
    machine = platform.machine()
    if sys.platform != "linux" or machine not in AUDIT_ARCH:
        return False
    column = 0 if machine == "x86_64" else 1
    numbers = [numbers[column] for numbers in FORBIDDEN.values() if numbers[column] is not None]
    refuse, allow, kill = 0x00050000 | errno.EPERM, 0x7FFF0000, 0x80000000
    load, equal, at_least, answer = 0x20, 0x15, 0x35, 0x06
    program = [(load, 0, 0, 4), (equal, 1, 0, AUDIT_ARCH[machine]), (answer, 0, 0, kill), (load, 0, 0, 0)]
    if machine == "x86_64":
        program += [(at_least, 0, 1, 0x40000000), (answer, 0, 0, kill)]  # the x32 names of the same calls
    for number in numbers:
        program += [(equal, 0, 1, number), (answer, 0, 0, refuse)]
    program.append((answer, 0, 0, allow))
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in program))
    header = struct.pack("@HxxxxxxP", len(program), ctypes.addressof(code))
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    return ctypes.CDLL(None, use_errno=True).prctl(PR_SET_SECCOMP, 2, header, 0, 0) == 0


def _prctl(option, value):
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl({option})")
