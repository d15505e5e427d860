"""Memory between training steps: kept, not given back.

Each step of training makes large arrays and drops them. The C library of Linux then gives their memory back to the
system, which hands it out anew, page after page, at the next step: up to a third of the time of a step.
"""

import ctypes
import sys

__all__ = ["keep_memory"]

M_TRIM_THRESHOLD, M_MMAP_MAX = -1, -4  # names and numbers of glibc's malloc.h


def keep_memory():
    """Ask the C library to keep the memory of dropped arrays for the next ones.

    It holds for the whole process, which keeps as much memory as it ever used. Call it once, before training.

    Returns
    -------
    bool
        Whether the C library can do so: on Linux with glibc. Elsewhere nothing happens.
    """
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    # No array gets a mapping of its own, which would end with it; and the end of the heap is never given back.
    return bool(mallopt(M_MMAP_MAX, 0) and mallopt(M_TRIM_THRESHOLD, -1))
