"""The figures beside an error are those of the same pictures, and of the same kind of sum."""

from dataclasses import replace

import numpy as np
import pytest
from loading import config

from autoencoder.noise import Noise
from runner.config.values import Published
from runner.experiment import run_experiment
from runner.result.limits import NEW_NOISE, PUBLISHED, TRAINING_NOISE, limits


def published(result, error):
    figure = Published(error=error, source="the slides")
    return replace(result, config=result.config.model_copy(update={"published": figure}))


def test_a_font_has_the_linear_limit_and_a_denoiser_the_best_possible_one(default_result, denoising_result):
    pca = default_result.summary["pca_accumulated_error"]
    assert limits(default_result) == {"PCA of size 2": pca}
    best = denoising_result.noise.posterior_mean(denoising_result.watched, denoising_result.pixels)
    assert best.shape == (125, 8, 35)
    bayes = 0.5 * np.square(best - denoising_result.pixels).sum() / 125
    assert limits(denoising_result) == {"best on this noise": pytest.approx(bayes)}


def test_curves_are_of_the_noise_of_the_training_whatever_it_is_judged_on(denoising_result):
    changes = {"test_noise": "masking", "test_noise_probability": 0.5}
    other = replace(denoising_result, config=denoising_result.config.model_copy(update=changes))
    assert other.summary["bayes_accumulated_error"] != denoising_result.summary["bayes_accumulated_error"]
    assert limits(other) == limits(denoising_result)


def test_few_black_and_white_pictures_with_a_test_part_have_the_linear_limit(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 2, (9, 3, 4), np.uint8) * 255
    np.savez(tmp_path / "few.npz", x_train=pixels[:5], x_test=pixels[5:])
    keys = {"mode": "DAE", "data": "images", "vae_dataset": str(tmp_path / "few.npz"), "epochs": 1}
    result = run_experiment(config(**keys))
    assert result.data.is_binary and result.data.is_few
    assert limits(result) == {"PCA of size 2": pytest.approx(result.summary["pca_accumulated_error"] / 4)}


def test_noise_that_is_trained_on_again_and_again_has_a_limit_of_its_own(denoising_result):
    fixed = denoising_result.config.model_copy(update={"fresh_noise": False})
    result = replace(denoising_result, config=fixed)
    best = result.noise.posterior_mean(result.inputs, result.pixels)
    assert limits(result) == {
        f"best on {NEW_NOISE}": limits(denoising_result)["best on this noise"],
        f"best on {TRAINING_NOISE}": pytest.approx(0.5 * np.square(best - result.pixels).sum() / 5),
    }


def test_where_there_is_a_test_part_limits_are_means_over_its_pictures(grey_result, denoised_images_result):
    for result in (grey_result, denoised_images_result):
        mean = result.summary["pca_accumulated_error"] / 310
        assert limits(result) == {"PCA of size 2": pytest.approx(mean)}


def test_what_was_published_stands_beside_them_as_it_is(default_result, grey_result):
    for result in (default_result, grey_result):
        found = limits(published(result, 17.68))
        assert list(found) == ["PCA of size 2", PUBLISHED]
        assert found[PUBLISHED] == 17.68


def test_a_limit_of_zero_is_none(default_result):
    assert PUBLISHED not in limits(published(default_result, 0))


def test_noise_that_anybody_sees_through_has_no_limit(denoising_result):
    # A pixel that is no longer exactly 0 or 1 says what it was: confusions are all but impossible.
    clear = replace(denoising_result, noise=Noise("uniform", 0.05, 0.2))
    assert limits(clear) == {}
