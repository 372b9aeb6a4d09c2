"""Only the folder of a finished run is one; every other is refused with what to do instead."""

import json

import pytest
from saved_runs import save_run

from runner.config.errors import UserError
from runner.library.finished import finished_run
from runner.storage.record import DIVERGED


@pytest.fixture
def run(tmp_path, few_result):
    return save_run(few_result, tmp_path / "results").path


def change(run, **facts):
    record = json.loads((run / "run.json").read_text(encoding="utf-8"))
    (run / "run.json").write_text(json.dumps({**record, **facts}), encoding="utf-8")


def complaint(path):
    with pytest.raises(UserError) as raised:
        finished_run(path)
    return str(raised.value)


def test_a_finished_run_is_found_by_its_path_and_as_the_latest(run):
    assert finished_run(run).path == finished_run(str(run)).path == run
    latest = run.parent / "latest"
    latest.symlink_to("run")
    assert finished_run(latest).path.resolve() == run.resolve()
    latest.unlink()
    latest.write_text("run")  # where there are no links
    assert finished_run(latest).path == run


def test_a_run_that_diverged_has_ended(run):
    change(run, status="failed", reason=DIVERGED)
    assert finished_run(run).status == "failed"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"status": "interrupted"}, "is not finished (interrupted); go on with it: "),
        ({"status": "running"}, "is not finished (running); go on with it: "),
        ({"status": "failed", "reason": "MemoryError: "}, "is not finished (failed, MemoryError: );"),
    ],
)
def test_a_run_that_has_not_ended_says_how_to_go_on(run, facts, said):
    change(run, **facts)
    assert said in complaint(run)
    assert complaint(run).endswith(f"python main.py --resume {run}")


def test_of_a_sweep_one_of_its_runs_is_named(swept):
    folder, _ = swept
    first = min(path.parent for path in folder.glob("*/run.json"))
    assert complaint(folder) == f"{folder}: is a sweep; name one of the runs in it, e.g. {first}"
    assert finished_run(first).path == first


def test_a_folder_of_runs_is_no_run(run):
    said = complaint(run.parent)
    assert said == f"{run.parent}: is no run; name one of the runs in it, e.g. {run}"
    assert complaint(run / "plots").endswith("is no run; runs are the folders of results/")


def test_a_comparison_is_no_run(run):
    (run / "config.json").unlink()
    assert "is a comparison; name one of the runs" in complaint(run)


def test_a_misspelt_folder_has_the_nearest_run_named(run):
    assert complaint(run.parent / "runn").startswith(
        f'{run.parent / "runn"}: there is no such folder (did you mean "run"?)'
    )
    assert "the newest run is results/latest" in complaint(run.parent / "nowhere" / "at all")
