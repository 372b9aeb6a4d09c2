"""The direction of imports: no arrow goes back, and nothing unsafe is read."""

import ast

import pytest
from soak.unsafe import unsafe_places

from tools.reference import ROOT

PLOTTING = {"numpy", "matplotlib"}
BELOW = {"training", "autoencoder", "fonts", "images", "latent", "vae"}
RUNNER = BELOW | {"runner", "numpy", "scipy", "pydantic"}
ALLOWED = {
    "training": {"training", "numpy", "scipy", "autograd"},
    "latent": {"latent", "numpy", "scipy"},
    "autoencoder": {"autoencoder", "training", "numpy", "scipy", "autograd"},
    "fonts": {"fonts", "numpy", "PIL", "fontTools"},
    "images": {"images", "numpy", "PIL"},
    "vae": {"vae", "training", "numpy", "scipy", "tensorflow", "keras"},
    "runner": RUNNER | PLOTTING | {"rich", "joblib", "distributed", "PIL"},
    "tools": RUNNER | PLOTTING | {"tools", "joblib", "PIL"},
}
SOURCES = [path for package in ALLOWED for path in sorted((ROOT / package).rglob("*.py"))]


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_packages_import_only_what_they_may(path):
    import sys

    tree = ast.parse(path.read_text(encoding="utf-8"))
    others = {name for name in imported(tree) if name not in sys.stdlib_module_names}
    assert others <= ALLOWED[path.relative_to(ROOT).parts[0]]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_read_that_could_run_code(path):
    assert unsafe_places(path) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_has_its_tests(path):
    if path.stem != "__init__":
        folder = path.parent.relative_to(ROOT)
        assert (ROOT / "tests" / folder / f"test_{path.stem}.py").exists()


def test_the_main_file_stays_a_table_of_contents():
    assert len((ROOT / "main.py").read_text(encoding="utf-8").splitlines()) <= 40
