"""Only what came to nothing is removed, and only after somebody said yes."""

import io
import os
import pty
import subprocess
import sys

import pytest
from folders import put

from main import main
from runner.storage import locks
from runner.storage.locks import locked
from tools.reference import ROOT


@pytest.fixture
def results(tmp_path):
    """Runs of every status, `latest` leading to one that was interrupted."""
    for hour, status in enumerate(("done", "failed", "running", "interrupted")):
        put(tmp_path, f"it_{status}", status, started=f"2026-11-22T{hour + 10}:00:00+00:00")
    put(tmp_path, "sweep", "interrupted", sweep=[{"seed": [0]}])
    put(tmp_path / "sweep", "1_seed-0", "failed")
    (tmp_path / "unreadable").mkdir()
    (tmp_path / "unreadable" / "run.json").write_text("{")
    (tmp_path / "my notes").mkdir()
    (tmp_path / "latest").symlink_to("it_interrupted")
    return tmp_path


STAYING = {"it_done", "sweep", "unreadable", "my notes", "latest"}


def left(results):
    return {path.name for path in results.iterdir()}


def asked(results, answer, *words):
    """The command on a terminal of its own, where somebody answers."""
    ours, theirs = pty.openpty()
    command = [sys.executable, str(ROOT / "main.py"), "--prune", str(results), *words]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, text=True) as process:
        os.write(ours, answer.encode())
        said, _ = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0
    return said


def test_what_failed_was_interrupted_or_killed_goes_after_a_yes(results):
    said = asked(results, "y\n")
    assert left(results) == STAYING
    assert (results / "sweep" / "1_seed-0").exists()
    assert "it_running      killed" in said
    assert "Remove 3 runs? [y/N]" in said
    assert f"sweep stays: --resume {results / 'sweep'} goes on with it" in said
    assert said.endswith("3 runs removed\n")
    assert (results / "latest").resolve() == results / "sweep"


@pytest.mark.parametrize("answer", ["\n", "n\n", "maybe\n", "\x04"])
def test_everything_else_is_a_no(results, answer):
    before = left(results)
    assert asked(results, answer).endswith("nothing is removed\n")
    assert left(results) == before


def test_without_a_terminal_it_has_to_be_said(results, monkeypatch, capsys):
    before = left(results)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main(["--prune", str(results)]) == 2
    assert "would remove 3 runs, and nobody is there to ask; add --yes" in capsys.readouterr().err
    assert left(results) == before
    assert main(["--prune", str(results), "--yes"]) == 0
    assert left(results) == STAYING
    assert main(["--prune", str(results), "--yes"]) == 0
    assert capsys.readouterr().out.endswith(f"{results}: nothing to remove\n")


def test_what_is_running_stays(results):
    with locked(results / "it_running"):
        assert main(["--prune", str(results), "--yes", "--quiet"]) == 0
    assert left(results) == {*STAYING, "it_running"}


def test_where_there_are_no_locks_nobody_knows_what_is_running(results, monkeypatch):
    monkeypatch.setattr(locks, "fcntl", None)
    assert main(["--prune", str(results), "--yes", "--quiet"]) == 0
    assert left(results) == {*STAYING, "it_running"}


def test_a_run_that_is_gone_on_with_while_we_ask_stays(results, monkeypatch):
    def going_on(_):
        put(results, "it_failed", "running", anew=True)
        return "y"

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", going_on)
    assert main(["--prune", str(results)]) == 0
    assert left(results) == {*STAYING, "it_failed"}


def test_a_sweep_is_removed_whole_if_it_is_named(results, capsys):
    sweep = results / "sweep"
    with locked(sweep, together=True):
        assert main(["--prune", str(sweep), "--yes"]) == 0
    assert capsys.readouterr().out == "0 runs removed\n"
    assert main(["--prune", str(sweep), "--yes"]) == 0
    assert not sweep.exists()
    assert (results / "it_failed").exists()


def test_a_running_sweep_is_refused_by_name(results, capsys):
    sweep = put(results, "going", "running", sweep=[{"seed": [0]}])
    with locked(sweep, together=True):
        assert main(["--prune", str(sweep), "--yes"]) == 2
    assert "going: is running; --prune removes only" in capsys.readouterr().err


def test_a_run_that_is_named_by_the_link_goes_and_the_link_leads_on(results):
    assert main(["--prune", str(results / "latest"), "--yes", "--quiet"]) == 0
    assert not (results / "it_interrupted").exists()
    assert (results / "latest").resolve() == results / "sweep"


def test_what_is_done_is_refused_by_name(results, capsys):
    assert main(["--prune", str(results / "it_done"), "--yes"]) == 2
    assert (
        "it_done: is done; --prune removes only what failed or was interrupted" in capsys.readouterr().err
    )
    assert (results / "it_done").exists()


def test_the_last_run_takes_the_link_with_it(tmp_path):
    put(tmp_path, "only", "failed")
    (tmp_path / "latest").symlink_to("only")
    assert main(["--prune", str(tmp_path), "--yes", "--quiet"]) == 0
    assert left(tmp_path) == set()
