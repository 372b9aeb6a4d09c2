"""What a latent space holds, and what is left out where, by the rules of `runner/result/result.py`."""

from dataclasses import replace

import numpy as np
import pytest
from loading import config
from scipy.spatial.distance import pdist
from scipy.stats import norm

from runner.experiment import run_experiment
from runner.result.result import RANDOM_SAMPLES, SHOWN_OF_MANY
from training.ending import Ending


def stopped(result):
    return replace(result, training=replace(result.training, ending=Ending.STOPPED))


def learned(**keys):
    return run_experiment(config(neurons_per_layer=[5], epochs=2, **keys))


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


def test_random_draws_are_those_of_a_prior(any_result):
    result = any_result
    if result.config.mode != "VAE":
        assert result.samples is None
    else:
        assert result.samples.shape == (RANDOM_SAMPLES, result.pixels.shape[1])
        assert ((result.samples >= 0) & (result.samples <= 1)).all()
        other = replace(result, config=result.config.model_copy(update={"seed": 1}))
        assert (other.samples != result.samples).any()
        np.testing.assert_array_equal(replace(result).samples, result.samples)


def test_few_pictures_are_all_shown_and_of_many_a_sample(any_result):
    result = any_result
    count = len(result.data.judged)
    assert result.data.is_few == (count <= 300)
    expected = count if count <= 300 else SHOWN_OF_MANY
    assert len(result.shown) == len(result.shown_outputs) == expected
    assert len({*result.shown.tolist()}) == expected
    outputs = result.outputs[result.shown]
    np.testing.assert_allclose(result.shown_outputs, outputs, atol=1e-5)
    kinds = [pair.kind for pair in result.pairs]
    assert kinds == ["closest", "median", "farthest"]
    ways = [np.linalg.norm(np.subtract(*result.codes.means[[p.first, p.second]])) for p in result.pairs]
    assert ways[0] == pytest.approx(pdist(result.codes.means).min(), rel=1e-3, abs=1e-6)
    assert ways == sorted(ways)


def test_pixels_lie_between_0_and_1(any_result):
    result = any_result
    drawings = [result.grid, result.between, result.generated]
    for pixels in (result.outputs, result.shown_outputs, *(drawing.pictures for drawing in drawings)):
        assert ((pixels >= 0) & (pixels <= 1)).all()


# What is left out where

WRONG = {"max_wrong_pixels", "total_wrong_pixels", "restarts_learned_all"}
NEIGHBOURS = {"knn_1_accuracy", "knn_5_accuracy", "knn_accuracy", "pca_knn_accuracy"}


def test_pixels_can_be_wrong_where_all_are_0_or_1(any_result):
    result = any_result
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


def test_drawings_are_held_against_known_pictures_where_these_are_few_and_of_0_and_1(any_result):
    result = any_result
    has_known = result.data.noun == "character" and len(result.data.judged) <= 300
    assert (result.known is not None) == has_known
    for drawn in (result.grid, result.between, result.generated):
        assert (drawn.nearest is not None) == (drawn.distance is not None) == has_known


def test_neighbours_are_asked_for_where_there_are_classes_and_a_test_part(any_result):
    result = any_result
    has_both = result.data.test is not None
    assert has_both == ("three" in result.data.title)
    assert (set(result.summary) >= NEIGHBOURS) == has_both
    assert has_both or not NEIGHBOURS & set(result.summary)


def test_without_classes_there_are_no_neighbours_and_classes_alone_are_not_enough(tmp_path, few_result):
    without = learned(**save_images(tmp_path / "plain.npz", 310, levels=(0, 100, 200)))
    assert without.data.test is not None
    assert not NEIGHBOURS & set(without.summary)
    assert few_result.data.class_names == ["crosses", "rings"]
    assert not NEIGHBOURS & set(few_result.summary)


NATS = ("negative_elbo", "reconstruction", "kl")


def test_nats_are_told_where_codes_are_normals_and_called_after_the_part_they_are_of(any_result):
    result = any_result
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
    denoising_result, denoised_images_result, many_letters_result
):
    assert denoising_result.test.bayes_outputs.shape == denoising_result.test.outputs.shape
    assert "bayes_accumulated_error" in denoising_result.summary
    font = many_letters_result.config.font_set
    for result in (denoised_images_result, learned(mode="DAE", font_set=font)):
        assert result.test.bayes_outputs is None
        assert "test_accumulated_error" in result.summary
        assert "bayes_accumulated_error" not in result.summary
    assert "test_mean_wrong_pixels" not in denoised_images_result.summary


SLOW = {"train_negative_elbo", *NEIGHBOURS, "legibility", "bits_per_latent_number"}


def test_whoever_stops_a_training_does_not_wait_for_the_slow_numbers(any_result):
    result = any_result
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
