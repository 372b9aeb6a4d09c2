"""The plain network: its layout, its initial weights, and what it computes."""

import numpy as np
import pytest

from autoencoder.network import FAINTEST, INITIALIZATIONS, Layer, Network


def test_mirrored_is_the_published_notation():
    network = Network.mirrored([35, 20, 8, 2], ("tanh", "linear", "logistic"))
    assert network.sizes == [35, 20, 8, 2, 8, 20, 35]
    names = [layer.activation for layer in network.layers]
    assert names == ["tanh", "tanh", "linear", "logistic", "logistic", "logistic"]
    assert network.latent_size == 2


def test_no_hidden_layers_leave_a_latent_and_an_output_layer():
    network = Network.mirrored([35, 4], ("tanh", "linear", "tanh"))
    assert [layer.activation for layer in network.layers] == ["linear", "logistic"]


@pytest.mark.parametrize(("bias", "count"), [(False, 2 * (35 * 20 + 20 * 2)), (True, 1557)])
def test_parameter_count(bias, count):
    network = Network.mirrored([35, 20, 2], ("linear", "linear", "linear"), bias=bias)
    assert network.parameter_count == count


def test_unpacked_blocks_are_views_that_cover_every_parameter_once():
    network = Network.mirrored([5, 3, 2], ("linear", "linear", "linear"), bias=True)
    parameters = np.zeros((4, network.parameter_count))
    for block in network.unpack(parameters):
        np.add(block, 1, out=block)
    assert (parameters == 1).all()


def test_reconstruction_by_hand_with_biases():
    network = Network.mirrored([2, 1], ("tanh", "tanh", "tanh"), bias=True, beta=0.5)
    encoder, decoder = [3.0, -1.0, 0.25], [2.0, 0.5, -1.0, 0.0]  # w w b, and w b for each pixel
    pixels = np.array([[1.0, 0.0]])
    code = np.tanh(3.0 + 0.25)
    logits = np.array([2.0 * code + 0.5, -1.0 * code])
    parameters = np.array(encoder + decoder)
    np.testing.assert_allclose(network.encode(parameters, pixels), [[code]])
    np.testing.assert_allclose(network.reconstruct(parameters, pixels), [1 / (1 + np.exp(-logits))])


def test_a_fixed_bias_joins_the_sum_of_every_unit_and_is_no_parameter():
    network = Network.mirrored([2, 1], ("tanh", "tanh", "tanh"), beta=0.5, fixed_bias=1.0)
    assert network.parameter_count == 4
    code = np.tanh(3.0 + 1)
    pixels = 1 / (1 + np.exp(-np.array([2.0 * code + 1, -1.0 * code + 1])))
    parameters = np.array([3.0, -1.0, 2.0, -1.0])
    np.testing.assert_allclose(network.reconstruct(parameters, np.array([[1.0, 0.0]])), [pixels])


def test_uniform_weights_reach_from_minus_one_to_one():
    weights = INITIALIZATIONS["uniform"](Layer(400, 300, "tanh"), np.random.default_rng(0))
    np.testing.assert_allclose([weights.min(), weights.max()], [-1, 1], atol=1e-4)


def test_restarts_are_computed_side_by_side():
    network = Network.mirrored([6, 4, 2], ("silu", "linear", "relu"), bias=True)
    random = np.random.default_rng(0)
    parameters = random.standard_normal((3, network.parameter_count))
    pixels = random.uniform(size=(5, 6))
    together = network.reconstruct(parameters, pixels[None])
    assert together.shape == (3, 5, 6)
    for index in range(3):
        np.testing.assert_allclose(together[index], network.reconstruct(parameters[index], pixels))


@pytest.mark.parametrize(
    ("name", "deviation"),
    [
        ("normal", 1.0),
        ("uniform", np.sqrt(1 / 3)),
        ("glorot", np.sqrt(2 / (400 + 300))),
        ("he", np.sqrt(2 / 400)),
    ],
)
def test_initial_weights_have_the_spread_of_their_paper(name, deviation):
    weights = INITIALIZATIONS[name](Layer(400, 300, "tanh"), np.random.default_rng(0))
    assert weights.mean() == pytest.approx(0, abs=0.02 * deviation)
    assert weights.std() == pytest.approx(deviation, rel=0.01)


def test_initial_biases_are_zero():
    network = Network.mirrored([4, 3], ("tanh", "linear", "tanh"), bias=True)
    parameters = network.initial_parameters("glorot", np.random.default_rng(0))
    for block in network.unpack(parameters):
        assert (block[:, -1] == 0).all()
        assert (block[:, :-1] != 0).all()


@pytest.mark.parametrize("beta", [1.0, 0.3])
def test_a_network_rests_on_a_picture(beta):
    network = Network.mirrored([6, 4, 2], ("tanh", "linear", "tanh"), bias=True, beta=beta)
    parameters = network.initial_parameters("glorot", np.random.default_rng(0))
    weights = [block[:, :-1].copy() for block in network.unpack(parameters)]
    mean = np.array([0.1, 0.9, 0.5, 0.0, 1.0, 0.3])
    network.rest_on(parameters, mean)
    np.testing.assert_allclose(network.encode(parameters, mean[None]), 0, atol=1e-15)
    np.testing.assert_allclose(
        network.reconstruct(parameters, mean[None])[0], np.clip(mean, FAINTEST, 1 - FAINTEST)
    )
    for before, block in zip(weights, network.unpack(parameters), strict=True):
        np.testing.assert_array_equal(block[:, :-1], before)


def test_a_network_without_biases_cannot_rest_on_a_picture():
    network = Network.mirrored([3, 2], ("tanh", "linear", "tanh"))
    with pytest.raises(ValueError, match="without biases"):
        network.rest_on(np.zeros(network.parameter_count), np.zeros(3))
