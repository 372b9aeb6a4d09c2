"""The final numbers: their names in each kind of result, and each against its definition."""

from dataclasses import replace

import numpy as np
import pytest
from loading import config

from latent.codes import ACTIVE_FROM, Codes
from latent.components import pca_restored_error, pca_squared_error
from latent.likeness import legibility, legibility_of_levels
from runner.experiment import run_experiment
from runner.models.face import reconstruct
from runner.result.last_words import last_words

ERRORS = ["accumulated_error", "mean_error"]
WRONG = ["max_wrong_pixels", "total_wrong_pixels"]
NEIGHBOURS = ["knn_1_accuracy", "knn_5_accuracy", "knn_accuracy", "pca_knn_accuracy"]
CODES = ["bits_per_latent_number", "characters"]
TRAINING = ["epochs_run", "evaluations", "training_seconds"]
NEW_NOISE = ["test_accumulated_error", "test_standard_error", "test_mean_error"]


def nats(part):
    return [f"{part}{name}" for name in ("negative_elbo", "reconstruction", "kl")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "default_result",
            [
                *(*ERRORS, *WRONG, "characters_learned", *CODES, "legibility", *TRAINING),
                *("restarts", "restarts_learned_all", "pca_accumulated_error"),
            ],
        ),
        (
            "denoising_result",
            [
                *(*ERRORS, *WRONG, "characters_learned", *CODES, "legibility", *TRAINING),
                *("restarts", "restarts_learned_all", "pca_accumulated_error"),
                *(*NEW_NOISE, "test_mean_wrong_pixels", "bayes_accumulated_error"),
                *("bayes_standard_error", "test_excess_error", "test_excess_standard_error"),
            ],
        ),
        (
            "letter_vae_result",
            [
                *(*ERRORS, *WRONG, "characters_learned", "characters", *nats(""), "active_dimensions"),
                *("legibility", "epochs_run", "training_seconds", "seconds_per_epoch"),
                *("restarts", "restarts_learned_all", "pca_accumulated_error"),
            ],
        ),
        (
            "image_result",
            [
                *(*ERRORS, "images", *nats("test_"), "train_negative_elbo", "active_dimensions"),
                *(*NEIGHBOURS, "legibility"),
                *("epochs_run", "training_seconds", "seconds_per_epoch"),
                *("restarts", "pca_accumulated_error"),
            ],
        ),
        (
            "grey_result",
            [
                *(*ERRORS, "images", *NEIGHBOURS, "legibility", *TRAINING),
                *("restarts", "pca_accumulated_error"),
            ],
        ),
        (
            "few_result",
            [*ERRORS, "images", "legibility", *TRAINING, "restarts", "pca_accumulated_error"],
        ),
        (
            "denoised_images_result",
            [
                *(*ERRORS, "images", *NEIGHBOURS, "legibility", *TRAINING),
                *("restarts", "pca_accumulated_error", *NEW_NOISE),
            ],
        ),
    ],
)
def test_a_summary_has_the_documented_numbers(request, name, expected):
    assert list(request.getfixturevalue(name).summary) == expected


def test_summary_of_the_default_mode(default_result):
    summary = default_result.summary
    assert summary["characters"] == 8
    assert summary["mean_error"] == pytest.approx(summary["accumulated_error"] / 8)
    assert summary["characters_learned"] == (default_result.wrong.sum(axis=1) == 0).sum()
    assert summary["accumulated_error"] < summary["pca_accumulated_error"]
    assert (summary["epochs_run"], summary["restarts"]) == (400, 3)
    assert summary["evaluations"] == default_result.history["evaluations"][-1]


def test_summary_of_images(image_result):
    summary = image_result.summary
    parts = summary["test_reconstruction"] + summary["test_kl"]
    assert summary["test_negative_elbo"] == pytest.approx(parts, rel=1e-6)
    assert summary["epochs_run"] == 4
    assert 1 / 3 < summary["knn_accuracy"] <= 1
    assert summary["active_dimensions"] == (image_result.codes.dimension_kl >= ACTIVE_FROM).sum()
    assert 0 <= summary["active_dimensions"] <= 2


def test_so_few_bits_a_number_draw_as_many_pictures_and_no_fewer_do(default_result):
    codes, pixels, bits = (
        default_result.codes.means,
        default_result.pixels,
        default_result.summary[CODES[0]],
    )
    low, high = codes.min(axis=0), codes.max(axis=0)

    def learned(count):
        levels = np.linspace(low, high, 2**count)
        at = np.abs(codes - levels[:, None]).argmin(axis=0)
        outputs = default_result.model.decode(np.take_along_axis(levels, at, axis=0))
        return (np.abs(outputs - pixels) < 0.5).all(axis=1).sum()

    assert learned(bits) == default_result.summary["characters_learned"]
    assert all(learned(fewer) < learned(bits) for fewer in range(1, bits))


def test_errors_are_those_of_the_judged_pictures(any_result):
    result, summary = any_result, any_result.summary
    assert summary["accumulated_error"] == pytest.approx(result.errors.sum(), rel=1e-5)
    assert summary["mean_error"] == pytest.approx(result.errors.mean(), rel=1e-5)
    if result.wrong is not None:
        wrong = result.wrong.sum(axis=1)
        assert (summary["max_wrong_pixels"], summary["total_wrong_pixels"]) == (wrong.max(), wrong.sum())
        learned_all = sum(count == 0 for count in result.candidate_wrong_pixels)
        assert summary["restarts_learned_all"] == learned_all


def test_the_limit_is_that_of_the_judged_pictures(any_result):
    data, size = any_result.data, any_result.model.latent_size
    if data.test is None:
        limit = pca_squared_error(data.train.levels(), size)
    else:
        limit = pca_restored_error(data.train.pixels, data.test.pixels, size)
    assert any_result.summary["pca_accumulated_error"] == pytest.approx(limit)


def test_legibility_is_that_of_2500_drawings_all_over_the_region(any_result):
    codes = any_result.region.grid(50).reshape(-1, any_result.model.latent_size)
    assert len(codes) == 2500
    drawings = any_result.model.decode(codes)
    data = any_result.data
    measure = legibility if data.is_binary or len(data.train) > 300 else legibility_of_levels
    expected = measure(drawings, data.train.pixels)
    assert any_result.summary["legibility"] == expected


def test_the_drawings_of_a_line_are_as_many():
    result = run_experiment(config(latent_layer_neurons=1, font_subset_size=3, epochs=20))
    codes = result.region.grid(2500)
    assert codes.shape == (1, 2500, 1)
    drawings = result.model.decode(codes[0])
    assert result.summary["legibility"] == legibility(drawings, result.data.train.pixels)


def test_new_noise_is_summed_up_over_its_copies(denoising_result):
    result, test = denoising_result, denoising_result.test
    summary, pixels = result.summary, result.pixels
    error = 0.5 * np.square(test.outputs - pixels).sum() / 200
    assert summary["test_accumulated_error"] == pytest.approx(error)
    assert summary["test_mean_error"] == pytest.approx(error / 8)
    wrong = (np.abs(test.outputs - pixels) > 0.5).sum() / (200 * 8)
    assert summary["test_mean_wrong_pixels"] == pytest.approx(wrong)
    noisy = 0.5 * np.square(test.inputs - pixels).sum() / 200
    assert summary["bayes_accumulated_error"] < summary["test_accumulated_error"] < noisy


def test_errors_on_new_noise_are_known_with_their_standard_errors(denoising_result):
    result, test, summary = denoising_result, denoising_result.test, denoising_result.summary
    errors = 0.5 * np.square(test.outputs - result.pixels).sum(axis=-1)
    assert summary["test_standard_error"] == pytest.approx(np.sqrt(errors.var(axis=0, ddof=1).sum() / 200))
    excess = 0.5 * np.square(test.outputs - test.bayes_outputs).sum(axis=-1)
    assert summary["test_excess_error"] == pytest.approx(excess.sum() / 200)
    assert summary["test_excess_standard_error"] < summary["test_standard_error"]
    # Limit and excess make up the error, which scatters more than both.
    apart = summary["test_accumulated_error"] - summary["bayes_accumulated_error"] - excess.sum() / 200
    assert abs(apart) < 4 * summary["test_standard_error"]


def test_of_one_noisy_copy_no_standard_error_is_told(denoised_images_result, monkeypatch):
    monkeypatch.setattr("runner.result.outcome.MOST_TEST_PIXELS", 1)
    summary = replace(denoised_images_result).summary
    assert "test_accumulated_error" in summary
    assert "test_standard_error" not in summary


def test_denoising_errors_are_means_over_the_noisy_copies(denoising_result):
    outputs = reconstruct(denoising_result.model, denoising_result.inputs.reshape(-1, 35))
    errors = 0.5 * np.square(outputs - np.tile(denoising_result.pixels, (5, 1))).sum(axis=1)
    assert denoising_result.summary["accumulated_error"] == pytest.approx(errors.sum() / 5)


def test_training_images_have_nats_of_one_draw(image_result):
    model, pixels = image_result.model, image_result.data.train.pixels
    expected = model.nats(pixels, 0, 1).mean() + model.encode(pixels).kl.sum(axis=1).mean()
    assert image_result.summary["train_negative_elbo"] == pytest.approx(expected)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_summary_has_the_noise_of_its_seed_and_the_table_always_the_same(image_result, seed):
    result = replace(image_result, config=image_result.config.model_copy(update={"seed": seed}))
    model, pixels = result.model, result.data.test.pixels
    reconstruction = float(model.nats(pixels, seed, 10).mean())
    kl = float(Codes(*model.trained.encode(pixels)).kl.sum(axis=1).mean())
    summary = result.summary
    assert (summary["test_reconstruction"], summary["test_kl"]) == (reconstruction, kl)
    assert summary["test_negative_elbo"] == reconstruction + kl
    assert np.array_equal(result.nats, image_result.nats)


def test_seconds_of_an_epoch_are_the_median(letter_vae_result):
    assert letter_vae_result.summary["seconds_per_epoch"] == pytest.approx(np.median([0.2, 0.1]))


def test_parts_of_the_elbo_are_told_where_they_are_asked_for(exact_result, letter_vae_result):
    summary, losses = exact_result.summary, exact_result.losses
    told = [name for name in summary if name not in letter_vae_result.summary]
    gaps = ["approximation_gap", "amortization_gap", "repaired_negative_elbo", "grid_error"]
    assert told == ["log_likelihood", *gaps]
    repaired = summary["approximation_gap"] - summary["log_likelihood"]
    assert summary["repaired_negative_elbo"] == pytest.approx(repaired)
    assert summary["log_likelihood"] == pytest.approx(-losses.negative_log_likelihood.mean())
    gaps = summary["approximation_gap"] + summary["amortization_gap"]
    # The one is drawn, the others are not.
    assert gaps - summary["log_likelihood"] == pytest.approx(summary["negative_elbo"], rel=0.02)
    assert letter_vae_result.losses is None


def test_repaired_codes_are_held_against_the_most_probable_ones_of_the_training(image_result):
    keys = image_result.config.model_copy(update={"exact_likelihood": True})
    result = replace(image_result, config=keys)
    train, test = result.data.train, result.data.test
    codes, best = result.model.modes(train.pixels), result.losses.best.means
    distances = np.square(best[:, None] - codes).sum(axis=2)
    nearest = np.argsort(distances, axis=1, kind="stable")[:, :15]
    most = [np.bincount(votes).argmax() for votes in train.labels[nearest]]
    assert result.summary["repaired_knn_accuracy"] == np.mean(most == test.labels)
    line = next(line for line in last_words(result) if "codes repaired" in line)
    assert f"{result.summary['test_repaired_negative_elbo']:.2f}   (nats; 15-NN accuracy" in line


def test_of_more_than_two_latent_numbers_log_p_is_told_from_below(bounded_result, letter_vae_result):
    summary, bound = bounded_result.summary, bounded_result.bound
    told = [name for name in summary if name not in letter_vae_result.summary]
    assert told == ["log_likelihood_bound", "bound_gain", "importance_draws"]
    assert summary["log_likelihood_bound"] == pytest.approx(bound.log_likelihood.mean())
    assert summary["bound_gain"] == pytest.approx(bound.gain.mean())
    assert -summary["log_likelihood_bound"] < summary["negative_elbo"]
    assert bounded_result.losses is None and letter_vae_result.bound is None
