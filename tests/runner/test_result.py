"""What is derived from a trained network, whatever its data are, and what is left out of it where."""

from dataclasses import replace

import numpy as np
import pytest
from loading import config
from scipy.stats import norm

from latent.codes import Codes
from runner.experiment import run_experiment
from runner.models.face import reconstruct
from runner.result import MOST_TEST_PIXELS, RANDOM_SAMPLES, SHOWN_OF_MANY, TEST_COPIES
from training.ending import Ending

RESULTS = (
    *("default_result", "denoising_result", "letter_vae_result", "many_letters_result"),
    *("image_result", "grey_result", "few_result"),
)


@pytest.fixture(params=RESULTS)
def result(request):
    """Results of all kinds, one after the other."""
    return request.getfixturevalue(request.param)


def stopped(result):
    return replace(result, training=replace(result.training, ending=Ending.STOPPED))


def learned(**keys):
    return run_experiment(config(neurons_per_layer=[5], epochs=2, **keys))


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
        pixels = result.data.judged.levels()
        outputs = [reconstruct(each.model, pixels) for each in result.training.candidates]
        errors = [0.5 * np.square(output - pixels).sum() for output in outputs]
        np.testing.assert_allclose(result.candidate_errors, errors, rtol=1e-5)
        wrong = [(np.abs(output - pixels) > 0.5).sum() for output in outputs]
        assert result.candidate_wrong_pixels.tolist() == wrong


def test_codes_are_those_of_the_judged_pictures(result):
    judged = result.data.judged
    assert result.codes.means.shape == (len(judged), result.model.latent_size)
    again = result.model.encode(judged.pixels[:7])
    np.testing.assert_allclose(result.codes.means[:7], again.means, atol=1e-5)
    is_vae = result.config.mode == "VAE"
    assert (result.codes.log_variances is not None) == is_vae
    if is_vae:
        assert result.codes.log_variances.shape == result.codes.means.shape
    np.testing.assert_array_equal(result.pixels, judged.levels())
    np.testing.assert_array_equal(result.places, result.codes.means[:, :2] @ np.eye(result.plane.axes.shape[0])
                                  if result.model.latent_size == 2 else result.plane.project(result.codes.means))  # fmt: skip


def test_pixels_lie_between_0_and_1(result):
    drawings = [result.grid, result.between, result.generated]
    for pixels in (result.outputs, result.shown_outputs, *(drawing.pictures for drawing in drawings)):
        assert ((pixels >= 0) & (pixels <= 1)).all()


def test_a_diverging_run_keeps_its_last_finite_state():
    result = run_experiment(
        config(minimizer="gradient_descent", learning_rate=1e300, epochs=50, encoder_activation="linear")
    )
    assert np.isfinite(result.model.parameters).all()
    assert np.isfinite(list(result.summary.values())).all()


# Exploration


def test_exploration_decodes_the_points_it_names(default_result):
    result = default_result
    pair, means = result.pairs[0], result.codes.means
    start, end = means[pair.first], means[pair.second]
    np.testing.assert_allclose(result.between.codes[0, 2], (start + end) / 2)
    assert result.grid.pictures.shape == (15, 15, 35)
    np.testing.assert_array_equal(result.generated.codes, [[0, 0.2], [1, 0.2]])
    decoded = result.model.network.decode(result.model.parameters, np.array([[1, 0.2]]))
    np.testing.assert_allclose(result.generated.pictures[1:], decoded)


@pytest.mark.parametrize("name", ["image_result", "letter_vae_result"])
def test_the_manifold_lies_on_the_quantiles_of_the_prior_top_row_first(request, name):
    result = request.getfixturevalue(name)
    codes, pixels = result.grid.codes, result.pixels.shape[1]
    assert codes.shape == (15, 15, 2)
    np.testing.assert_allclose(norm.cdf(codes[0, :, 0]), np.linspace(0.05, 0.95, 15))
    np.testing.assert_allclose(norm.cdf(codes[:, 0, 1]), np.linspace(0.95, 0.05, 15))
    assert result.grid.pictures.shape == (15, 15, pixels)
    single = result.model.decode(codes[3, 4][None])
    np.testing.assert_allclose(result.grid.pictures[3, 4], single[0], atol=1e-5)


@pytest.mark.parametrize("name", ["default_result", "grey_result", "many_letters_result"])
def test_the_grid_of_an_autoencoder_covers_the_box_of_its_codes(request, name):
    result = request.getfixturevalue(name)
    low, high = result.codes.means.min(axis=0), result.codes.means.max(axis=0)
    np.testing.assert_allclose(result.grid.codes[0, 0], [low[0], high[1]], rtol=1e-6)
    np.testing.assert_allclose(result.grid.codes[-1, -1], [high[0], low[1]], rtol=1e-6)


def test_random_draws_are_those_of_a_prior(result):
    if result.config.mode != "VAE":
        assert result.samples is None
    else:
        assert result.samples.shape == (RANDOM_SAMPLES, result.pixels.shape[1])
        assert ((result.samples >= 0) & (result.samples <= 1)).all()
        other = replace(result, config=result.config.model_copy(update={"seed": 1}))
        assert (other.samples != result.samples).any()
        np.testing.assert_array_equal(replace(result).samples, result.samples)


def test_few_pictures_are_all_shown_and_of_many_a_sample(result):
    count = len(result.data.judged)
    assert result.data.is_few == (count <= 300)
    expected = count if count <= 300 else SHOWN_OF_MANY
    assert len(result.shown) == len(result.shown_outputs) == expected
    assert len({*result.shown.tolist()}) == expected
    outputs = result.outputs[result.shown]
    np.testing.assert_allclose(result.shown_outputs, outputs, atol=1e-5)
    kinds = [pair.kind for pair in result.pairs]
    assert kinds == ["closest", "median", "farthest"]
    rows = {*result.data.sample(300).tolist()}
    assert all({pair.first, pair.second} <= rows for pair in result.pairs)


# Noise


def test_denoising_is_tested_on_noise_it_has_not_seen(denoising_result):
    result, test = denoising_result, denoising_result.test
    assert test.inputs.shape == (200, 8, 35)
    assert (test.inputs != result.pixels).mean() == pytest.approx(0.1, abs=0.01)
    np.testing.assert_allclose(test.outputs[3], reconstruct(result.model, test.inputs[3]), atol=1e-12)
    limit = result.noise.posterior_mean(test.inputs[5], result.pixels)
    np.testing.assert_allclose(test.bayes_outputs[5], limit)


def test_denoising_errors_are_means_over_the_noisy_copies(denoising_result):
    result, training = denoising_result, learned_noise(denoising_result)
    np.testing.assert_array_equal(result.inputs.reshape(training.shape), training)
    targets = np.tile(result.pixels, (5, 1))
    outputs = reconstruct(result.model, training)
    errors = 0.5 * np.square(outputs - targets).sum(axis=1)
    assert result.errors.sum() == pytest.approx(errors.sum() / 5)
    np.testing.assert_allclose(result.outputs, outputs[:8], atol=1e-12)


def learned_noise(result):
    """The inputs of the first epoch, as the training saw them."""
    from runner.experiment import prepare

    return prepare(result.config).trainer.problem.inputs_at(0)


@pytest.fixture(scope="module")
def denoised_images(image_file):
    """A denoiser of the images, which have a test part."""
    return learned(mode="DAE", data="images", vae_dataset=str(image_file))


def test_a_denoiser_with_a_test_part_is_judged_by_that_with_new_noise(denoised_images):
    result, test = denoised_images, denoised_images.test
    assert result.inputs.shape == (1, 310, 30)
    assert result.inputs.dtype == np.float32
    assert (result.inputs[0] != result.pixels).mean() == pytest.approx(0.1, abs=0.02)
    np.testing.assert_array_equal(test.inputs[0], result.inputs[0])
    outputs = reconstruct(result.model, result.inputs[0])
    np.testing.assert_allclose(
        result.errors, 0.5 * np.square(outputs - result.pixels).sum(axis=1), rtol=1e-5
    )


def test_of_large_pictures_there_are_fewer_noisy_copies(denoised_images, monkeypatch):
    assert denoised_images.test.inputs.shape == (TEST_COPIES, 310, 30)
    monkeypatch.setattr("runner.result.MOST_TEST_PIXELS", 3 * 310 * 30)
    assert replace(denoised_images).test.inputs.shape == (3, 310, 30)
    monkeypatch.setattr("runner.result.MOST_TEST_PIXELS", 1)
    assert replace(denoised_images).test.inputs.shape == (1, 310, 30)
    assert MOST_TEST_PIXELS // (10_000 * 784) == 2  # of MNIST


def test_without_noise_inputs_are_the_pictures(default_result, image_result):
    for result in (default_result, image_result):
        assert result.test is None
        np.testing.assert_array_equal(result.inputs, result.pixels[None])


# What is left out where

WRONG = {"max_wrong_pixels", "total_wrong_pixels", "restarts_learned_all"}
NEIGHBOURS = {"knn_accuracy", "pca_knn_accuracy"}


def test_pixels_can_be_wrong_where_all_are_0_or_1(result):
    nouns = f"{result.data.noun}s"
    if result.data.noun == "character":
        expected = np.abs(result.outputs - result.pixels) > 0.5
        np.testing.assert_array_equal(result.wrong, expected)
        assert WRONG | {f"{nouns}_learned"} <= set(result.summary)
    else:
        assert result.wrong is None
        assert not (WRONG | {f"{nouns}_learned"}) & set(result.summary)
    assert result.summary[nouns] == len(result.data.judged)


def save_images(path, count, levels=(0, 255), **labels):
    random = np.random.default_rng(0)
    np.savez(path, x_train=random.choice(np.array(levels, np.uint8), (count, 3, 4)), **labels)
    return {"data": "images", "vae_dataset": str(path)}


def test_images_of_black_and_white_have_wrong_pixels_and_few_of_them_are_known(tmp_path):
    few = learned(**save_images(tmp_path / "few.npz", 20), generate=[[0, 1]])
    assert few.wrong.shape == (20, 12)
    assert few.summary["images_learned"] == (few.wrong.sum(axis=1) == 0).sum()
    assert few.generated.nearest.shape == (1,)
    drawn = few.generated.pictures[0] > 0.5
    assert few.generated.distance[0] == (drawn != (few.pixels > 0.5)).sum(axis=1).min()
    many = learned(**save_images(tmp_path / "many.npz", 3010))
    assert len(many.data.judged) == 301
    assert many.wrong.shape == (301, 12)
    assert many.known is many.grid.nearest is None


def test_drawings_are_held_against_known_pictures_where_these_are_few_and_of_0_and_1(result):
    has_known = result.data.noun == "character" and len(result.data.judged) <= 300
    assert (result.known is not None) == has_known
    for drawn in (result.grid, result.between, result.generated):
        assert (drawn.nearest is not None) == (drawn.distance is not None) == has_known


def test_neighbours_are_asked_for_where_there_are_classes_and_a_test_part(result, tmp_path):
    has_both = result.data.test is not None
    assert has_both == (result.config.mode in ("DEFAULT", "VAE") and "three" in result.data.title)
    assert (NEIGHBOURS <= set(result.summary)) == has_both
    assert has_both or not NEIGHBOURS & set(result.summary)


def test_without_classes_there_are_no_neighbours_and_classes_alone_are_not_enough(tmp_path, few_result):
    without = learned(**save_images(tmp_path / "plain.npz", 310, levels=(0, 100, 200)))
    assert without.data.test is not None
    assert not NEIGHBOURS & set(without.summary)
    assert few_result.data.class_names == ["crosses", "rings"]
    assert not NEIGHBOURS & set(few_result.summary)


NATS = ("negative_elbo", "reconstruction", "kl")


def test_nats_are_told_where_codes_are_normals_and_called_after_the_part_they_are_of(result):
    names = set(result.summary)
    if result.config.mode != "VAE":
        assert result.nats is None
        assert not {name for name in names if name.endswith(NATS)}
        assert "active_dimensions" not in names
    elif result.data.test is None:
        assert set(NATS) | {"active_dimensions"} <= names
        assert not {name for name in names if name.startswith(("test_", "train_"))}
    else:
        parts = {f"test_{name}" for name in NATS} | {"train_negative_elbo"}
        assert parts | {"active_dimensions"} <= names
        assert not set(NATS) & names


def test_the_best_possible_denoiser_is_named_where_pictures_are_few_and_of_0_and_1(
    denoising_result, denoised_images, many_letters_result
):
    assert denoising_result.test.bayes_outputs.shape == denoising_result.test.outputs.shape
    assert "bayes_accumulated_error" in denoising_result.summary
    font = many_letters_result.config.font_set
    for result in (denoised_images, learned(mode="DAE", font_set=font)):
        assert result.test.bayes_outputs is None
        assert "test_accumulated_error" in result.summary
        assert "bayes_accumulated_error" not in result.summary
    assert "test_mean_wrong_pixels" not in denoised_images.summary


SLOW = {"train_negative_elbo", *NEIGHBOURS, "legibility"}


def test_whoever_stops_a_training_does_not_wait_for_the_slow_numbers(result):
    whole, quick = result.summary, stopped(result).summary
    slow = SLOW | ({"pca_accumulated_error"} if result.data.test else set())
    assert set(whole) - set(quick) == slow & set(whole)
    assert [name for name in whole if name not in slow] == list(quick)
    assert stopped(result).is_partial and not result.is_partial


def test_the_nats_of_a_stopped_training_come_from_one_draw(image_result):
    quick, whole = stopped(image_result).summary, image_result.summary
    assert quick["test_negative_elbo"] == pytest.approx(whole["test_negative_elbo"], rel=0.1)
    model, pixels = image_result.model, image_result.data.test.pixels
    np.testing.assert_array_equal(stopped(image_result).nats, model.nats(pixels, 0, 1))
    np.testing.assert_array_equal(image_result.nats, model.nats(pixels, 0, 10))


def test_a_font_of_very_many_glyphs_is_told_like_many_images(many_letters_result):
    result = many_letters_result
    assert len(result.data.judged) == 320
    assert (result.data.test, result.data.is_few, result.data.is_binary) == (None, False, True)
    assert result.wrong.shape == (320, 20)
    assert result.known is None
    spread = np.linspace(0, 319, SHOWN_OF_MANY).round().astype(int)
    assert result.shown.tolist() == spread.tolist()


# Nats


def test_terms_of_each_image_add_up_to_the_test_loss(image_result):
    reconstruction, kl = image_result.nats, image_result.codes.kl.sum(axis=1)
    assert reconstruction.shape == kl.shape == (310,)
    assert kl.mean() == pytest.approx(image_result.summary["test_kl"], rel=1e-3)
    means, log_variances = image_result.codes.means, image_result.codes.log_variances
    closed_form = 0.5 * (np.exp(log_variances) + means**2 - 1 - log_variances).sum(axis=1)
    np.testing.assert_allclose(kl, closed_form, rtol=1e-3, atol=1e-4)


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
