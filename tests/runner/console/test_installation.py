"""A Python without the packages, or one that is too old, is told what to type."""

import re
import subprocess
import sys

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


def test_the_packages_are_those_that_the_project_needs():
    needed = re.findall(r"^([\w-]+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    installed = {{"PIL": "pillow"}.get(package, package).lower() for package in PACKAGES}
    assert installed == set(needed) - {"tensorflow"}  # which is asked for in mode VAE


def test_a_fault_of_ours_is_none():
    assert remedy(ModuleNotFoundError(name="runner.no_such_module")) is None
