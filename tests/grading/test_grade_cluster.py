"""The same command on a cluster: a scheduler and three workers on this machine, one of them killed midway."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest
from classroom import SEED, answers, command, fill, hand_in, run

from autograder.errors import CourseError
from autograder.grading import cluster, crew

pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the sandbox needs POSIX")

COUNT = 16
ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1", "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}


class Machines:
    """A scheduler and workers, each a process of its own."""

    def __init__(self, folder, stack):
        self.folder, self.stack, self.file = folder, stack, folder / "scheduler.json"
        self.scheduler = self.start("scheduler", "--port", "0", "--scheduler-file", str(self.file))
        self.workers = [self.start("worker", "--scheduler-file", str(self.file), "--nthreads", "1", "--no-nanny",
                                   "--local-directory", str(folder / f"worker{number}")) for number in range(3)]
        self.wait_for(self.file.exists)
        self.address = json.loads(self.file.read_text(encoding="utf-8"))["address"]

    def start(self, kind, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--host", "127.0.0.1", "--no-dashboard", *arguments],
            env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.stack.callback(process.wait)
        self.stack.callback(process.kill)
        return process

    @staticmethod
    def wait_for(condition, seconds=60.0):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end
            time.sleep(0.02)


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    with ExitStack() as stack:
        yield Machines(tmp_path_factory.mktemp("cluster"), stack)


def told(path):
    """What a run says, without its times."""
    return [{key: value for key, value in record.items() if key != "seconds"}
            for record in json.loads(path.read_text(encoding="utf-8"))["submissions"]]


def test_a_worker_that_is_killed_midway_costs_nothing(machines, tmp_path):
    fill(tmp_path / "submitted", COUNT)
    results = tmp_path / "results"
    with subprocess.Popen(command(tmp_path / "submitted", "--scheduler", machines.address, "--json",
                                  tmp_path / "far.json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          encoding="utf-8") as grading:
        machines.wait_for(lambda: len(list(results.glob("*.json"))) >= 3 or grading.poll() is not None)
        machines.workers[0].send_signal(signal.SIGKILL)
        out, err = grading.communicate(timeout=120)
    assert grading.returncode == 0, err
    assert f"graded             {COUNT}" in out
    run(tmp_path / "submitted", "--results", tmp_path / "near", "--json", tmp_path / "near.json")
    assert told(tmp_path / "far.json") == told(tmp_path / "near.json")


def test_what_was_graded_elsewhere_is_not_graded_again_here(machines, tmp_path):
    hand_in(tmp_path / "submitted", "ada", answers("right"))
    (tmp_path / "autograder_seed.txt").write_text(SEED, encoding="ascii")
    done = run(tmp_path / "submitted", "--scheduler", machines.address)
    assert "graded now         1" in done.stdout
    assert "mean points        100.0 of 100" in done.stdout
    assert "graded now         0 of 1" in run(tmp_path / "submitted").stdout


def test_notebooks_do_not_stay_in_memory_after_they_were_sent(machines):
    def kept(dask_scheduler):
        return [line.recent_message_log.maxlen for line in dask_scheduler.stream_comms.values()]

    with cluster.Cluster(machines.address, crew.Settings(1)) as far:
        here = far.client.scheduler_comm.recent_message_log.maxlen
        assert {here, *far.client.run_on_scheduler(kept)} == {cluster.MESSAGES}


def test_a_worker_with_another_version_of_the_course_is_told(machines):
    far = cluster.Cluster(machines.address, crew.Settings(1))
    far.edition = "another"
    with pytest.raises(CourseError, match="has another version of this course"), far:
        pass


def test_a_scheduler_without_workers_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "WORKERS", 0.2)
    with ExitStack() as stack:
        alone = Machines.__new__(Machines)
        alone.stack, file = stack, tmp_path / "scheduler.json"
        alone.start("scheduler", "--port", "0", "--scheduler-file", str(file))
        Machines.wait_for(file.exists)
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        with pytest.raises(CourseError, match="has no workers"), cluster.Cluster(address, crew.Settings(1)):
            pass
