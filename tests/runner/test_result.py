"""What is derived from a trained network: reconstructions, exploration, the summary."""

import numpy as np
import pytest

from runner.font_model import FontModel


def test_outputs_codes_and_errors_are_those_of_the_best_restart(default_result):
    result = default_result
    assert result.best_index == result.restart_errors.argmin()
    pixels = result.font.pixels
    codes = result.network.encode(result.best.parameters, pixels)
    np.testing.assert_array_equal(result.codes, codes)
    outputs = result.network.decode(result.best.parameters, codes)
    np.testing.assert_allclose(result.outputs, outputs, atol=1e-12)
    assert result.errors.sum() == pytest.approx(0.5 * np.square(outputs - pixels).sum())
    assert result.errors.sum() == pytest.approx(result.best.history.error.min(), rel=1e-6)


def test_exploration_decodes_the_points_it_names(default_result):
    result = default_result
    pair = result.pairs[0]
    start, end = result.codes[pair.first], result.codes[pair.second]
    np.testing.assert_allclose(result.between.codes[0, 2], (start + end) / 2)
    assert result.grid.pictures.shape == (15, 15, 35)
    np.testing.assert_array_equal(result.generated.codes, [[0, 0.2], [1, 0.2]])
    decoded = result.network.decode(result.best.parameters, np.array([[1, 0.2]]))
    np.testing.assert_allclose(result.generated.pictures[1:], decoded)


def test_a_learned_character_is_nearest_to_its_own_code(default_result):
    decoded = default_result.model.decode(default_result.codes)
    learned = ~default_result.wrong.any(axis=1)
    assert learned.any()
    assert (decoded.nearest == np.arange(8))[learned].all()
    assert (decoded.distance[learned] == 0).all()


def test_summary_of_the_default_mode(default_result):
    summary = default_result.summary
    assert list(summary) == [
        "accumulated_error",
        "mean_error",
        "max_wrong_pixels",
        "total_wrong_pixels",
        "characters_learned",
        "characters",
        "epochs_run",
        "evaluations",
        "training_seconds",
        "restarts",
        "restarts_learned_all",
        "pca_accumulated_error",
    ]
    assert summary["characters"] == 8
    assert summary["mean_error"] == pytest.approx(summary["accumulated_error"] / 8)
    assert summary["characters_learned"] == (default_result.wrong.sum(axis=1) == 0).sum()
    assert summary["accumulated_error"] < summary["pca_accumulated_error"]


def test_denoising_is_tested_on_noise_it_has_not_seen(denoising_result):
    result, test = denoising_result, denoising_result.test
    assert test.inputs.shape == (200, 8, 35)
    assert (test.inputs != result.font.pixels).mean() == pytest.approx(0.1, abs=0.01)
    np.testing.assert_allclose(test.outputs[3], result.model.reconstruct(test.inputs[3]), atol=1e-12)
    summary = result.summary
    error = 0.5 * np.square(test.outputs - result.font.pixels).sum() / 200
    assert summary["test_accumulated_error"] == pytest.approx(error)
    assert summary["test_mean_error"] == pytest.approx(error / 8)
    wrong = (np.abs(test.outputs - result.font.pixels) > 0.5).sum() / (200 * 8)
    assert summary["test_mean_wrong_pixels"] == pytest.approx(wrong)
    noisy = 0.5 * np.square(test.inputs - result.font.pixels).sum() / 200
    assert summary["bayes_accumulated_error"] < summary["test_accumulated_error"] < noisy


def test_denoising_errors_are_means_over_the_noisy_copies(denoising_result):
    result = denoising_result
    outputs = result.model.reconstruct(result.problem.inputs)
    errors = 0.5 * np.square(outputs - result.problem.targets).sum(axis=1)
    assert result.summary["accumulated_error"] == pytest.approx(errors.sum() / 5)


def test_a_model_file_gives_the_model_back(default_result):
    model = default_result.model
    again = FontModel.from_bytes(model.to_bytes())
    assert again.network == model.network
    assert (again.font.names, again.font.rows) == (model.font.names, model.font.rows)
    np.testing.assert_array_equal(again.font.pixels, model.font.pixels)
    np.testing.assert_array_equal(again.parameters, model.parameters)
    assert model.to_bytes() == again.to_bytes()
