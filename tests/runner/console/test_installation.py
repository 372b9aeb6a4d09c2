"""A Python without the packages, or one that is too old, is told what to type."""

import subprocess
import sys

import pytest

from runner.console.installation import PACKAGES, remedy
from tools.reference import ROOT

# Hides what is installed beside the standard library.
BARE = [sys.executable, "-S", "-I"]


def run(code):
    return subprocess.run([*BARE, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_without_the_packages_one_sentence_says_what_to_type(tmp_path):
    done = run(f"import sys; sys.path.insert(0, {str(ROOT)!r}); from main import main; sys.exit(main([]))")
    assert done.returncode == 2
    assert done.stderr.startswith("error: pydantic is not installed for this Python; ")
    assert "activate" in done.stderr or "make run" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_older_python_is_told_which_one_is_needed():
    done = run(
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.version_info = (3, 8, 1); import runner"
    )
    assert done.returncode == 2
    assert done.stderr.startswith("error: Latent Lab needs Python 3.10 or newer, and this is 3.8;")


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_is_one_that_the_project_needs(package):
    needed = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert {"PIL": "pillow"}.get(package, package) in needed


def test_a_fault_of_ours_is_none():
    assert remedy(ModuleNotFoundError(name="runner.no_such_module")) is None
