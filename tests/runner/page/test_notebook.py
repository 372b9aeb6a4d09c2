"""The notebook has the format of Notebook Kit, and the tables survive what ObservableHQ does to them."""

import csv
import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from observing import auto_typed, need_packages

from runner.config.file import load_config
from runner.experiment import run_experiment
from runner.page.notebook import notebook, plain_markdown
from runner.result.learning import learning
from runner.storage.csv_text import csv_text
from runner.tables.tables import TABLES

NOTE = "</script> ${alert(1)} `a` | <b>&amp;</b> __x__ \u2028"


class Notebook(HTMLParser):
    """The title and the cells of a notebook: id, type and text."""

    def __init__(self, text):
        super().__init__()
        self.theme, self.title, self.cells, self.open = None, "", [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.open = tag
        if tag == "notebook":
            self.theme = dict(attrs)["theme"]
        if tag == "script":
            self.cells.append([dict(attrs)["id"], dict(attrs)["type"], ""])

    def handle_endtag(self, tag):
        self.open = None

    def handle_data(self, data):
        if self.open == "title":
            self.title += data
        if self.open == "script":
            self.cells[-1][2] += data


def test_arrows_lead_to_where_codes_should_be(letter_vae_result, exact_result, exact_line_result):
    assert "Plot.arrow" not in notebook(letter_vae_result)
    for result, up in ((exact_result, "best_z2"), (exact_line_result, "y")):
        text = notebook(result)
        columns = TABLES["latent.csv"](result)[0]
        ends = re.findall(r"^ *([xy][12]): \"(\w+)\"", text, re.MULTILINE)
        assert ends == [("x1", "x"), ("y1", "y"), ("x2", "best_z1"), ("y2", up)]
        assert {column for _, column in ends} <= set(columns)
        assert f".slice(0, {len(result.misplaced)})" in text
        assert f"Arrows lead the {len(result.misplaced)} that lose most" in text


@pytest.fixture(params=[1000, 5], ids=["few", "many"])
def most_few(request, monkeypatch):
    """So many pictures are few."""
    monkeypatch.setattr("runner.data.MOST_FEW", request.param)
    return request.param


def test_the_format_is_that_of_notebook_kit(any_result):
    result = any_result
    result = replace(result, config=result.config.model_copy(update={"note": NOTE}))
    text = notebook(result)
    assert text.startswith("<!doctype html>\n<notebook theme=")
    found = Notebook(text)
    assert [cell[0] for cell in found.cells] == [str(i + 1) for i in range(len(found.cells))]
    assert {cell[1] for cell in found.cells} == {"text/markdown", "module"}
    assert re.search(r"through \d numbers$", found.title)
    assert text.count("</script>") == len(found.cells)
    assert "${" not in text
    read = re.findall(r'FileAttachment\("([^"]+)"\)\.csv\(\{typed: true\}\)', text)
    assert read == ["latent.csv", "reconstructions.csv", "metrics.csv"]
    for name in read:
        columns = TABLES[name](result)[0]
        for used in re.findall(r"\bd\.(\w+)", "".join(cells_that_use(found, name))):
            assert used in columns, (name, used)


def test_its_curves_are_those_of_the_page(any_result):
    formulas = re.findall(r"value: \(d\) => d\.(\w+)(?: / (\d+))?", notebook(any_result))
    for curve, (column, divisor) in zip(learning(any_result).curves, formulas, strict=True):
        values = any_result.history[column] / int(divisor or 1)
        np.testing.assert_allclose(values[np.isfinite(values)], curve.values)


def test_few_are_named_and_chosen_and_many_are_dots_and_the_first(default_result, most_few):
    text = notebook(replace(default_result))
    assert ("Plot.text(" in text) == ("Inputs.select(" in text) == (most_few > 5)
    assert ("slice(0, 6)" in text) == (most_few == 5)


def test_pictures_without_names_of_their_own_are_told_apart_by_their_row(image_result, monkeypatch):
    monkeypatch.setattr("runner.data.MOST_FEW", 1000)
    text = notebook(replace(image_result))
    assert 'd.name + " #" + d.index' in text
    assert "Plot.text(" not in text
    assert "d.class_name" in text
    assert "reverse: true" in text


def test_three_rows_of_the_table_are_one_pixel_in_colour(color_result):
    text = notebook(color_result)
    assert 'fill: "color"' in text and 'color: {type: "identity"}' in text
    assert "Math.round(255 * d.value)" in text
    ink = replace(color_result, data=replace(color_result.data, is_ink=True))
    assert "Math.round(255 * (1 - d.value))" in notebook(ink)


def cells_that_use(notebook, name):
    """The cells from the one that reads a table on, up to the next headline."""
    modules = [cell[2] for cell in notebook.cells]
    start = next(i for i, text in enumerate(modules) if f'"{name}"' in text)
    stop = next((i for i in range(start, len(modules)) if notebook.cells[i][1] == "text/markdown"), None)
    return [re.sub(r"console\.\w+", "", text) for text in modules[start:stop]]


def test_markdown_shows_what_was_written():
    assert plain_markdown("a_b, 2 (c)") == "a&#95;b, 2 (c)"
    assert not set("<>&${}`|*") & set(re.sub(r"&#\d+;", "", plain_markdown(NOTE)))


def write_tables(folder, result):
    paths = []
    for name, table in TABLES.items():
        paths.append(folder / name)
        paths[-1].write_text(csv_text(table(result)), encoding="utf-8")
    return paths


TEXT = {"name", "character", "code_point", "kind", "pair", "from", "to", "nearest", "class_name", "channel"}


def check_types(path, typed):
    """Every cell that is not text must be the number that Python wrote, or null where it wrote none."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(typed)
    for row, read in zip(rows, typed, strict=True):
        for name, cell in row.items():
            if name in TEXT - {"character"}:
                assert read[name] == (cell or None), (path.name, name)
            elif name != "character":
                assert read[name] == (float(cell) if cell else None), (path.name, name)


def test_96_characters_survive_the_types_that_d3_guesses(tmp_path):
    need_packages()
    keys = {"font_set": ["font1", "font2", "font3"], "epochs": 2, "generate": [[-1.5, 0.25]]}
    result = run_experiment(load_config(None, keys))
    paths = write_tables(tmp_path, result)
    tables = auto_typed(*paths)
    for path in paths:
        check_types(path, tables[path.name])
    codes = tables["latent.csv"]
    assert [row["name"] for row in codes] == result.data.judged.names
    assert len({row["name"] for row in codes}) == 96
    assert [row["code_point"] for row in codes] == result.data.judged.columns["code_point"]
    np.testing.assert_array_equal([[row["z1"], row["z2"]] for row in codes], result.codes.means)
    assert (result.codes.means < 0).any()


def test_denoising_and_image_tables_survive_too(tmp_path, denoising_result, image_result):
    need_packages()
    for result in (denoising_result, image_result):
        folder = tmp_path / result.config.mode
        folder.mkdir()
        paths = write_tables(folder, result)
        read = auto_typed(*paths)
        for path in paths:
            check_types(path, read[path.name])
