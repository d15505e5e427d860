import subprocess
import sys

import pytest

from solutions import keep_memory

PAGE_FAULTS = """
import resource
import numpy as np
from solutions import keep_memory

assert keep_memory()
def step():
    return sum(np.ones((50, 128, 32)).sum() for _ in range(9)) + np.ones((9, 50, 128, 32)).sum()
step()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    step()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def test_it_says_whether_it_can_and_may_be_called_twice():
    assert keep_memory() == keep_memory()


@pytest.mark.skipif(not keep_memory(), reason="the C library of this system cannot")
def test_dropped_arrays_are_not_handed_out_page_by_page_again():
    done = subprocess.run([sys.executable, "-c", PAGE_FAULTS], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 100
