"""The contenders of the benchmark do the same work, and its report can be written. Nothing is measured here."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import bench.__main__ as bench_command
from bench import gradient_check, here, products, report, step_by_step, work

SHAPE = (7, 4, 3, 5)


@pytest.mark.parametrize("kind", work.KINDS)
@pytest.mark.parametrize("dtype", work.DTYPES)
def test_the_step_by_step_contender_computes_what_the_library_computes(kind, dtype):
    loss, gradients = here.training_step(kind, SHAPE, dtype)()
    other_loss, other_gradients = step_by_step.training_step(kind, SHAPE, dtype)()
    tolerance = 1e-12 if dtype == "float64" else 1e-4
    assert loss == pytest.approx(other_loss, rel=tolerance)
    for name, value in other_gradients.items():
        assert gradients[name].dtype == value.dtype == dtype
        assert np.allclose(gradients[name], value, rtol=0, atol=tolerance)


@pytest.mark.parametrize("kind", work.KINDS)
def test_the_products_are_those_of_a_step(kind):
    T_x, m, n_x, n_a = SHAPE
    from_x, to_y, *_, dx, dW = products.training_step(kind, SHAPE, "float32")()
    rows = products.BLOCKS[kind] * n_a
    assert from_x.shape == (T_x, rows, m)
    assert to_y.shape == dx.shape == (T_x, n_x, m)
    assert dW.shape == (rows, n_a + n_x)


@pytest.mark.parametrize("kind", work.KINDS)
@pytest.mark.parametrize("width", [1, 3])
def test_all_contenders_draw_as_many_characters(kind, width):
    assert here.sampling(kind, "float32", 6, width)().shape == (6, width)
    assert step_by_step.sampling(kind, "float32", 6, width)().shape == (6, width)


@pytest.mark.parametrize("way", work.WAYS)
def test_each_way_to_check_gradients_finds_them_right(way):
    assert gradient_check.checking(way, (4, 3, 2, 3))() < (1e-8 if way == "central differences" else 1e-14)


def test_a_worker_answers_jobs_with_times():
    jobs = [["training_step", "GRU", SHAPE, "float32", 0], ["sampling", "LSTM", "float64", 5, 2, 0]]
    done = subprocess.run([sys.executable, "-m", "bench.worker", "here", "1"], text=True, capture_output=True,
                          input="".join(json.dumps(job) + "\n" for job in jobs), check=True,
                          cwd=Path(__file__).parents[2])
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [len(answer["times"]) for answer in answers] == [1, 1]


def test_the_report_has_a_line_for_each_job():
    machine = {"processor": "abacus", "cores": 1, "python": "3.12", "numpy": "2", "kernels": None,
               "pytorch": None, "threads": 1}
    results = [
        {"job": ["training_step", "RNN", SHAPE, "float32"], "value": None,
         "times": {"here": [[0.002, 0.003], [0.004]], "products": [[0.001], [0.001]]}},
        {"job": ["sampling", "LSTM", "float32", 100, 2], "value": None, "times": {"here": [[0.5]]}},
        {"job": ["checking", work.WAYS[0], SHAPE], "value": 2e-10, "times": {"gradient_check": [[0.25]]}},
    ]
    text = report.tables(machine, results)
    assert "| RNN | 7, 4, 3, 5 | float32 | 2 | – | – | 2.00 (3.00) |" in text
    assert "| LSTM | 2 | float32 | 400 | – | – |" in text
    assert "| central differences | 250 | 2.0e-10 |" in text


def test_the_report_names_the_kernels_that_numpy_computes_with(monkeypatch):
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    arguments = argparse.Namespace(pytorch_python=sys.executable, threads=1)
    head = report.tables(bench_command.machine(arguments), []).split("One *training step*")[0]
    assert ("(OpenBLAS for Haswell)" in head) == (bench_command.kernels() is not None)


def test_results_are_kept_as_they_come_and_a_new_one_replaces_the_old(tmp_path):
    machine = {"processor": "abacus", "cores": 1, "python": "3.12", "numpy": "2", "kernels": "Haswell",
               "pytorch": "2", "threads": 1}
    jobs = [["training_step", kind, list(SHAPE), "float32"] for kind in ("LSTM", "RNN")]
    for job, seconds in zip([*jobs, jobs[0]], (1, 2, 3), strict=True):
        turns = {"here": [[seconds]], "pytorch": [[2 * seconds]]}
        report.Results(tmp_path, machine).add({"job": job, "times": turns, "value": None})
    results = report.Results(tmp_path, machine)
    assert [result["times"]["here"] for result in results.results] == [[[3]], [[2]]]
    results.write_report()
    lines = (tmp_path / "results.md").read_text(encoding="utf-8").splitlines()
    assert [line.split("|")[1].strip() for line in lines if "float32" in line] == ["RNN", "LSTM"]
    assert (tmp_path / "results.png").stat().st_size > 1000
    assert report.Results(tmp_path, {**machine, "numpy": "3"}).results == []
