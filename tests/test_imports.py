"""The direction of imports: no arrow goes back, and nothing unsafe is read."""

import ast

import pytest
from soak.unsafe import unsafe_places

from runner.reference import ROOT

ALLOWED = {
    "autoencoder": {"autoencoder", "numpy", "scipy", "autograd"},
    "fonts": {"fonts", "numpy", "PIL"},
    "vae": {"vae", "autoencoder", "numpy", "scipy", "PIL", "tensorflow", "keras"},
    "runner": {
        *("runner", "autoencoder", "fonts", "vae"),
        *("numpy", "scipy", "matplotlib", "bokeh", "pydantic", "rich", "joblib", "distributed", "PIL"),
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


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_nothing_is_read_that_could_run_code(path):
    assert unsafe_places(path) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_every_module_has_its_tests(path):
    if path.stem != "__init__":
        assert (ROOT / "tests" / f"test_{path.stem}.py").exists()


def test_the_main_file_stays_a_table_of_contents():
    assert len((ROOT / "main.py").read_text(encoding="utf-8").splitlines()) <= 40
