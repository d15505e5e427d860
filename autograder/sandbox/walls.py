"""What a submission may read, and the command that puts bubblewrap's walls around it."""

import functools
import importlib.util
import os
import shutil
import sys
import sysconfig
from pathlib import Path

OTHERS = ("site-packages", "dist-packages")  # in Python's library, and not of it
KEPT = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def python():
    """Return the program that runs the guest, and its options: no site-packages, no files written, no surprises."""
    return [os.path.realpath(sys.executable), "-P", "-s", "-S", "-B", "-X", "utf8"]


def environment():
    """Return the whole environment of the guest. Sets and dicts have the same order in every run."""
    own = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
           "PYTHONHASHSEED": "0", "MPLBACKEND": "Agg"}
    if sys.platform == "win32":
        own["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return {**own, **{name: os.environ[name] for name in KEPT if name in os.environ}}


def numpy_folder():
    """Return the folder that numpy is installed in."""
    return str(Path(importlib.util.find_spec("numpy").origin).resolve().parents[1])


def search_path(inside):
    """Return the guest's ``sys.path``: where that is which runs inside; Python's library; what is for numpy alone."""
    standard = sysconfig.get_path("stdlib")
    return [str(inside), standard, sysconfig.get_config_var("DESTSHARED") or f"{standard}/lib-dynload", numpy_folder()]


def readable(guest):
    """Return what a submission may read: Python's own library, numpy, the system's libraries, the guest's folder.

    Nothing of it holds another package: neither this course, its solutions and exercises, nor anything else.
    """
    return [str(guest), *_readable()]


@functools.cache
def _readable():
    library = [entry.path for entry in os.scandir(sysconfig.get_path("stdlib")) if entry.name not in OTHERS]
    installed = [f"{numpy_folder()}/numpy", f"{numpy_folder()}/numpy.libs"]
    shared = [str(path) for path in Path(sys.base_prefix, "lib").glob("*.so*")]
    devices = [os.devnull, "/dev/urandom"]
    return [path for path in (*library, *installed, *shared, *_system_libraries(), *devices)
            if os.path.exists(path)]


def _system_libraries():
    machine = sysconfig.get_config_var("MULTIARCH")
    for folder in map(Path, ("/lib", "/usr/lib", "/lib64", "/usr/lib64")):
        if machine and (folder / machine).is_dir():
            yield str(folder / machine)
        yield from (str(path) for path in folder.glob("*.so*"))
    yield from ("/etc/ld.so.cache", "/etc/alternatives")


def bubblewrap(readable):
    """Return the command that puts walls around what follows it, or nothing where there is no bubblewrap.

    Inside is nothing but what may be read: no ``/proc``, no folder that can be written to, no network, no process of
    others. Whether the kernel lets it do so is seen when it starts.
    """
    program = shutil.which("bwrap")
    if program is None or sys.platform != "linux":
        return []
    # Python's library as a whole, with others' packages covered: hundreds of binds would take a quarter of a second.
    library = sysconfig.get_path("stdlib")
    covered = [path for path in (f"{library}/{name}" for name in OTHERS) if os.path.isdir(path)]
    single = [path for path in dict.fromkeys([*readable, python()[0]]) if os.path.dirname(path) != library]
    binds = [word for path in [library, *single]
             for word in ("--dev-bind" if path.startswith("/dev/") else "--ro-bind", path, path)]
    covers = [word for path in covered for word in ("--tmpfs", path)]
    closed = [word for path in ["/", *covered] for word in ("--remount-ro", path)]
    return [program, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", *binds[:3], *covers,
            *binds[3:], *closed, "--chdir", "/", "--"]
