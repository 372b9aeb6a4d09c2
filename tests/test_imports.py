"""The direction of imports: no arrow goes back, and nothing unsafe is read."""

import ast
import re

import pytest

from runner.reference import ROOT

ALLOWED = {
    "autoencoder": {"autoencoder", "numpy", "scipy", "autograd"},
    "fonts": {"fonts", "numpy", "PIL"},
    "vae": {"vae", "numpy", "scipy", "PIL", "tensorflow", "keras"},
    "runner": {
        *("runner", "autoencoder", "fonts", "vae"),
        *("numpy", "scipy", "matplotlib", "bokeh", "pydantic", "rich", "joblib"),
    },
}
SOURCES = [path for package in ALLOWED for path in sorted((ROOT / package).rglob("*.py"))]


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_packages_import_only_what_they_may(path):
    import sys

    tree = ast.parse(path.read_text(encoding="utf-8"))
    others = {name for name in imported(tree) if name not in sys.stdlib_module_names}
    assert others <= ALLOWED[path.relative_to(ROOT).parts[0]]


# The restricted reader: it makes arrays of numbers and calls nothing that the file names.
RESTRICTED_READER = {"idx": "from pickle import Unpickler"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_nothing_is_read_that_could_run_code(path):
    text = path.read_text(encoding="utf-8").replace(RESTRICTED_READER.get(path.stem, "\0"), "")
    unsafe = r"(import c?[Pp]ickle|from c?[Pp]ickle|marshal|\beval\(|\bexec\(|load_model|allow_pickle=True)"
    assert not re.search(unsafe, text)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_every_module_has_its_tests(path):
    if path.stem != "__init__":
        assert (ROOT / "tests" / f"test_{path.stem}.py").exists()


def test_the_main_file_stays_a_table_of_contents():
    assert len((ROOT / "main.py").read_text(encoding="utf-8").splitlines()) <= 40
