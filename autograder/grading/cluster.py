"""The same grading on a cluster of ``dask.distributed``: notebooks travel with the tasks, sandboxes do not.

A worker that is lost costs nothing: its scheduler gives what it had to others. Every worker needs this package, in
the same version, and what the sandbox needs; it reads no file of the machine that asks.
"""

import atexit
import contextlib
import logging
import os
import queue
import re
import socket
import tempfile
import threading
import time
import warnings
from dataclasses import replace

from autograder.errors import ChapterError, CourseError, MissingToolError
from autograder.grading import one
from autograder.grading.crew import News, check_level
from autograder.grading.records import edition
from autograder.notebooks.files import LARGEST
from autograder.words import say

AHEAD = 3  # submissions handed out for each thread of the cluster
ADDRESS = re.compile(r"((tcp|tls|ws|wss)://)?([\w.-]+|\[[0-9a-fA-F:.]+\]):\d{1,5}")
MESSAGES = 10
CONNECT, WORKERS = 15.0, 60.0  # seconds to wait for the scheduler, and for a worker


class Cluster:
    """A crew whose processes are the workers of a scheduler. Use it as a context manager.

    Parameters
    ----------
    address : str
        The scheduler's, ``tcp://10.0.0.1:8786``.
    settings : Settings
    """

    def __init__(self, address, settings):
        self.address, self.settings = address, settings
        self.edition = edition(settings.seed)
        self.running, self.news, self.level = {}, queue.SimpleQueue(), ()
        self.threads, self.asked, self.seen = 1, 0.0, 0.0

    def __enter__(self):
        try:
            from distributed import Client, Security
        except ImportError:
            raise MissingToolError(say("a cluster needs dask.distributed; install it: pip install "
                                       "'rnn-course[cluster]'")) from None
        # What a client of dask's refuses at once keeps it from ending for half a minute: told before.
        if not ADDRESS.fullmatch(self.address):
            raise CourseError(say("{address}: is no scheduler's address; one looks like tcp://10.0.0.1:8786",
                                  address=self.address))
        if self.address.startswith(("tls", "wss")) and not Security().get_connection_args("client").get("ssl_context"):
            raise CourseError(say("{address}: needs certificates, which dask's configuration does not name",
                                  address=self.address))
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told in our words
        _keep_few_messages(None)
        try:
            self.client = Client(self.address, timeout=CONNECT, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise CourseError(say("{address}: no scheduler answers there ({error})", address=self.address,
                                  error=str(error)[:100] or type(error).__name__)) from None
        try:
            with contextlib.suppress(Exception):  # a scheduler without this course: it needs more memory then
                self.client.run_on_scheduler(_keep_few_messages)
            self._check_workers()
        except BaseException:
            self.client.close()
            raise
        return self

    def __exit__(self, *error):
        for future in self.running:
            with contextlib.suppress(Exception):
                future.cancel()
        self.client.close()

    def _check_workers(self):
        """Wait for the first worker, and see that all that are there have this course."""
        try:
            self.client.wait_for_workers(1, timeout=WORKERS)
        except TimeoutError:
            raise CourseError(say("{address}: the scheduler has no workers", address=self.address)) from None
        try:
            editions = self.client.run(edition, self.settings.seed)
        except ImportError as error:
            raise CourseError(say("{address}: a worker cannot import this course ({error}); install it there",
                                  address=self.address, error=error)) from None
        for worker, other in editions.items():
            _same_edition(self.edition, other, worker)
        self._count()

    def _count(self):
        """Ask how many threads there are; workers come and go."""
        now = time.monotonic()
        if now - self.asked > 2.0:
            threads = sum(self.client.nthreads().values())
            self.asked, self.threads = now, max(threads, 1)
            self.seen = now if threads or not self.seen else self.seen
            if now - self.seen > WORKERS:
                raise ChapterError(say("{address}: the scheduler has had no workers for {seconds:.0f} s; results are "
                                       "kept: run this again", address=self.address, seconds=now - self.seen))

    @property
    def busy(self):
        """Whether a submission is handed out."""
        return bool(self.running)

    @property
    def free(self):
        """Whether another one can be handed out: few enough are on the way that memory stays flat everywhere."""
        return len(self.running) < AHEAD * self.threads

    def start(self, work):
        """Send a submission to the cluster."""
        self._alive()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that a notebook is large
            future = self.client.submit(grade_there, replace(work, path=""), _content(work.path), self.settings,
                                        self.edition, pure=False)
        self.running[future] = work
        future.add_done_callback(self.news.put)

    def finished(self):
        """Wait for news; return a list of :class:`~autograder.grading.crew.News`, which may be empty."""
        self._alive()
        self._count()
        with contextlib.suppress(queue.Empty):
            futures = [self.news.get(timeout=1.0)]
            while not self.news.empty():
                futures.append(self.news.get())
            return [self._news(future) for future in futures if future in self.running]
        return []

    def _alive(self):
        if self.client.status != "running":
            raise ChapterError(say("{address}: the scheduler is gone; results are kept: run this again when it is back",
                                   address=self.address))

    def _news(self, future):
        work = self.running.pop(future)
        try:
            record = future.result(timeout=CONNECT)
        except CourseError:  # another edition, too little isolation
            raise
        except Exception as error:  # KilledWorker: it was tried on several; or a fault of ours
            return News(work, None, not future.cancelled(), f"{type(error).__name__}: {error}"[:200])
        finally:
            future.release()
        self.level = ("process", *record["isolation"]) if record["isolation"] else self.level
        return News(work, record)


def _keep_few_messages(dask_scheduler):
    """Have dask keep ten of the last messages on each line, not 1,000: they hold the notebooks. Here, or there.

    Parameters
    ----------
    dask_scheduler : distributed.Scheduler or None
        None on this side, before anything is connected.
    """
    import dask

    dask.config.set({"distributed.admin.low-level-log-length": MESSAGES})
    for line in dask_scheduler.stream_comms.values() if dask_scheduler else ():
        line.recent_message_log = type(line.recent_message_log)(maxlen=MESSAGES)


def _content(path):
    """Return the bytes of a submission, and one more than is read of the largest."""
    try:
        with open(path, "rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError:
        return None


def _same_edition(mine, other, worker):
    if mine != other:
        raise CourseError(say("the worker {worker} has another version of this course; install the same everywhere",
                              worker=worker))


# --- at the worker ------------------------------------------------------------------------------

_here = threading.local()  # a sandbox holds one submission at a time, so every thread has its own
_opened = contextlib.ExitStack()
_opening = threading.Lock()
atexit.register(_opened.close)


def grade_there(work, content, settings, wanted):
    """Grade a submission whose bytes came along; this runs at a worker.

    Parameters
    ----------
    work : Work
    content : bytes or None
        The file's; None where it could not be read.
    settings : Settings
    wanted : str
        The edition of the course that the sender has.

    Returns
    -------
    dict
        The record.
    """
    _same_edition(wanted, edition(settings.seed), socket.gethostname())
    folder = _folder()
    sandbox = _sandbox(settings, folder)
    with tempfile.TemporaryDirectory(prefix="submission-", dir=folder) as here:
        path = os.path.join(here, re.sub(r"[^\w. ()-]", "_", work.name)[-100:] or "notebook.ipynb")
        if content is not None:
            with open(path, "wb") as stream:
                stream.write(content)
        return one.grade(replace(work, path=path), sandbox, settings.seed)


def _folder():
    """Return the worker's own folder, which dask empties when the worker is gone; None outside a worker."""
    from distributed import get_worker

    try:
        return get_worker().local_directory
    except ValueError:
        return None


def _sandbox(settings, folder):
    """Return this thread's sandbox, started at its first submission."""
    if getattr(_here, "sandbox", None) is None or _here.without != settings.without:
        with _opening:
            usual, tempfile.tempdir = tempfile.tempdir, folder
            try:
                sandbox = _opened.enter_context(one.new_sandbox(settings.without))
            finally:
                tempfile.tempdir = usual
        check_level(("process", *sandbox.ready()), settings.required)
        _here.sandbox, _here.without = sandbox, settings.without
    return _here.sandbox
