"""Runs a piece of code in a process of its own, behind chosen layers of the sandbox."""

import json
import os
import subprocess
import sys
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
LINUX = sys.platform == "linux"

PROGRAM = """
import ctypes, errno, json, os, signal, sys
from autograder.sandbox import confine
import threading, socket, subprocess, resource, mmap

told = {{}}

def attempt(name, action, *arguments):
    "Do it, and note the name of the error, or what it returned."
    try:
        result = action(*arguments)
        told[name] = "done" if result is None or not isinstance(result, (int, str, bool, list)) else result
    except BaseException as error:
        told[name] = errno.errorcode.get(getattr(error, "errno", None), type(error).__name__)

def system_call(number, *arguments):
    ctypes.set_errno(0)
    result = confine.libc().syscall(ctypes.c_long(number), *(ctypes.c_long(item) for item in arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), "")
    return result

reached = {layers}
{code}
sys.stdout.write(json.dumps({{"reached": reached, **told}}))
sys.stdout.flush()
os._exit(0)
"""

LAYERS = {
    "seccomp": "confine.seccomp(confine.seccomp_program(False) or b'')",
    "read-only seccomp": "confine.seccomp(confine.seccomp_program(True) or b'')",
    "landlock": "(lambda rules: rules is not None and confine.landlock(rules))(confine.landlock_rules({readable!r}))",
    "rlimits": "confine.limit(1, 2**28, confine.address_space())",
    "powers": "confine.drop_powers() is None",
    "nobody": "confine.step_down() is None",
    "nothing": "True",
}


def confined(layer, code, readable=(), **options):
    """Return what the code told, a dict; ``reached`` says whether this machine has the layer."""
    program = PROGRAM.format(layers=LAYERS[layer].format(readable=list(readable)), code=code)
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # numpy may start no other inside
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", cwd=CLONE,
                          env=one_thread, timeout=60, check=False, **options)
    if not done.stdout:
        return {"reached": None, "ended": done.returncode, "words": done.stderr}
    return json.loads(done.stdout)
