"""What the page of a comparison is made of."""

import json
from pathlib import Path

import numpy as np
import pytest
from folders import rows
from run_records import run

from main import main
from runner.compare.comparison import Comparison
from runner.compare.contents import MOST_POINTS, page_contents
from runner.compare.report import runs_in

TINY = ["epochs=3", "font_subset_size=4", "neurons_per_layer=[5]", "plots=false", "--quiet"]


def link(path: Path) -> str:
    return f"to {path.name}"


@pytest.fixture
def compared(here):
    for name, size, seed in (("plain", 2, 0), ("wide", 3, 0), ("wide_again", 3, 1)):
        main([*TINY, f"latent_layer_neurons={size}", f"seed={seed}", "--name", name])
    return Comparison.of(
        [run for name in ("plain", "wide", "wide_again") for run in runs_in(here / "results" / name)]
    )


def test_settings_are_means_over_seeds_with_their_ranges(compared):
    settings = page_contents(compared, link)["settings"]
    assert settings["header"] == [
        *("best run", "accumulated error", "latent_layer_neurons", "runs", "lowest", "highest", "PCA")
    ]
    assert "means over the seeds" in settings["title"]
    errors = {run.name: run.summary["accumulated_error"] for run in compared.runs}
    wide = [errors["wide"], errors["wide_again"]]
    found = {row[2]: row for row in settings["rows"]}
    best = min(("wide", "wide_again"), key=errors.get)
    assert found[3][0] == best
    assert [found[3][place] for place in (1, 3, 4, 5)] == pytest.approx(
        [np.mean(wide), 2, min(wide), max(wide)], rel=1e-5
    )
    assert found[2][1] == pytest.approx(errors["plain"], rel=1e-5)
    means = [row[1] for row in settings["rows"]]
    assert means == sorted(means)
    assert settings["links"] == [f"to {row[0]}" for row in settings["rows"]]
    assert set(settings["few"]) == set(range(7))


def test_runs_have_all_columns_and_show_few(compared):
    runs = page_contents(compared, link)["runs"]
    assert [row[0] for row in runs["rows"]] == ["plain", "wide", "wide_again"]
    shown = [runs["header"][place] for place in runs["few"]]
    assert set(shown) == {"run", "seed", "latent_layer_neurons", "accumulated_error"}
    assert "mean_error" in runs["header"]
    json.dumps(runs, allow_nan=False)


def test_maps_and_curves_are_those_of_the_best_runs(compared, here):
    contents = page_contents(compared, link)
    assert len(contents["maps"]) == len(contents["curves"]["lines"]) == 2
    for shown, curve in zip(contents["maps"], contents["curves"]["lines"], strict=True):
        folder = here / "results" / shown["run"]
        table = rows(folder / "latent.csv")
        assert shown["names"] == [row["character"] for row in table]
        places = [[float(row["x"]), float(row["y"])] for row in table]
        np.testing.assert_allclose(shown["places"], places, rtol=1e-5)
        history = rows(folder / "metrics.csv")
        expected = [[float(row["epoch"]), float(row["error"])] for row in history]
        np.testing.assert_allclose(curve["points"], expected, rtol=1e-5)
        assert shown["link"] == curve["link"] == f"to {shown['run']}"
    first, second = contents["maps"]
    assert first["keys"] == second["keys"]
    assert sorted([first["label"], second["label"]]) == ["latent_layer_neurons 2", "latent_layer_neurons 3"]


def test_without_seeds_nothing_is_said_of_them(compared):
    settings = page_contents(Comparison.of(compared.runs[:2]), link)["settings"]
    assert "seeds" not in settings["title"]
    shown = [settings["header"][place] for place in settings["few"]]
    assert shown == ["best run", "accumulated error", "latent_layer_neurons", "PCA"]


def test_images_are_the_same_in_the_same_row_of_the_same_set(here, image_file):
    words = ["data=images", f"vae_dataset={image_file}", "epochs=1", "neurons_per_layer=[4]", "plots=false"]
    for name, size in (("one", 1), ("two", 2)):
        main([*words, f"latent_layer_neurons={size}", "--quiet", "--name", name])
    found = [run for name in ("one", "two") for run in runs_in(here / "results" / name)]
    first, second = page_contents(Comparison.of(found), link)["maps"]
    assert first["names"] is None
    assert len(set(first["classes"])) == 3
    assert first["keys"] == second["keys"]
    assert len(set(first["keys"])) == len(first["places"]) == 310 <= MOST_POINTS


def test_what_failed_has_a_status_and_no_setting():
    comparison = Comparison.of([run("a", status="failed", config={"seed": 1}), run("b", status="failed")])
    contents = page_contents(comparison, link)
    assert (contents["settings"]["rows"], contents["maps"], contents["curves"]) == ([], [], None)
    shown = [contents["runs"]["header"][place] for place in contents["runs"]["few"]]
    assert {"run", "status", "reason"} <= set(shown)
