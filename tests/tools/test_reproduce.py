"""Reproducing runs what is missing, once, and tells what came out."""

import json
from statistics import mean

import pytest

from tools import reproduce
from tools.reproduce import Job, experiment_names, figures, results_table, spread


@pytest.fixture
def two_experiments(tmp_path, monkeypatch):
    """A published setting and our recipe, both tiny, in folders of their own."""
    small = {"epochs": 3, "font_subset_size": 4, "neurons_per_layer": [5], "note": "4 letters"}
    experiments = tmp_path / "experiments"
    experiments.mkdir()
    published = {**small, "published": {"error": 7.5, "source": "slides"}}
    (experiments / "01_four_published.json").write_text(json.dumps(published))
    (experiments / "01_four_ours.json").write_text(json.dumps({**small, "bias": True}))
    monkeypatch.setattr(reproduce, "EXPERIMENTS", experiments)
    monkeypatch.setattr(reproduce, "RESULTS", tmp_path / "results")
    return tmp_path


def run_all():
    for name in experiment_names():
        for seed in reproduce.SEEDS:
            Job(name, seed).run()


def test_a_job_is_done_once_it_has_run_with_this_config(two_experiments):
    job = Job("01_four_ours", 1)
    assert not job.is_done()
    assert job.run() == "01_four_ours-seed1"
    assert job.is_done()
    assert not Job("01_four_ours", 2).is_done()
    path = two_experiments / "experiments" / "01_four_ours.json"
    path.write_text(path.read_text().replace('"epochs": 3', '"epochs": 4'))
    assert not job.is_done()


def test_an_unfinished_job_is_run_anew(two_experiments):
    job = Job("01_four_ours", 1)
    job.run()
    record = two_experiments / "results" / job.name / "run.json"
    record.write_text(record.read_text().replace('"done"', '"running"'))
    assert not job.is_done()
    job.run()
    assert job.is_done()
    assert len(list((two_experiments / "results").glob("01_four_ours*"))) == 1


def test_only_the_first_seed_draws_pictures(two_experiments):
    for seed in (0, 1):
        Job("01_four_ours", seed).run()
    plots = [two_experiments / "results" / f"01_four_ours-seed{seed}" / "plots" for seed in (0, 1)]
    assert [path.exists() for path in plots] == [True, False]


def test_the_table_holds_the_mean_and_the_best_of_the_seeds(two_experiments):
    run_all()
    errors = [Job("01_four_published", seed).read("summary.json")["accumulated_error"] for seed in range(5)]
    found = figures("01_four_published")
    assert found["errors"] == errors
    row = results_table().splitlines()[-1]
    assert row.startswith(f"| 1 | 4 letters | 7.5 | {mean(errors):.3g} ({min(errors):.3g})")
    assert spread(figures("01_four_ours")) in row
    assert row.endswith(" PCA |")


def test_a_denoiser_stands_beside_its_limit_and_how_far_above_it_it_is(two_experiments):
    path = two_experiments / "experiments" / "01_four_published.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "mode": "DAE", "noise_probability": 0.3}))
    run_all()
    summaries = [Job("01_four_published", seed).read("summary.json") for seed in range(5)]
    row = results_table().splitlines()[-1]
    first = summaries[0]
    error, limit = first["bayes_standard_error"], first["bayes_accumulated_error"]
    assert row.endswith(f"| {limit:.3g} ± {error:.1g} Bayes |")
    assert f", {mean(each['test_excess_error'] for each in summaries):.2g} above Bayes |" in row
    assert {each["bayes_accumulated_error"] for each in summaries} == {limit}
