"""The figures of a trained network against sampling, brute force and the singular value decomposition."""

from dataclasses import replace

import numpy as np
import pytest
from vae_plans import PLAN

from vae import evaluation
from vae.evaluation import (
    active_dimensions,
    cross_entropy,
    kl_per_dimension,
    knn_accuracy,
    negative_elbo,
    pca_codes,
    per_image,
)
from vae.trained import rebuild

RANDOM = np.random.default_rng(0)
SHAPES = {"mean": (6, 2), "log_variance": (6, 2), "output": (2, 6)}
WEIGHTS = {f"{name}_kernel": RANDOM.normal(size=shape, scale=0.7) for name, shape in SHAPES.items()}
WEIGHTS |= {f"{name}_bias": RANDOM.normal(size=shape[1]) for name, shape in SHAPES.items()}
VAE = rebuild(replace(PLAN, neurons_per_layer=[], latent_activation="linear"), 6, WEIGHTS)
IMAGES = RANDOM.random((1300, 6)).astype(np.float32)


def test_cross_entropy_equals_the_naive_formula_and_does_not_overflow():
    logits, targets = RANDOM.normal(size=(8, 5), scale=3), RANDOM.random((8, 5))
    pixels = 1 / (1 + np.exp(-logits))
    naive = -(targets * np.log(pixels) + (1 - targets) * np.log(1 - pixels)).sum(axis=1)
    np.testing.assert_allclose(cross_entropy(logits, targets), naive)
    np.testing.assert_allclose(cross_entropy(np.array([[1e4, -1e4]]), np.array([[0.0, 0.0]])), [1e4])


def test_kl_equals_monte_carlo():
    mean, log_variance = np.array([[0.7, 0.0]]), np.array([[-0.9, 0.0]])
    codes = mean + np.exp(log_variance / 2) * RANDOM.standard_normal((400_000, 2))
    log_ratio = (codes**2 - (codes - mean) ** 2 / np.exp(log_variance) - log_variance) / 2
    kl = kl_per_dimension(mean, log_variance)
    np.testing.assert_allclose(kl, log_ratio.mean(axis=0), atol=5e-3)
    assert kl[1] == 0
    assert active_dimensions(mean, log_variance) == 1


def test_the_parts_add_up_and_each_image_has_its_own():
    total, reconstruction, kl = negative_elbo(VAE, IMAGES, seed=0)
    reconstructions, kls = per_image(VAE, IMAGES)
    assert total == reconstruction + kl
    assert reconstructions.shape == kls.shape == (1300,)
    assert (reconstruction, kl) == pytest.approx((reconstructions.mean(), kls.mean()))
    assert kl == pytest.approx(kl_per_dimension(*VAE.encode(IMAGES)).sum())


def test_negative_elbo_equals_a_plain_estimate_with_many_draws():
    mean, log_variance = (IMAGES @ WEIGHTS[f"{name}_kernel"] + WEIGHTS[f"{name}_bias"] for name in SHAPES
                          if name != "output")  # fmt: skip
    noise = RANDOM.standard_normal((300, *mean.shape))
    logits = (mean + np.exp(log_variance / 2) * noise) @ WEIGHTS["output_kernel"] + WEIGHTS["output_bias"]
    pixels = 1 / (1 + np.exp(-logits))
    plain = -(IMAGES * np.log(pixels) + (1 - IMAGES) * np.log(1 - pixels)).sum(axis=-1).mean()
    assert negative_elbo(VAE, IMAGES, seed=0, draws=100)[1] == pytest.approx(plain, abs=0.01)


def test_noise_follows_the_seed():
    assert negative_elbo(VAE, IMAGES, seed=1) == negative_elbo(VAE, IMAGES, seed=1)
    first, second = (negative_elbo(VAE, IMAGES, seed=seed) for seed in (1, 2))
    assert first[1] != second[1]
    assert first[2] == second[2]


def test_bytes_and_grey_levels_are_the_same_images():
    images = RANDOM.integers(256, size=(9, 6), dtype=np.uint8)
    floats = (images / 255).astype(np.float32)
    np.testing.assert_allclose(negative_elbo(VAE, images, 0), negative_elbo(VAE, floats, 0), rtol=1e-6)


@pytest.mark.parametrize("dimensions", [2, evaluation.MOST_TREE_DIMENSIONS + 1])
def test_knn_equals_brute_force(dimensions):
    train, test = RANDOM.normal(size=(300, dimensions)), RANDOM.normal(size=(700, dimensions))
    names = np.array(["cat", "dog", "eel"])
    train_labels, test_labels = (
        names[(train[:, 0] > 0) * 1 + (train[:, 1] > 0.5)],
        RANDOM.choice(names, 700),
    )
    hits = 0
    for code, label in zip(test, test_labels, strict=True):
        nearest = train_labels[np.argsort(((train - code) ** 2).sum(axis=1))[:15]]
        found, votes = np.unique(nearest, return_counts=True)
        hits += found[votes.argmax()] == label
    assert knn_accuracy(train, train_labels, test, test_labels) == hits / 700


def test_equal_votes_go_to_the_smallest_label_and_few_examples_suffice():
    codes, labels = np.array([[0.0], [1.0]]), np.array([8, 3])
    assert knn_accuracy(codes, labels, np.array([[0.1]]), np.array([3])) == 1
    assert knn_accuracy(codes, labels, np.array([[0.1]]), np.array([8]), k=1) == 1


@pytest.mark.parametrize("images", [400, 9])
def test_pca_equals_the_singular_value_decomposition(images):
    scales = np.linspace(1, 0.05, 20)
    train, test = (RANDOM.random((count, 20)) * scales for count in (images, 30))
    axes = np.linalg.svd(train - train.mean(axis=0))[2][:3]
    for codes, pixels in zip(pca_codes(train, test, 3), (train, test), strict=True):
        np.testing.assert_allclose(np.abs(codes), np.abs((pixels - train.mean(axis=0)) @ axes.T), atol=2e-4)
