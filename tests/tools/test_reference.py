"""Schema, README, shipped configs and code say the same."""

import json
import re

import jsonschema
import pytest
from pages import PAGES, README

from runner.cli.options import parse_arguments
from runner.compare.report import TABLE as SWEEP_TABLE
from runner.config.file import load_config
from runner.config.keys import Config
from runner.tables.tables import TABLES
from tools.reference import (
    CONFIG_PAGE,
    DOCUMENTS,
    PROMISES_PAGE,
    RESULTS_PAGE,
    ROOT,
    SCHEMA,
    config_table,
    schema_text,
    with_block,
)

TEXT = README.read_text(encoding="utf-8")
SHIPPED = (ROOT / "config.json").read_text(encoding="utf-8")
CONFIGS = [ROOT / "config.json", *sorted((ROOT / "experiments").rglob("*.json"))]


def test_the_schema_file_is_the_schema_of_the_code():
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run: make docs"


def test_the_table_of_the_config_is_that_of_the_code():
    text = CONFIG_PAGE.read_text(encoding="utf-8")
    assert with_block(text, "config table", config_table()) == text, "run: make docs"


def test_the_pages_have_the_blocks_that_tools_write():
    blocks = [(RESULTS_PAGE, name) for name in ("results", "quantiles", "minimizers")]
    for page, name in [*blocks, (PROMISES_PAGE, "promises")]:
        with_block(page.read_text(encoding="utf-8"), name, "")


def test_the_readme_is_short():
    assert len(TEXT.splitlines()) <= 150


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_shipped_configs_fit_the_schema_and_the_code(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(content, json.loads(schema_text()))
    schema = path.parent / content["$schema"]
    assert schema.resolve() == SCHEMA
    load_config(path)


def test_the_schema_refuses_what_the_code_refuses():
    schema = json.loads(schema_text())
    for wrong in (
        {"epochs": 0},
        {"epoch": 3},
        {"mode": "AE"},
        {"beta": "1"},
        {"seed": -1},
        {"font_set": []},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_every_key_has_a_description():
    assert all(field.description for field in Config.model_fields.values())


def test_every_table_and_picture_is_explained():
    explained = "".join(
        (DOCUMENTS / f"{name}.md").read_text(encoding="utf-8") for name in ("files", "sweeps")
    )
    sources = [*(ROOT / "runner" / "figures").glob("*.py"), ROOT / "runner" / "compare" / "figures.py"]
    pictures = [name for path in sources for name in re.findall(r'"(\w+\.png)"', path.read_text())]
    assert len(pictures) >= 13
    pictures += ["character_errors.png", "image_errors.png"]  # `{noun}_errors.png` in the code
    files = ["config.json", "run.json", "summary.json", "model.npz", "log.txt"]
    others = [*files, "explore.html", "notebook.html", SWEEP_TABLE]
    for name in [*TABLES, *pictures, *others]:
        assert f"`{name}`" in explained


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_file_that_a_page_names_is_there(page):
    text = page.read_text(encoding="utf-8")
    for name in re.findall(r"\]\((?!http)([\w./]+)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        assert (page.parent / name).exists(), name
    for name in re.findall(r"(?:python main\.py |`)(experiments/[\w/]+\.json)", text):
        assert (ROOT / name).exists(), name


def anchor(heading):
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_heading_that_a_link_leads_to_is_there(page):
    for name, wanted in re.findall(r"\]\(([\w./]+\.md)#([\w-]+)\)", page.read_text(encoding="utf-8")):
        headings = re.findall(r"^#+ (.+)$", (page.parent / name).read_text(encoding="utf-8"), re.MULTILINE)
        assert wanted in map(anchor, headings), f"{name}#{wanted}"


# The lines that need nothing but the shipped config and what the README has run before them.
TRIED = re.findall(r"^    python main\.py ((?:[a-zA-Z_]+=\S+ ?)+)", TEXT, re.MULTILINE)


@pytest.mark.parametrize("words", [line for line in TRIED if "some/other" not in line])
def test_what_the_readme_says_to_try_next_is_taken_by_the_shipped_config(words):
    given, tried = parse_arguments(words.split()).overrides, main_config(words.split())
    recipe = main_config([f"mode={tried.mode}"])
    assert recipe.epochs == json.loads(SHIPPED)[tried.mode]["epochs"]
    assert tried.epochs == given.get("epochs", recipe.epochs)
    assert all(getattr(tried, key) in (value, [value]) for key, value in given.items())


def main_config(words):
    options = parse_arguments(words)
    return load_config(ROOT / "config.json", options.overrides)


def test_a_block_that_is_missing_is_not_passed_over():
    with pytest.raises(ValueError, match="no block"):
        with_block("text", "config table", "")
