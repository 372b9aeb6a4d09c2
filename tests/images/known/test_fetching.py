"""Files of the web and packages: they come in time and whole, or it is told why not."""

import os
import sys

import pytest

from images.errors import DataError
from images.known import fetching
from images.known.fetching import fetch, run_command


def test_a_file_comes_as_it_is(web):
    web.files["folder/file"] = bytes(range(256)) * 1000
    assert fetch(f"{web.url}/folder/file") == web.files["folder/file"]
    assert web.asked == ["folder/file"]


def test_a_download_that_is_too_large_is_given_up(web, monkeypatch):
    web.files["file"] = bytes(100)
    monkeypatch.setattr(fetching, "LARGEST_FILE", 20)
    with pytest.raises(DataError, match="larger or slower than it should be"):
        fetch(f"{web.url}/file")


def test_a_download_that_takes_too_long_is_given_up(web, monkeypatch):
    web.files["file"] = bytes(100)
    monkeypatch.setattr(fetching, "PATIENCE", -1)
    with pytest.raises(DataError, match="larger or slower than it should be"):
        fetch(f"{web.url}/file")


def test_a_command_runs_in_its_folder(tmp_path):
    run_command([sys.executable, "-c", "open('here', 'w').close()"], str(tmp_path))
    assert (tmp_path / "here").exists()


def test_a_command_that_fails_tells_its_last_words(tmp_path):
    script = "import sys; print('first', file=sys.stderr); sys.exit('no network\\n\\n')"
    with pytest.raises(DataError, match=r"failed: no network$"):
        run_command([sys.executable, "-c", script], str(tmp_path))
    with pytest.raises(DataError, match=r"failed: without a word$"):
        run_command([sys.executable, "-c", "raise SystemExit(1)"], str(tmp_path))


def test_a_command_that_is_missing_is_told():
    with pytest.raises(DataError, match="no-such-command is not on this machine"):
        run_command(["no-such-command"], os.curdir)
