"""Where a published figure lies among twenty of ours."""

import json

import pytest

from tools import quantiles, reproduce
from tools.quantiles import errors_of, place, published_figures, quantiles_table
from tools.reproduce import Job


@pytest.fixture
def two_rows(tmp_path, monkeypatch):
    """A setting that was run with three seeds and stopped with one, and a setting that was not run."""
    experiments = tmp_path / "experiments"
    experiments.mkdir()
    published = {"note": "4 letters", "published": {"error": 7.5, "source": "slides"}}
    for name in ("01_four_published", "02_four_published", "13_unknown_published"):
        (experiments / f"{name}.json").write_text(json.dumps(published))
    (experiments / "01_four_ours.json").write_text(json.dumps(published))
    (experiments / "03_pictures_published.json").write_text("{}")
    (experiments / "14_vae_published.json").write_text(json.dumps({**published, "mode": "VAE"}))
    monkeypatch.setattr(reproduce, "EXPERIMENTS", experiments)
    monkeypatch.setattr(reproduce, "RESULTS", tmp_path / "results")
    for seed, (error, status) in enumerate(
        ((7.25, "done"), (1.0, "stopped"), (30.0, "done"), (9.0, "done"))
    ):
        job = Job("01_four_published", seed)
        folder = tmp_path / "results" / job.name
        folder.mkdir(parents=True)
        (folder / "summary.json").write_text(json.dumps({"accumulated_error": error}))
        (folder / "run.json").write_text(json.dumps({"status": status}))
        (folder / "config.json").write_text(json.dumps(job.config.model_dump()))


def test_figures_are_those_of_fonts_that_were_published(two_rows):
    assert published_figures() == {"01_four_published": 7.5, "02_four_published": 7.5}


def test_the_table_says_how_many_seeds_there_are_and_how_many_lie_below(two_rows):
    assert errors_of("01_four_published") == [7.25, 30, 9]
    *_, row = quantiles_table().splitlines()
    assert row == "| 1 | 4 letters | 7.5 | 3 | 7.25 | 9 | 30 | above 1 of 3 |"


def test_what_is_missing_is_run_before_the_table_is_written(two_rows, monkeypatch):
    asked, written = [], []
    monkeypatch.setattr(quantiles, "run_missing", asked.extend)
    monkeypatch.setattr(quantiles, "write_block", lambda *call: written.append((len(asked), call)))
    quantiles.run_and_write()
    names = [f"{name}-seed{seed}" for name in published_figures() for seed in range(20)]
    assert sorted(job.name for job in asked) == sorted(names)
    assert written == [(40, (quantiles.RESULTS_PAGE, "quantiles", quantiles_table()))]


@pytest.mark.parametrize(
    ("figure", "said"),
    [(0.5, "below all 3"), (1, "below all 3"), (1.5, "above 1 of 3"), (4, "above all 3")],
)
def test_the_place_of_a_figure(figure, said):
    assert place(figure, [1, 2, 3]) == said
