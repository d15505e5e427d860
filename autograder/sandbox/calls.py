"""The system calls that a submission may make: those that Python and numpy need to compute and to read files.

Everything else is refused, also what kernels to come will bring. The numbers are those of (x86_64, aarch64); None
where a machine has no such call.
"""

import errno
import struct

ALLOWED = {
    # Reading files; whether one may be opened is decided elsewhere.
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67), "close": (3, 57),
    "close_range": (436, 436), "lseek": (8, 62), "fstat": (5, 80), "newfstatat": (262, 79), "statx": (332, 291),
    "stat": (4, None), "lstat": (6, None), "access": (21, None), "faccessat": (269, 48), "faccessat2": (439, 439),
    "readlink": (89, None), "readlinkat": (267, 78), "getdents": (78, None), "getdents64": (217, 61),
    "getcwd": (79, 17), "dup": (32, 23), "dup2": (33, None), "dup3": (292, 24), "pipe": (22, None), "pipe2": (293, 59),
    "umask": (95, 166), "statfs": (137, 43), "fstatfs": (138, 44), "fadvise64": (221, 223), "poll": (7, None),
    "ppoll": (271, 73), "select": (23, None), "pselect6": (270, 72), "sendto": (44, 206), "recvfrom": (45, 207),
    # Memory.
    "mmap": (9, 222), "munmap": (11, 215), "mprotect": (10, 226), "mremap": (25, 216), "madvise": (28, 233),
    "brk": (12, 214), "membarrier": (324, 283),
    # Time.
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "nanosleep": (35, 101),
    "gettimeofday": (96, 169), "time": (201, None), "times": (100, 153), "getitimer": (36, 102),
    "setitimer": (38, 103), "alarm": (37, None),
    # What a process asks about itself.
    "getpid": (39, 172), "getppid": (110, 173), "gettid": (186, 178), "getuid": (102, 174), "geteuid": (107, 175),
    "getgid": (104, 176), "getegid": (108, 177), "getgroups": (115, 158), "getresuid": (118, 148),
    "getresgid": (120, 150), "getpgid": (121, 155), "getpgrp": (111, None), "getsid": (124, 156),
    "getpriority": (140, 141), "getrusage": (98, 165), "getrlimit": (97, 163), "sysinfo": (99, 179),
    "uname": (63, 160), "getcpu": (309, 168), "sched_yield": (24, 124), "sched_getaffinity": (204, 123),
    "wait4": (61, 260), "waitid": (247, 95), "getrandom": (318, 278),
    # What the C library does by itself, signals, the end.
    "set_tid_address": (218, 96), "set_robust_list": (273, 99), "get_robust_list": (274, 100), "rseq": (334, 293),
    "futex": (202, 98), "arch_prctl": (158, None), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139), "rt_sigpending": (127, 136), "rt_sigsuspend": (130, 133),
    "rt_sigtimedwait": (128, 137), "sigaltstack": (131, 132), "pause": (34, None), "restart_syscall": (219, 128),
    "exit": (60, 93), "exit_group": (231, 94),
}
# Calls of which some forms only are harmless: the number of the argument, and the values that it may have.
CHECKED = {
    "fcntl": ((72, 25), 1, (0, 1, 2, 3, 4, 1030)),  # no F_SETOWN, which sends signals to others
    "ioctl": ((16, 29), 1, (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)),  # is it a terminal, close on exec, …
    "prlimit64": ((302, 261), 0, (0,)),  # of itself
}
OPENING = {"open": ((2, None), 1), "openat": ((257, 56), 2)}  # the number of the argument with the flags
WRITING = 0o3 | 0o100 | 0o1000  # O_WRONLY and O_RDWR, O_CREAT, O_TRUNC; O_TMPFILE needs one of the first two
NEW = 424  # calls from this number on came since 2019: "not there" lets the C library take the older way

MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # the column above, the kernel's name for it
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000, 0x80000000
LOAD, EQUAL, AT_LEAST, ANY_BIT, ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06


def program(machine, read_only):
    """Return the kernel's program that allows these calls, for seccomp.

    Parameters
    ----------
    machine : str
        As ``platform.machine()`` calls it, one of ``MACHINES``.
    read_only : bool
        Whether files can be opened for reading only, where nothing else keeps a submission from writing.
    """
    column, architecture = MACHINES[machine]
    lines = [(LOAD, 0, 0, 4), (EQUAL, 1, 0, architecture), (ANSWER, 0, 0, KILL), (LOAD, 0, 0, 0)]
    for numbers in ALLOWED.values():
        if numbers[column] is not None:
            lines += [(EQUAL, 0, 1, numbers[column]), (ANSWER, 0, 0, ALLOW)]
    for numbers, argument, values in CHECKED.values():
        test = [line for value in values for line in ((EQUAL, 0, 1, value), (ANSWER, 0, 0, ALLOW))]
        lines += _with_argument(numbers[column], argument, [*test, (ANSWER, 0, 0, REFUSE | errno.EPERM)])
    for numbers, argument in OPENING.values():
        test = [(ANY_BIT, 0, 1, WRITING), (ANSWER, 0, 0, REFUSE | errno.EACCES)] if read_only else []
        lines += _with_argument(numbers[column], argument, [*test, (ANSWER, 0, 0, ALLOW)])
    lines += [(AT_LEAST, 0, 1, NEW), (ANSWER, 0, 0, REFUSE | errno.ENOSYS), (ANSWER, 0, 0, REFUSE | errno.EPERM)]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def _with_argument(number, argument, test):
    """Return lines that go through `test` with the lower half of an argument loaded; its last line is an answer."""
    if number is None:
        return []
    return [(EQUAL, 0, len(test) + 1, number), (LOAD, 0, 0, 16 + 8 * argument), *test]
