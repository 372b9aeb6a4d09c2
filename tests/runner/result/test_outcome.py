"""What a trained network makes of the pictures by which it is judged, whatever these are."""

from dataclasses import replace

import numpy as np
import pytest
from loading import config

from autoencoder.noise import Noise
from runner.experiment import prepare, run_experiment
from runner.models.face import reconstruct
from runner.result.outcome import MOST_TEST_PIXELS, TEST_COPIES

# The kept network


def test_outputs_codes_and_errors_are_those_of_the_best_restart(default_result):
    result = default_result
    assert result.best_index == result.candidate_errors.argmin()
    assert result.best is result.training.candidates[result.best_index]
    pixels = result.data.train.pixels
    network, parameters = result.model.network, result.model.parameters
    codes = network.encode(parameters, pixels)
    np.testing.assert_array_equal(result.codes.means, codes)
    outputs = network.decode(parameters, codes)
    np.testing.assert_allclose(result.outputs, outputs, atol=1e-12)
    assert result.errors.sum() == pytest.approx(0.5 * np.square(outputs - pixels).sum())
    assert result.errors.sum() == pytest.approx(result.history["error"].min(), rel=1e-6)


def test_every_network_is_judged(default_result, grey_result):
    for result in (default_result, grey_result):
        # Never by the test part, which would then be the best of several by chance.
        pixels = result.data.train.levels()
        outputs = [reconstruct(each.model, pixels) for each in result.training.candidates]
        errors = [0.5 * np.square(output - pixels).sum() for output in outputs]
        np.testing.assert_allclose(result.candidate_errors, errors, rtol=1e-5)
        wrong = [(np.abs(output - pixels) > 0.5).sum() for output in outputs]
        assert result.candidate_wrong_pixels.tolist() == wrong


def test_codes_are_those_of_the_judged_pictures(any_result):
    result = any_result
    judged = result.data.judged
    assert result.codes.means.shape == (len(judged), result.model.latent_size)
    again = result.model.encode(judged.pixels[:7])
    np.testing.assert_allclose(result.codes.means[:7], again.means, atol=1e-5)
    is_vae = result.config.mode == "VAE"
    assert (result.codes.log_variances is not None) == is_vae
    if is_vae:
        assert result.codes.log_variances.shape == result.codes.means.shape
    np.testing.assert_array_equal(result.pixels, judged.levels())
    # All have two latent numbers but the denoiser.
    means = result.codes.means
    places = means if result.model.latent_size == 2 else result.plane.project(means)
    np.testing.assert_array_equal(result.places, places)


def test_a_diverging_run_keeps_its_last_finite_state():
    result = run_experiment(
        config(minimizer="gradient_descent", learning_rate=1e300, epochs=50, encoder_activation="linear")
    )
    assert np.isfinite(result.model.parameters).all()
    assert np.isfinite(list(result.summary.values())).all()


# Noise


def test_denoising_is_tested_on_noise_it_has_not_seen(denoising_result):
    result, test = denoising_result, denoising_result.test
    assert test.inputs.shape == (200, 8, 35)
    assert (test.inputs != result.pixels).mean() == pytest.approx(0.1, abs=0.01)
    np.testing.assert_allclose(test.outputs[3], reconstruct(result.model, test.inputs[3]), atol=1e-12)
    limit = result.noise.posterior_mean(test.inputs[5], result.pixels)
    np.testing.assert_allclose(test.bayes_outputs[5], limit)


def test_other_noise_changes_what_it_is_judged_on_and_nothing_else(denoising_result):
    keys = {"test_noise": "masking", "test_noise_probability": 0.4}
    other = replace(denoising_result, config=denoising_result.config.model_copy(update=keys))
    test, pixels, noise = other.test, other.pixels, Noise("masking", 0.4)
    assert (test.inputs <= pixels).all()
    assert (test.inputs < pixels).sum() / (200 * pixels.sum()) == pytest.approx(0.4, abs=0.02)
    np.testing.assert_array_equal(test.bayes_outputs[5], noise.posterior_mean(test.inputs[5], pixels))
    errors = 0.5 * np.square(test.bayes_outputs - pixels).sum(axis=(1, 2))
    apart = other.bayes_limit.standard_error + errors.std() / np.sqrt(200)
    assert other.bayes_limit.value == pytest.approx(errors.mean(), abs=4 * apart)
    assert other.summary["test_accumulated_error"] > denoising_result.summary["test_accumulated_error"]
    for name in ("outputs", "watched", "candidate_errors", "errors"):
        np.testing.assert_array_equal(getattr(other, name), getattr(denoising_result, name))
    assert (denoising_result.other_noise, other.other_noise) == ("", "masking, p = 0.4")


def test_the_limit_is_that_of_the_noise_whatever_the_seed(denoising_result):
    seeds = [denoising_result.config.model_copy(update={"seed": seed}) for seed in (0, 1)]
    first, second = (replace(denoising_result, config=each).bayes_limit for each in seeds)
    assert first == second
    errors = 0.5 * np.square(denoising_result.test.bayes_outputs - denoising_result.pixels).sum(axis=(1, 2))
    apart = first.standard_error + errors.std() / np.sqrt(200)
    assert first.value == pytest.approx(errors.mean(), abs=4 * apart)


def test_denoising_errors_are_means_over_the_noisy_copies(denoising_result):
    result = denoising_result
    training = prepare(result.config).trainer.problem.inputs_at(0)
    np.testing.assert_array_equal(result.inputs.reshape(training.shape), training)
    targets = np.tile(result.pixels, (5, 1))
    outputs = reconstruct(result.model, training)
    errors = 0.5 * np.square(outputs - targets).sum(axis=1)
    assert result.errors.sum() == pytest.approx(errors.sum() / 5)
    np.testing.assert_allclose(result.outputs, outputs[:8], atol=1e-12)


def test_a_denoiser_with_a_test_part_is_judged_by_that_with_new_noise(denoised_images_result):
    result, test = denoised_images_result, denoised_images_result.test
    assert result.inputs.shape == (1, 310, 30)
    assert result.inputs.dtype == np.float32
    assert (result.inputs[0] != result.pixels).mean() == pytest.approx(0.1, abs=0.02)
    np.testing.assert_array_equal(test.inputs[0], result.inputs[0])
    outputs = reconstruct(result.model, result.inputs[0])
    np.testing.assert_allclose(
        result.errors, 0.5 * np.square(outputs - result.pixels).sum(axis=1), rtol=1e-5
    )


def test_of_large_pictures_there_are_fewer_noisy_copies(denoised_images_result, monkeypatch):
    assert denoised_images_result.test.inputs.shape == (TEST_COPIES, 310, 30)
    monkeypatch.setattr("runner.result.outcome.MOST_TEST_PIXELS", 3 * 310 * 30)
    assert replace(denoised_images_result).test.inputs.shape == (3, 310, 30)
    monkeypatch.setattr("runner.result.outcome.MOST_TEST_PIXELS", 1)
    assert replace(denoised_images_result).test.inputs.shape == (1, 310, 30)
    assert MOST_TEST_PIXELS // (10_000 * 784) == 2  # of MNIST


def test_without_noise_inputs_are_the_pictures(default_result, image_result):
    for result in (default_result, image_result):
        assert result.test is None
        np.testing.assert_array_equal(result.inputs, result.pixels[None])


# Nats


def test_terms_of_each_image_add_up_to_the_test_loss(image_result):
    reconstruction, kl = image_result.nats, image_result.codes.kl.sum(axis=1)
    assert reconstruction.shape == kl.shape == (310,)
    assert kl.mean() == pytest.approx(image_result.summary["test_kl"], rel=1e-3)
    means, log_variances = image_result.codes.means, image_result.codes.log_variances
    closed_form = 0.5 * (np.exp(log_variances) + means**2 - 1 - log_variances).sum(axis=1)
    np.testing.assert_allclose(kl, closed_form, rtol=1e-3, atol=1e-4)
