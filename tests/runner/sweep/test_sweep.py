"""Sweeps: each run as if it were alone, whatever happens to the others, to a worker or to all."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from conftest import SWEEP
from folders import content, read, rows, timeless_rows

from main import main
from runner.config.errors import UserError
from runner.console.terminal import Terminal
from runner.storage.folder import TEMPORARY, OutputFolder
from runner.storage.record import DIVERGED
from runner.sweep import execution
from runner.sweep.execution import run_one
from runner.sweep.sweep import resume_sweep
from runner.sweep.workers import Execution
from runner.tables.tables import TABLES
from tools.reference import ROOT

WHOLE_RUN = {*TABLES, "config.json", "run.json", "summary.json", "model.npz", "log.txt"}
SEEDS = 'sweep=[{"seed":[0,1,2]}]'


def sweep_here(*words) -> int:
    """The sweep of the session, in the current folder and process."""
    return main(["sweep.json", "--quiet", "--jobs", "1", *words])


def run_folders(folder):
    return sorted(path.parent for path in folder.glob("*/run.json"))


# Every run


def test_every_run_has_a_whole_folder(swept):
    folder, _ = swept
    names = [path.name for path in run_folders(folder)]
    assert len(names) == 20
    for name in names:
        files = {path.name for path in (folder / name).iterdir()}
        assert files == (WHOLE_RUN if name[:2] != "20" else {"config.json", "run.json", "log.txt"})


@pytest.mark.parametrize("number", ["01", "05", "12"])
def test_a_run_is_the_same_run_alone(swept, here, number):
    (folder,) = swept[0].glob(f"{number}_*")
    code = main([str(folder / "config.json"), "--quiet", "--name", "alone"])
    assert code == (3 if number == "05" else 0)
    assert content(here / "results" / "alone") == content(folder)


def test_a_run_is_the_same_run_from_the_command_line(swept, here):
    (here / "config.json").write_text(json.dumps({**SWEEP, "sweep": []}))
    main(
        [
            "latent_layer_neurons=3",
            "seed=1",
            "learning rate=0.03",
            "generate=[]",
            "--quiet",
            "--name",
            "one",
        ]
    )
    (folder,) = swept[0].glob("12_*")
    assert content(here / "results" / "one") == content(folder)


def test_the_table_has_a_row_a_run_with_the_numbers_of_its_summary(swept):
    folder, _ = swept
    table = rows(folder / "runs.csv")
    assert [row["run"] for row in table] == [path.name for path in run_folders(folder)]
    for row in table[:19]:
        summary = read(folder / row["run"] / "summary.json")
        assert {name: float(row[name]) for name in summary} == summary
        config = read(folder / row["run"] / "config.json")
        assert float(row["learning_rate"]) == config["learning_rate"]
        assert json.loads(row["generate"]) == config["generate"]
        assert int(row["seed"]) == config["seed"]
    assert all(table[19][name] == "" for name in summary)


def test_failures_are_told_with_their_reasons_and_the_others_finish(swept):
    folder, said = swept
    reasons = {
        row["run"][:2]: row["reason"] for row in rows(folder / "runs.csv") if row["status"] == "failed"
    }
    assert list(reasons) == ["05", "15", "20"]
    assert reasons["05"] == reasons["15"] == DIVERGED
    assert reasons["20"].startswith("generate: got [[0, 0.5]]; each point needs 3 numbers")
    lines = said.splitlines()
    for number, reason in reasons.items():
        (line,) = (line for line in lines if f"  {number}_" in line)
        assert line.endswith(f"failed: {reason}")
    assert "17 of 20 runs are done, 3 failed" in lines
    assert said == (folder / "log.txt").read_text()
    assert said.count("font2: ") == 1  # the data of all runs are told once
    assert (folder / "20_latent_layer_neurons-3_seed-9_learning_rate-0.01_generate").is_dir()


def test_the_status_is_that_of_the_sweep(swept):
    folder, _ = swept
    assert read(folder / "run.json")["status"] == "done"
    assert read(folder / "config.json")["sweep"] == SWEEP["sweep"]


def test_its_own_pictures_are_drawn_though_those_of_the_runs_are_not(swept):
    folder, _ = swept
    names = {path.name for path in (folder / "plots").iterdir()}
    assert names == {"error_by_setting.png", "curves.png", "latent_maps.png"}
    assert not list(folder.glob("*/plots"))


def test_one_process_and_two_give_the_same_files(swept, here):
    assert sweep_here("--name", "again") == 1
    assert content(here / "results" / "again") == content(swept[0])


def test_a_sweep_without_failures_is_exit_code_0_and_draws_its_runs(here, capsys):
    words = ["epochs=2", "font_subset_size=4", 'sweep=[{"seed":[0,1]}]', "--jobs", "1"]
    assert main(words) == 0
    (folder,) = (path for path in (here / "results").iterdir() if not path.is_symlink())
    assert folder.name.endswith("_default_sweep_seed")
    assert (here / "results" / "latest").resolve() == folder
    for run in run_folders(folder):
        assert len(list((run / "plots").iterdir())) == 10
    said = capsys.readouterr().out
    assert "2 of 2 runs are done, 0 failed" in said
    assert "look into" in said


# Searches


def test_a_search_tells_what_mattered_and_is_gone_on_with(here, capsys):
    ranges = {
        "learning_rate": {"from": 1e-4, "to": 0.1, "log": True},
        "latent_layer_neurons": {"from": 1, "to": 4},
    }
    keys = {"epochs": 2, "font_subset_size": 4, "plots": False, "samples": 20}
    (here / "search.json").write_text(json.dumps({**keys, "sweep": [ranges]}))
    assert main(["search.json", "--jobs", "1", "--name", "search"]) == 0
    folder = here / "results" / "search"
    table = rows(folder / "runs.csv")
    assert len(table) == 20
    assert {row["latent_layer_neurons"] for row in table} == {"1", "2", "3", "4"}
    mattered = rows(folder / "importance.csv")
    assert {row["key"] for row in mattered} == set(ranges)
    assert all(0 <= float(row["explained"]) <= 1 and -1 <= float(row["spearman"]) <= 1 for row in mattered)
    said = capsys.readouterr().out
    assert "what mattered for accumulated_error" in said
    assert 'id="mattered"' in (folder / "index.html").read_text()
    known = content(folder)
    shutil.rmtree(run_folders(folder)[7])
    assert main(["--resume", str(folder), "--jobs", "1", "--quiet"]) == 0
    assert content(folder) == known


# Going on


def test_a_finished_sweep_runs_nothing_again(swept, here, monkeypatch):
    folder, _ = swept
    before = {path: path.stat().st_mtime_ns for path in folder.glob("*/summary.json")}
    known = content(folder)

    def trained(*_):
        raise AssertionError

    monkeypatch.setattr(execution, "train_into", trained)
    assert main(["--resume", str(folder), "--jobs", "1", "--quiet"]) == 1
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert content(folder) == known


def test_a_broken_off_run_is_run_again(here):
    words = ["epochs=2", "font_subset_size=4", "plots=false", SEEDS, "--jobs", "1", "--quiet"]
    main([*words, "--name", "sweep"])
    folder = here / "results" / "sweep"
    known = content(folder)
    first, second, _ = run_folders(folder)
    record = second / "run.json"
    record.write_text(record.read_text().replace('"done"', '"running"'))
    (second / "metrics.csv").unlink()
    (second / f".metrics.csv.x{TEMPORARY}").write_text("epo")
    untouched = (first / "run.json").stat().st_mtime_ns
    assert main(["--resume", str(folder), "--jobs", "1", "--quiet"]) == 0
    assert content(folder) == known
    assert (first / "run.json").stat().st_mtime_ns == untouched


def edit(folder, **changes):
    path = folder / "config.json"
    path.write_text(json.dumps({**read(path), **changes}))


def test_an_edited_sweep_is_refused_by_the_names_of_its_keys(here, capsys):
    main(["epochs=2", "font_subset_size=4", "plots=false", SEEDS, "--jobs", "1", "--name", "sweep"])
    folder = here / "results" / "sweep"
    known = content(folder)
    edit(folder, epochs=3, beta=0.5)
    assert main(["--resume", str(folder)]) == 2
    said = capsys.readouterr().err
    assert "was run with another beta and epochs than the sweep's config.json has now" in said
    edit(folder, epochs=2, beta=1, sweep=[{"seed": [0, 1, 3]}])
    assert main(["--resume", str(folder)]) == 2
    assert "has no run 3_seed-2, but there is one" in capsys.readouterr().err
    edit(folder, sweep=[])
    with pytest.raises(UserError, match="is no sweep"):
        resume_sweep(folder, Execution(), Terminal(quiet=True))
    known.pop("config.json")
    assert {name: value for name, value in content(folder).items() if name != "config.json"} == known


def test_what_is_no_sweep_cannot_be_gone_on_with(here):
    (here / "empty").mkdir()
    with pytest.raises(UserError, match=r"config\.json: no such file"):
        resume_sweep(here / "empty", Execution(), Terminal(quiet=True))


# Shards


def test_shards_and_a_resume_are_the_whole_sweep(swept, here, capsys):
    counts = []
    for shard in ("1/3", "2/3", "3/3"):
        sweep_here("--shard", shard, "--name", "parts")
        counts.append(len(run_folders(here / "results" / "parts")))
    assert counts == [7, 14, 20]
    folder = here / "results" / "parts"
    assert main(["--resume", str(folder), "--quiet", "--jobs", "1"]) == 1
    assert content(folder) == content(swept[0])


def test_a_shard_says_that_the_rest_belongs_to_others(here, capsys):
    words = ["epochs=2", "font_subset_size=4", "plots=false", SEEDS, "--name", "parts", "--jobs", "1"]
    assert main([*words, "--shard", "4/4"]) == 0  # there is no fourth run
    assert main([*words, "--shard", "2/4"]) == 0
    folder = here / "results" / "parts"
    assert [path.name for path in run_folders(folder)] == ["2_seed-1"]
    assert read(folder / "run.json")["status"] == "interrupted"
    assert "python main.py --resume results/parts" in capsys.readouterr().out
    assert [row["run"] for row in rows(folder / "runs.csv")] == ["2_seed-1"]


def test_a_shard_that_ends_leaves_the_files_of_the_others_alone(here):
    folder = here / "results" / "parts" / "2_seed-1"
    folder.mkdir(parents=True)
    being_written = folder / f".metrics.csv.x{TEMPORARY}"
    being_written.write_text("epo")
    words = ["epochs=2", "font_subset_size=4", "plots=false", SEEDS, "--name", "parts", "--jobs", "1"]
    assert main([*words, "--shard", "1/3", "--quiet"]) == 0
    assert being_written.exists()


def test_shards_are_refused_without_a_name_and_beside_another_sweep(here, capsys):
    assert sweep_here("--shard", "1/3") == 2
    assert "--shard: give all shards the same folder with --name" in capsys.readouterr().err
    assert not (here / "results").exists()
    words = ["epochs=2", "font_subset_size=4", "plots=false", SEEDS, "--name", "parts", "--jobs", "1"]
    assert main([*words, "--shard", "1/3"]) == 0
    known = content(here / "results")
    assert main([*words, "--shard", "2/3", "beta=2"]) == 2
    assert "holds another sweep; choose another --name" in capsys.readouterr().err
    assert content(here / "results") == known


# Deaths


def deadly(run):
    """A run whose process is killed once it has begun, as by a machine that is out of memory."""
    if run.planned.given["seed"] == 1:
        OutputFolder.inside(run.path)
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.5)  # the neighbour is still running when it dies
    return run_one(run)


def test_a_run_that_kills_its_worker_takes_no_other_with_it(here, monkeypatch, capsys):
    monkeypatch.setattr(execution, "run_one", deadly)
    words = ["epochs=2", "font_subset_size=4", "plots=false", "--jobs", "2", "--name", "sweep"]
    assert main([*words, SEEDS]) == 1
    folder = here / "results" / "sweep"
    table = rows(folder / "runs.csv")
    assert [row["status"] for row in table] == ["done", "failed", "done"]
    assert table[1]["reason"] == "its process died twice; is the memory enough?"
    assert read(folder / "2_seed-1" / "run.json")["status"] == "failed"
    assert "failed: its process died twice" in capsys.readouterr().out
    monkeypatch.undo()
    monkeypatch.chdir(here)
    assert main(["--resume", str(folder), "--jobs", "1", "--quiet"]) == 0
    assert [row["status"] for row in rows(folder / "runs.csv")] == ["done"] * 3


def start(*words, cwd):
    """The command in processes of its own that can be killed together."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *words, "--jobs", "2"],
        cwd=cwd,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def stop(process, folder, begun: int, how: signal.Signals) -> str:
    """Send a signal to all its processes once so many runs have begun; returns its errors."""
    deadline = time.monotonic() + 60
    while len(run_folders(folder)) < begun and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    os.killpg(process.pid, how)
    _, errors = process.communicate(timeout=60)
    return errors


def test_a_sweep_killed_at_any_moment_goes_on_to_the_same_files(swept, here):
    folder = here / "results" / "sweep"
    killed = start("sweep.json", "--name", "sweep", cwd=here)
    for begun in (3, 12):
        stop(killed, folder, begun, signal.SIGKILL)
        assert killed.returncode == -signal.SIGKILL
        ended = [path for path in run_folders(folder) if read(path / "run.json")["status"] == "done"]
        assert len(ended) < 17
        settled = {path: (path / "run.json").stat().st_mtime_ns for path in ended}
        if begun < 12:
            killed = start("--resume", str(folder), cwd=here)
    assert main(["--resume", str(folder), "--quiet", "--jobs", "1"]) == 1
    assert {path: (path / "run.json").stat().st_mtime_ns for path in settled} == settled
    assert content(folder) == content(swept[0])
    assert timeless_rows(folder / "runs.csv") == timeless_rows(swept[0] / "runs.csv")
    assert not list(here.rglob(f"*{TEMPORARY}"))


def test_control_c_ends_a_sweep_cleanly(here):
    folder = here / "results" / "sweep"
    running = start("sweep.json", "epochs=3000", "--name", "sweep", cwd=here)
    errors = stop(running, folder, 3, signal.SIGINT)
    assert (running.returncode, errors.strip()) == (130, "interrupted")
    assert read(folder / "run.json")["status"] == "interrupted"


def test_the_table_is_a_csv_file_for_others(swept):
    with (swept[0] / "runs.csv").open(newline="") as file:
        table = list(csv.reader(file))
    assert {len(row) for row in table} == {len(table[0])}
    assert not {"nan", "inf", "None", "NaN"} & {cell for row in table for cell in row}
