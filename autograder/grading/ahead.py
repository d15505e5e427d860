"""Sandboxes that start before it is known what for: they load numpy while this process loads what grades.

So this module is loaded alone and first; nothing of what it imports imports numpy.
"""

import contextlib
import os
import sys
from pathlib import Path

from autograder.grading.options import processors
from autograder.grading.scratch import scratch
from autograder.sandbox.keepers import keeper


@contextlib.contextmanager
def launched(options):
    """Give sandboxes' servers, as many as will be at work; none where a run goes on, which may have nothing to do.

    Parameters
    ----------
    options : argparse.Namespace
        Of ``autograder grade``.
    """
    count = _expected(options) if sys.platform == "linux" else 0
    if not count:
        yield []
        return
    with scratch() as folder, contextlib.ExitStack() as ending:
        servers = []
        for _ in range(count):
            servers.append(keeper(folder=folder))
            ending.callback(servers[-1].bury)
            servers[-1].launch()
        ending.callback(lambda: [server.let_go() for server in servers])
        yield servers


def _expected(options):
    """Return how many processes will be at work on this machine, as far as can be told at a glance."""
    place = Path(options.submitted)
    results = Path(options.results) if options.results else place.resolve().parent / "results"
    if options.scheduler or not place.exists() or results.exists():
        return 0
    return min(options.jobs or processors(), len(os.listdir(place)) if place.is_dir() else 1024)
