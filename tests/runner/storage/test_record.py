"""What a run tells about itself is true, however it ends."""

import json
from dataclasses import replace

import numpy as np
import pytest
from folders import read

from runner.config.errors import UserError
from runner.storage.folder import OutputFolder
from runner.storage.record import DIVERGED, RunRecord, json_text, status


@pytest.fixture
def folder(tmp_path):
    folder = OutputFolder.make(tmp_path, "run")
    folder.write("config.json", '{"seed": 3}')
    return folder


def test_a_run_is_running_and_then_done(folder):
    with status(folder, data_sha256="abc") as facts:
        during = read(folder.path / "run.json")
        facts["more"] = 1
    assert (during["status"], during["finished"]) == ("running", None)
    after = read(folder.path / "run.json")
    assert (after["status"], after["data_sha256"], after["more"]) == ("done", "abc", 1)
    assert after["finished"] >= after["started"] == during["started"]
    assert after["libraries"]["numpy"] == np.__version__


@pytest.mark.parametrize(
    ("error", "ending", "reason"),
    [
        (KeyboardInterrupt(), "interrupted", None),
        (ValueError("no"), "failed", "ValueError: no"),
        (SystemExit(1), "failed", "SystemExit: 1"),
        (UserError("mend it"), "failed", "UserError: mend it"),
    ],
)
def test_a_run_that_is_broken_off_says_how(folder, error, ending, reason):
    with pytest.raises(type(error)), status(folder):
        raise error
    record = RunRecord.read(folder.path)
    assert (record.status, record.reason) == (ending, reason)
    assert not record.is_settled


def test_a_run_may_say_itself_how_it_ended(folder):
    with status(folder) as facts:
        facts |= {"status": "failed", "reason": DIVERGED}
    assert RunRecord.read(folder.path).reason == DIVERGED


def test_a_record_is_what_the_folder_holds(folder):
    with status(folder, data_sha256="abc"):
        folder.write("summary.json", '{"accumulated_error": 0.5}')
    record = RunRecord.read(folder.path)
    known = RunRecord(folder.path, {"seed": 3}, "done", None, {"accumulated_error": 0.5}, "abc")
    assert record == replace(known, started=json.loads(folder.read("run.json"))["started"])
    assert record.name == "run"


def test_a_record_says_in_lines_what_was_read(folder):
    with status(folder, data={"description": "font: 3 characters", "remarks": ["one is blank"]}):
        pass
    assert RunRecord.read(folder.path).reading == ["font: 3 characters", "  one is blank"]


@pytest.mark.parametrize(
    ("ending", "reason", "settled"),
    [
        ("done", None, True),
        ("failed", DIVERGED, True),
        ("failed", "MemoryError: ", False),
        ("interrupted", None, False),
        ("running", None, False),
    ],
)
def test_only_what_would_be_repeated_is_settled(tmp_path, ending, reason, settled):
    assert RunRecord(tmp_path, {}, ending, reason, {}).is_settled == settled


def test_a_run_without_all_its_files_is_not_settled(folder):
    with status(folder) as facts:
        facts["missing"] = {"plots/error.png": "ValueError: no"}
    record = RunRecord.read(folder.path)
    assert (record.status, record.missing) == ("done", {"plots/error.png": "ValueError: no"})
    assert not record.is_settled


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("run.json", None, "is this a finished run"),
        ("config.json", None, "is this a finished run"),
        ("run.json", "{", "is not JSON"),
        ("run.json", b"\xff\xfe", "is not JSON"),
        ("summary.json", "[1]", "is not a JSON object"),
    ],
)
def test_a_folder_that_is_no_run_is_a_mistake_that_names_the_file(folder, name, content, message):
    with status(folder):
        pass
    (folder.path / name).unlink(missing_ok=True)
    if content is not None:
        folder.write(name, content)
    with pytest.raises(UserError, match=rf"run/{name}: .*{message}"):
        RunRecord.read(folder.path)


def test_json_is_readable_and_holds_no_nan():
    assert json.loads(json_text({"ñ": [1.5, None]})) == {"ñ": [1.5, None]}
    assert "ñ" in json_text({"ñ": 1})
    with pytest.raises(ValueError, match="Out of range"):
        json_text({"error": float("nan")})
