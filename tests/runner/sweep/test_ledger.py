"""What has ended of a sweep: read from disk, added in memory, and written as a table."""

from dataclasses import replace

import pytest
from folders import rows

from runner.config.errors import UserError
from runner.config.file import load_config
from runner.storage.folder import OutputFolder
from runner.sweep import ledger as module
from runner.sweep.execution import SweepRun, run_one
from runner.sweep.ledger import Ledger
from runner.sweep.plan import planned_runs

SEEDS = {"sweep": [{"seed": [0, 1, 2]}], "epochs": 1, "font_subset_size": 3, "plots": False}


def sweep_runs(folder, **keys):
    planned = planned_runs(load_config(None, {**SEEDS, **keys}))
    return [SweepRun(folder / run.name, run) for run in planned]


@pytest.fixture
def runs(tmp_path):
    """Three runs, of which the second has ended."""
    runs = sweep_runs(tmp_path)
    run_one(runs[1])
    return runs


def opened(folder, runs):
    return Ledger(OutputFolder(folder), ["seed"], runs)


def test_it_begins_with_what_is_settled_on_disk(tmp_path, runs):
    ledger = opened(tmp_path, runs)
    assert list(ledger.records) == [runs[1].path]
    assert (ledger.count("done"), ledger.count("failed")) == (1, 0)


def test_runs_stand_in_the_order_of_the_sweep_however_they_end(tmp_path, runs):
    ledger = opened(tmp_path, runs)
    for run in (runs[2], runs[0]):
        ledger.add(run_one(run))
    assert [record.name for record in ledger.comparison.runs] == [run.path.name for run in runs]
    ledger.save()
    assert [row["seed"] for row in rows(tmp_path / "runs.csv")] == ["0", "1", "2"]


def test_the_table_grows_as_often_as_is_good_for_the_disk(tmp_path, runs, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    ledger = opened(tmp_path, runs)
    ledger.add(run_one(runs[0]))
    assert not (tmp_path / "runs.csv").exists()
    now[0] += module.SECONDS_BETWEEN_TABLES + 0.1
    ledger.add(run_one(runs[2]))
    assert len(rows(tmp_path / "runs.csv")) == 3


def test_a_table_that_takes_long_is_written_more_seldom(tmp_path, runs, monkeypatch):
    now, saves = [100.0], []

    def save(_):
        saves.append(now[0])
        now[0] += 1.0

    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    monkeypatch.setattr(Ledger, "save", save)
    ledger, record = opened(tmp_path, runs), run_one(runs[0])
    for _ in range(200):
        now[0] += 1.0
        ledger.add(record)
    assert len(saves) == pytest.approx(200 * module.LARGEST_SHARE, abs=1)


def test_what_others_ended_meanwhile_is_found(tmp_path, runs):
    ledger = opened(tmp_path, runs)
    known = run_one(runs[0])
    assert runs[0].path not in ledger.records
    ledger.add_what_others_ended()
    assert ledger.records[runs[0].path] == replace(known, config={"seed": 0}, reading=[])


def test_of_a_run_it_keeps_what_the_table_tells_with_the_names_of_the_others(tmp_path, runs):
    ledger = opened(tmp_path, runs)
    ledger.add(run_one(runs[0]))
    first, second = ledger.comparison.runs
    assert [first.config, second.config] == [{"seed": 0}, {"seed": 1}]
    assert all(a is b for a, b in zip(first.summary, second.summary, strict=True))


def test_an_unsettled_run_is_none(tmp_path, runs):
    record = runs[1].path / "run.json"
    record.write_text(record.read_text().replace('"done"', '"interrupted"'))
    assert opened(tmp_path, runs).records == {}


def test_a_run_of_another_config_is_refused_by_the_names_of_its_keys(tmp_path, runs):
    others = sweep_runs(tmp_path, epochs=2, beta=0.5)
    with pytest.raises(UserError, match="was run with another beta and epochs than the sweep"):
        opened(tmp_path, others)
