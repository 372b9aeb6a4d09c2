"""What is derived from a trained variational autoencoder: codes, the manifold, the summary."""

import io
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from vae.evaluation import negative_elbo


def test_summary_has_the_documented_numbers(image_result):
    summary = image_result.summary
    assert list(summary) == [
        *("test_negative_elbo", "test_reconstruction", "test_kl", "train_negative_elbo"),
        *("knn_accuracy", "pca_knn_accuracy", "active_dimensions", "epochs_run"),
        *("training_seconds", "seconds_per_epoch"),
    ]
    parts = summary["test_reconstruction"] + summary["test_kl"]
    assert summary["test_negative_elbo"] == pytest.approx(parts, rel=1e-6)
    assert summary["epochs_run"] == 4
    assert 1 / 3 < summary["knn_accuracy"] <= 1
    assert 0 <= summary["active_dimensions"] <= 2


def test_a_training_that_was_ended_is_summed_up_by_the_quick_numbers(image_result):
    quick, whole = replace(image_result, is_partial=True).summary, image_result.summary
    assert list(quick) == list(whole)
    left_out = ("train_negative_elbo", "knn_accuracy", "pca_knn_accuracy")
    assert [name for name in quick if quick[name] is None] == list(left_out)
    assert quick["test_negative_elbo"] == pytest.approx(whole["test_negative_elbo"], rel=0.1)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_summary_has_the_noise_of_its_seed_and_the_table_always_the_same(image_result, seed):
    result = replace(image_result, config=image_result.config.model_copy(update={"seed": seed}))
    total, reconstruction, kl = negative_elbo(result.trained, result.test_pixels, seed)
    summary = result.summary
    assert (summary["test_reconstruction"], summary["test_kl"]) == (reconstruction, kl)
    assert summary["test_negative_elbo"] == total
    assert np.array_equal(result.per_image, image_result.per_image)


def test_codes_are_those_of_the_test_images(image_result):
    means, log_variances = image_result.codes
    assert means.shape == log_variances.shape == (90, 2)
    again, _ = image_result.trained.encode(image_result.test_pixels[:7])
    np.testing.assert_allclose(means[:7], again, atol=1e-5)


def test_terms_of_each_image_add_up_to_the_test_loss(image_result):
    reconstruction, kl = image_result.per_image
    assert reconstruction.shape == kl.shape == (90,)
    assert kl.mean() == pytest.approx(image_result.summary["test_kl"], rel=1e-3)
    means, log_variances = image_result.codes
    closed_form = 0.5 * (np.exp(log_variances) + means**2 - 1 - log_variances).sum(axis=1)
    np.testing.assert_allclose(kl, closed_form, rtol=1e-3, atol=1e-4)


def test_the_manifold_lies_on_the_quantiles_of_the_prior_top_row_first(image_result):
    codes = image_result.grid_codes
    assert codes.shape == (15, 15, 2)
    np.testing.assert_allclose(norm.cdf(codes[0, :, 0]), np.linspace(0.05, 0.95, 15))
    np.testing.assert_allclose(norm.cdf(codes[:, 0, 1]), np.linspace(0.95, 0.05, 15))
    assert image_result.grid.shape == (15, 15, 30)
    single = image_result.trained.decode(codes[3, 4][None])
    np.testing.assert_allclose(image_result.grid[3, 4], single[0], atol=1e-5)


def test_pixels_lie_between_0_and_1(image_result):
    for pixels in (
        image_result.grid,
        image_result.samples,
        image_result.reconstructions,
        image_result.generated,
    ):
        assert ((pixels >= 0) & (pixels <= 1)).all()


def test_the_model_file_holds_plain_weights(image_result):
    with np.load(io.BytesIO(image_result.model_bytes()), allow_pickle=False) as file:
        assert set(file.files) == {*image_result.trained.weights, "image_shape"}
        assert all(np.isfinite(file[name]).all() for name in file.files)
