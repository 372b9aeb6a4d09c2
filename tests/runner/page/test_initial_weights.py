"""What networks of a page begin with: what a run stores of it, and what `initial_weights.js` draws."""

import numpy as np
import pytest
from browsing import computing
from scipy import stats

from autoencoder.network import INITIALIZATIONS, Layer, Network
from autoencoder.training import initial_parameters
from runner.page import initial_weights as module
from runner.page.html_page import own_script
from runner.page.initial_weights import initial_weights
from runner.page.laboratory import laboratory_facts

FEWEST_CHANCES = 1e-4


@pytest.fixture(scope="module")
def compute(browser):
    """Run JavaScript after those scripts; `args` are the values."""
    return computing(
        browser, own_script("map/extent.js", "network/random.js", "learning/initial_weights.js")
    )


def test_those_of_the_run_and_of_small_sizes_are_stored_while_there_is_room(default_result, monkeypatch):
    facts = laboratory_facts(default_result, holds_all=True)
    assert list(facts["initial"]) == ["2", "1", "3"]
    assert facts["config"]["seed"] == default_result.best.seed
    weights = initial_parameters(default_result.model.network, "glorot", default_result.best.seed)
    assert facts["initial"]["2"]["shape"] == [len(weights)]
    monkeypatch.setattr(module, "MOST_STORED_WEIGHTS", 10)
    assert list(initial_weights(default_result, default_result.config)) == ["2"]


def test_a_page_has_none_that_would_make_it_large(default_result, monkeypatch):
    count = default_result.model.network.parameter_count
    monkeypatch.setattr(module, "MOST_BYTES", 8 * count)  # which those of three numbers exceed
    assert list(initial_weights(default_result, default_result.config)) == ["2", "1"]
    monkeypatch.setattr(module, "MOST_BYTES", 100)
    assert initial_weights(default_result, default_result.config) == {}


def test_those_of_a_denoiser_are_in_single_precision(denoising_result):
    stored = initial_weights(denoising_result, denoising_result.config)
    assert {weights["type"] for weights in stored.values()} == {"float32"}


def test_where_nothing_is_remembered_of_keras_nothing_is_stored(letter_vae_result):
    assert initial_weights(letter_vae_result, letter_vae_result.config) == {}


@pytest.mark.parametrize("name", INITIALIZATIONS)
@pytest.mark.parametrize("bias", [0, 1])
def test_weights_are_drawn_as_python_draws_them_and_biases_are_zero(compute, name, bias):
    script = (
        "return Array.from(initialParameters([[120, 60, 0], [60, 2, 0]], args[0], args[1], new Random(3)))"
    )
    found = np.array(compute(script, bias, name))
    block = found[: 60 * (120 + bias)].reshape(60, 120 + bias)
    weights = INITIALIZATIONS[name](Layer(120, 60, "linear"), np.random.default_rng(0))
    drawn = block[:, :120].ravel()
    assert stats.ks_2samp(drawn, weights.ravel(), method="asymp").pvalue > FEWEST_CHANCES
    assert found.size == 60 * (120 + bias) + 2 * (60 + bias)
    if bias:
        assert (block[:, -1] == 0).all()
        assert (found[[-62, -1]] == 0).all()


def test_where_codes_are_normals_there_are_two_layers_beside_each_other(compute):
    script = "return [layerShapes(args[0], false), layerShapes(args[0], true, 3)]"
    plain, variational = compute(script, [9, 5, 2, 5, 9])
    assert plain == [[9, 5, 0], [5, 2, 0], [2, 5, 0], [5, 9, 0]]
    assert variational == [[9, 5, 3], [5, 2, 0], [5, 2, 0], [2, 5, 3], [5, 9, 0]]
    assert compute(script, [9, 2, 9])[1] == [[9, 2, 3], [9, 2, 3], [2, 9, 3]]


def test_weights_of_classes_are_drawn_as_those_of_a_layer_of_their_own(compute):
    script = "return Array.from(initialParameters([[90, 200, 4]], 1, 'glorot', new Random(3)))"
    block = np.reshape(compute(script), (200, 95))
    largest = np.sqrt(6 / (4 + 200))
    assert 0.98 * largest < np.abs(block[:, 90:94]).max() < largest
    assert np.abs(block[:, :90]).max() < np.sqrt(6 / (90 + 200))
    assert (block[:, 94] == 0).all()


def test_they_rest_on_a_picture_as_python_s_do(compute):
    network = Network.mirrored([6, 4, 2], ("tanh", "linear", "tanh"), bias=True, beta=0.7)
    random = np.random.default_rng(0)
    weights, mean = random.normal(size=network.parameter_count), np.array([0, 0.2, 0.5, 0.9, 1, 0.004])
    script = (
        "const parameters = Float64Array.from(args[0]);"
        "restOn(parameters, layerShapes(args[1], false), Float64Array.from(args[2]), args[3]);"
        "return Array.from(parameters)"
    )
    found = compute(script, weights.tolist(), network.sizes, mean.tolist(), 0.7)
    network.rest_on(weights, mean)
    np.testing.assert_allclose(found, weights, rtol=1e-13)
