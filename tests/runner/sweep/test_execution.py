"""A run of a sweep ends in a record, whatever happens to it."""

import os

import pytest
from folders import read

from runner.config.file import load_config
from runner.storage.folder import OutputFolder
from runner.storage.record import status
from runner.sweep import execution
from runner.sweep.execution import SweepRun, executed, run_one
from runner.sweep.plan import planned_runs
from runner.sweep.workers import Execution, WorkerDied

TINY = {"epochs": 1, "font_subset_size": 4, "neurons_per_layer": [4], "plots": False}


def plan(**keys):
    return planned_runs(load_config(None, keys))


def test_a_run_never_raises(tmp_path, monkeypatch):
    (planned,) = plan(sweep=[{"seed": [0]}], font_set="none")
    record = run_one(SweepRun(tmp_path / "a", planned))
    assert record.status == "failed"
    assert record.reason.startswith("font_set: no font 'none'")
    monkeypatch.setattr(execution, "prepare", lambda config: 1 / 0)
    record = run_one(SweepRun(tmp_path / "b", planned))
    assert (record.status, record.reason) == ("failed", "ZeroDivisionError: division by zero")
    assert "Traceback" in (tmp_path / "b" / "log.txt").read_text()
    assert read(tmp_path / "b" / "run.json") == {"status": "failed", "reason": record.reason}


def test_a_worker_that_cannot_write_there_says_so(tmp_path):
    (planned,) = plan(sweep=[{"seed": [0]}], epochs=1, font_subset_size=4)
    record = run_one(SweepRun(tmp_path / "not shared" / "a", planned))
    assert record.status == "failed"
    assert "not shared/a: cannot be made (No such file or directory)" in record.reason


def test_a_run_that_ended_before_its_worker_died_is_not_run_again(tmp_path, monkeypatch):
    (planned,) = plan(sweep=[{"seed": [0]}], epochs=1, font_subset_size=4, plots=False)
    run = SweepRun(tmp_path / "a", planned)
    known = run_one(run)
    monkeypatch.setattr(execution, "prepare", lambda config: 1 / 0)
    assert run_one(run) == known


@pytest.mark.parametrize("name", ["run.json", "config.json", "summary.json"])
def test_a_run_with_a_file_that_a_power_cut_left_empty_is_run_again(tmp_path, name):
    (planned,) = plan(sweep=[{"seed": [0]}], **TINY)
    run = SweepRun(tmp_path / "a", planned)
    known = run_one(run)
    (run.path / name).write_bytes(b"")
    again = run_one(run)
    assert (again.status, again.config, again.summary.keys()) == (
        "done",
        known.config,
        known.summary.keys(),
    )


@pytest.mark.skipif(not hasattr(os, "sync"), reason="Windows has none")
def test_the_files_of_a_run_are_on_the_disk_before_it_says_that_it_is_done(tmp_path, monkeypatch):
    (planned,) = plan(sweep=[{"seed": [0]}], **TINY)
    run, there = SweepRun(tmp_path / "a", planned), []

    def sync():
        there.append((read(run.path / "run.json")["status"], {path.name for path in run.path.iterdir()}))

    monkeypatch.setattr(os, "sync", sync)
    assert run_one(run).status == "done"
    assert there == [("running", {path.name for path in run.path.iterdir()})]


def test_an_interrupted_run_is_not_settled(tmp_path):
    (planned,) = plan(sweep=[{"seed": [0]}], epochs=1, font_subset_size=4, plots=False)
    run = SweepRun(tmp_path / "a", planned)
    folder = OutputFolder.inside(run.path)
    folder.write("config.json", "{}")
    with pytest.raises(KeyboardInterrupt), status(folder):
        raise KeyboardInterrupt
    assert read(run.path / "run.json")["status"] == "interrupted"
    assert run_one(run).status == "done"


def test_a_run_that_cannot_be_planned_is_a_record_of_its_problem(tmp_path):
    good, bad = plan(sweep=[{"epochs": [1, 0]}], font_subset_size=4, plots=False)
    record = run_one(SweepRun(tmp_path / "a", bad))
    assert (record.status, record.summary) == ("failed", {})
    assert record.reason == "epochs: got 0; must be at least 1"
    assert read(tmp_path / "a" / "config.json") == {"font_subset_size": 4, "plots": False, "epochs": 0}
    assert run_one(SweepRun(tmp_path / "b", good)).status == "done"


# Workers that die


def runs_of(folder, count):
    runs = plan(sweep=[{"seed": list(range(count))}], **TINY)
    return [SweepRun(folder / run.name, run) for run in runs]


def dying(monkeypatch, deaths):
    """Let the worker of a run die as often as `deaths` says of its seed, once it has begun."""
    left = dict(deaths)

    def answers(function, runs, _execution):
        for run in runs:
            seed = run.planned.given["seed"]
            if left.get(seed, 0):
                left[seed] -= 1
                OutputFolder.inside(run.path)
                raise WorkerDied("killed")
            yield function(run)

    monkeypatch.setattr(execution, "answers", answers)


def test_a_run_whose_worker_died_once_is_tried_again_alone(tmp_path, monkeypatch):
    dying(monkeypatch, {1: 1})
    records = list(executed(runs_of(tmp_path, 3), Execution(jobs=1)))
    assert [(record.name[-1], record.status) for record in records] == [
        ("0", "done"),
        ("2", "done"),
        ("1", "done"),
    ]


def test_a_run_whose_worker_died_twice_is_given_up(tmp_path, monkeypatch):
    dying(monkeypatch, {0: 2, 2: 1})
    records = {record.name[-1]: record for record in executed(runs_of(tmp_path, 3), Execution(jobs=1))}
    assert [records[seed].status for seed in "012"] == ["failed", "done", "done"]
    assert records["0"].reason == "its process died twice; is the memory enough?"
    assert read(records["0"].path / "run.json")["status"] == "failed"


def test_a_death_before_any_run_began_is_nobodys_fault(tmp_path, monkeypatch):
    def answers(function, runs, _execution):
        raise WorkerDied("no worker could be started")
        yield

    monkeypatch.setattr(execution, "answers", answers)
    with pytest.raises(WorkerDied, match="no worker"):
        list(executed(runs_of(tmp_path, 2), Execution(jobs=1)))
