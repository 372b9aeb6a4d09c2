"""Run folders: never another run's, and only whole files in them."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from runner.config.errors import UserError
from runner.storage.folder import TEMPORARY, OutputFolder, write_whole

ROOT = Path(__file__).parents[3]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def fail(error: BaseException):
    def failing(*_args, **_kwargs):
        raise error

    return failing


@pytest.fixture(params=["fsync", "chmod", "replace"])
def broken_at(request, monkeypatch):
    """Returns a function that lets one step of writing raise."""
    place = {"fsync": (os, "fsync"), "chmod": (Path, "chmod"), "replace": (Path, "replace")}[request.param]
    return lambda error: monkeypatch.setattr(*place, fail(error))


@pytest.mark.parametrize("content", [b"\x00\xff", "año\n", b"", "x" * 1_000_000])
def test_a_file_holds_exactly_what_was_written(tmp_path, content):
    path = tmp_path / "file"
    write_whole(path, content)
    assert path.read_bytes() == (content.encode() if isinstance(content, str) else content)
    assert names(tmp_path) == ["file"]


def test_a_file_can_be_read_by_others_and_is_replaced(tmp_path):
    path = tmp_path / "file"
    write_whole(path, "old and longer")
    write_whole(path, "new")
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_a_failed_write_leaves_the_old_content_and_no_other_file(tmp_path, broken_at, error):
    path = tmp_path / "file"
    write_whole(path, "old")
    broken_at(error)
    with pytest.raises(type(error)):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["file"]


def test_a_failed_first_write_leaves_nothing(tmp_path, broken_at):
    broken_at(OSError(errno.EIO, "Input/output error"))
    with pytest.raises(OSError, match="Input/output"):
        write_whole(tmp_path / "file", "new")
    assert names(tmp_path) == []


def test_a_full_disk_is_told_with_the_file_it_was_for(tmp_path, broken_at):
    folder = OutputFolder.make(tmp_path, "run")
    broken_at(OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(UserError, match=r"metrics\.csv: cannot be written \(No space left on device\)"):
        folder.write("metrics.csv", "epoch\n")
    assert names(folder.path) == []


def test_a_file_may_lie_in_a_folder_of_the_run(tmp_path):
    folder = OutputFolder.make(tmp_path, "run")
    folder.write("plots/a.png", b"a")
    folder.write("plots/b.png", b"b")
    assert names(folder.path) == ["plots"]
    assert (folder.path / "plots" / "b.png").read_bytes() == b"b"


def test_a_missing_results_folder_is_made(tmp_path):
    results = tmp_path / "my results" / "deep"
    assert OutputFolder.make(results, "run").path == results / "run"
    assert names(results) == ["run"]


def test_a_name_that_is_taken_gets_a_number(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run_3").write_text("a file of the user")
    assert [OutputFolder.make(tmp_path, "run").path.name for _ in range(3)] == ["run_2", "run_4", "run_5"]
    assert (tmp_path / "run_3").read_text() == "a file of the user"
    assert names(tmp_path / "run") == []


def test_latest_points_at_the_newest_run(tmp_path):
    for name in ("first", "second", "first"):
        folder = OutputFolder.make(tmp_path, name)
        folder.become_latest()
        assert (tmp_path / "latest").readlink() == Path(folder.path.name)
        folder.write("note", name)
        assert (tmp_path / "latest" / "note").read_text() == name
    assert names(tmp_path) == ["first", "first_2", "latest", "second"]


def test_latest_stays_valid_when_the_results_are_moved(tmp_path):
    folder = OutputFolder.make(tmp_path / "results", "run")
    folder.become_latest()
    folder.write("note", "here")
    (tmp_path / "results").rename(tmp_path / "moved")
    assert (tmp_path / "moved" / "latest" / "note").read_text() == "here"


def test_a_folder_of_the_user_named_latest_is_left_alone(tmp_path):
    (tmp_path / "latest").mkdir()
    (tmp_path / "latest" / "mine").write_text("mine")
    OutputFolder.make(tmp_path, "run").become_latest()
    assert (tmp_path / "latest" / "mine").read_text() == "mine"
    assert names(tmp_path) == ["latest", "run"]


def test_sixteen_processes_at_once_get_sixteen_folders(tmp_path):
    code = (
        "import sys; from pathlib import Path; from runner.storage.folder import OutputFolder; input();"
        f"folder = OutputFolder.make(Path({str(tmp_path)!r}), 'run');"
        "folder.become_latest(); folder.write('name', folder.path.name); print(folder.path.name)"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, **pipes) for _ in range(16)]
    for process in processes:  # all are started: let them go together
        process.stdin.write("\n")
        process.stdin.flush()
    made = sorted(process.communicate(timeout=30)[0].strip() for process in processes)
    assert made == sorted(["run", *(f"run_{number}" for number in range(2, 17))])
    assert names(tmp_path) == sorted(["latest", *made])
    assert all((tmp_path / name / "name").read_text() == name for name in made)
    assert (tmp_path / "latest").readlink().name in made


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../up", "a/b", "/tmp/x", "-x", ".hidden", "a b", "a\n", "a\x00b", "a*"]
)
def test_a_name_that_is_none_is_refused(tmp_path, name):
    with pytest.raises(UserError, match="--name: got ") as raised:
        OutputFolder.make(tmp_path / "results", name)
    assert "use letters, digits" in str(raised.value)
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["a", "2026-11-22_143005_default_adam_z2", "año_1.5+x"])
def test_a_plain_name_is_taken_as_it_is(tmp_path, name):
    assert OutputFolder.make(tmp_path, name).path == tmp_path / name


@pytest.mark.parametrize(
    "length",
    [250, 300],
)
def test_a_name_too_long_for_the_disk_is_no_traceback(tmp_path, length):
    try:
        assert OutputFolder.make(tmp_path, "a" * length).path.is_dir()
    except UserError as error:
        assert "choose another" in str(error)


@pytest.mark.parametrize("place", ["taken", "taken/inside"])
def test_results_that_are_a_file_are_a_mistake_of_the_user(tmp_path, place):
    (tmp_path / "taken").write_text("precious")
    with pytest.raises(UserError, match="choose another with --results") as raised:
        OutputFolder.make(tmp_path / place, "run")
    assert str(tmp_path / place) in str(raised.value)
    assert (tmp_path / "taken").read_text() == "precious"


@pytest.fixture
def make_read_only():
    """Returns a function that takes the right to write from a folder until the test is over."""
    folders = []

    def take(folder: Path) -> None:
        folders.append(folder)
        folder.chmod(0o555)
        if os.access(folder, os.W_OK):
            pytest.skip("this user (root?) may write into a read-only folder")

    yield take
    for folder in folders:
        folder.chmod(0o755)


def test_a_read_only_folder_is_a_mistake_of_the_user(tmp_path, make_read_only):
    make_read_only(tmp_path)
    with pytest.raises(UserError, match=r"Permission denied.*choose another with --results"):
        OutputFolder.make(tmp_path, "run")
    assert names(tmp_path) == []


def test_a_run_folder_that_becomes_read_only_is_told(tmp_path, make_read_only):
    folder = OutputFolder.make(tmp_path, "run")
    make_read_only(folder.path)
    with pytest.raises(UserError, match=r"log\.txt: cannot be written \(Permission denied\)"):
        folder.write("log.txt", "x")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a file system that makes no folders")
def test_a_file_system_that_makes_no_folders_is_a_mistake_of_the_user():
    with pytest.raises(UserError, match="choose another with --results"):
        OutputFolder.make(Path("/proc/results"), "run")


def test_a_folder_can_be_joined_by_others(tmp_path):
    first, second = (OutputFolder.join(tmp_path / "results", "sweep") for _ in range(2))
    assert first == second
    assert names(tmp_path / "results") == ["sweep"]
    (tmp_path / "results" / "taken").write_text("a file of the user")
    with pytest.raises(UserError, match="choose another with --results"):
        OutputFolder.join(tmp_path / "results", "taken")
    with pytest.raises(UserError, match="--name: got 'latest'"):
        OutputFolder.join(tmp_path / "results", "latest")


def test_a_folder_inside_a_sweep_is_made_or_found(tmp_path):
    for _ in range(2):
        OutputFolder.inside(tmp_path / "1").write("file", "x")
    assert names(tmp_path) == ["1"]
    with pytest.raises(UserError, match=r"none/1: cannot be made \(No such file or directory\)"):
        OutputFolder.inside(tmp_path / "none" / "1")


def test_what_killed_writers_left_is_removed_and_nothing_else(tmp_path):
    folder = OutputFolder.make(tmp_path, "run")
    for name in ("file", "plots/a.png"):
        folder.write(name, "whole")
        half = (folder.path / name).with_name(f".{Path(name).name}.x1{TEMPORARY}")
        half.write_text("ha")
    (folder.path / f"mine{TEMPORARY}").write_text("of the user")
    folder.remove_leftovers()
    left = sorted(path.relative_to(folder.path).as_posix() for path in folder.path.rglob("*"))
    assert left == ["file", f"mine{TEMPORARY}", "plots", "plots/a.png"]


def test_a_file_is_read_back_as_written(tmp_path):
    OutputFolder.make(tmp_path, "run").write("plots/a.png", b"\x89\x00")
    assert OutputFolder(tmp_path / "run").read("plots/a.png") == b"\x89\x00"


@pytest.mark.parametrize("name", ["none.csv", "plots"])
def test_a_file_that_cannot_be_read_is_a_mistake_of_the_user(tmp_path, name):
    folder = OutputFolder.make(tmp_path, "run")
    folder.write("plots/a.png", b"")
    with pytest.raises(UserError, match=rf"run/{name}: cannot be read .*is this a finished run\?"):
        folder.read(name)
