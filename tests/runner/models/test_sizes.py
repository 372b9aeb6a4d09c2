"""Networks that a machine cannot hold are refused before anything is made."""

import re

import pytest
from loading import config

from autoencoder.network import Network
from autoencoder.plan import Plan
from runner.config.errors import UserError
from runner.experiment import prepare
from runner.models.sizes import check_size


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"minimizer": "powell", "neurons_per_layer": [1000]}, "powell .* fits 23,170 weights"),
        ({"neurons_per_layer": [10000, 10000]}, "neurons_per_layer: .* GiB"),
        ({"restarts": 10000, "neurons_per_layer": [200]}, "restarts: got 10000; at most"),
        ({"restarts": 1000, "epochs": 10**7}, "epochs: got 10,000,000; .* at most 263,494"),
    ],
)
def test_what_cannot_be_trained_is_refused_before_training(changes, message):
    with pytest.raises(UserError, match=message):
        prepare(config(**changes))


def test_the_number_that_is_named_as_the_most_does_fit():
    with pytest.raises(UserError) as refused:
        prepare(config(restarts=10000, neurons_per_layer=[200]))
    most = int(re.search(r"at most (\d+)", str(refused.value))[1])
    assert prepare(config(restarts=most, neurons_per_layer=[200])).trainer.plan.restarts == most


def test_noisy_copies_of_many_pictures_are_counted():
    network = Network.mirrored([784, 20, 2], ("linear", "linear", "logistic"))
    plan = Plan("adam", 1, batch_size=100)
    denoiser = config(mode="DAE", data="images", noisy_copies=30)
    check_size(denoiser, network, plan, 20 * 60_000)
    words = "noisy_copies: got 30; 1,800,000 noisy pictures of 784 pixels need 5 GiB, and 4 GiB are allowed"
    words += "; write at most"
    with pytest.raises(UserError, match=words):
        check_size(denoiser, network, plan, 30 * 60_000)
    with pytest.raises(UserError, match="bring fewer pictures, or smaller ones"):
        check_size(config(mode="DAE", data="images", noisy_copies=1), network, plan, 30 * 60_000)
    check_size(config(data="images"), network, plan, 30 * 60_000)


def test_in_batches_only_a_batch_is_held_at_once(image_file):
    keys = {"data": "images", "vae_dataset": str(image_file), "neurons_per_layer": [10000, 1500]}
    prepare(config(**keys, restarts=2))
    with pytest.raises(UserError, match=r"restarts: .* at most 4 networks"):
        prepare(config(**keys, restarts=20))
