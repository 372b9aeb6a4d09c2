"""The plan of a variational autoencoder: that of the config, or a refusal that says what would do."""

import pytest
from loading import config

from runner.config.errors import UserError
from runner.experiment import prepare
from runner.models import variational_plan
from runner.models.variational_plan import check_size, fitting_plan


def test_the_plan_and_the_sizes_are_those_of_the_config(image_file):
    pytest.importorskip("tensorflow")
    keys = {"mode": "VAE", "vae_dataset": str(image_file), "neurons_per_layer": [8, 4], "beta": 2}
    trainer = prepare(config(**keys)).trainer
    assert trainer.sizes == [30, 8, 4, 2, 4, 8, 30]
    assert trainer.plan.beta == 2
    assert trainer.plan.encoder_activation == "relu"
    assert trainer.plan.batch_size == 100
    assert trainer.noise is None


def test_without_tensorflow_the_mode_is_a_mistake_that_says_what_to_install(monkeypatch):
    monkeypatch.setattr(variational_plan, "find_spec", lambda name: None)
    with pytest.raises(UserError, match="mode: VAE needs TensorFlow; install it with: pip"):
        prepare(config(mode="VAE", data="font"))


def plan_for(shape, **keys):
    return fitting_plan(config(mode="VAE", **keys), shape)


def test_too_many_weights_are_refused():
    plan = plan_for((100, 100, 1), neurons_per_layer=[5_000])
    with pytest.raises(UserError, match="neurons_per_layer: 100,030,000 weights"):
        check_size(plan, 1000)


def test_convolutions_that_no_memory_holds_are_refused_with_what_would_fit():
    keys = {"layer_kind": "convolutional", "neurons_per_layer": [64, 64]}
    check_size(plan_for((28, 28, 1), **keys), 60_000)
    with pytest.raises(UserError, match=r"a step of 100 images .* needs 8 GiB.* batch_size of at most 52"):
        check_size(plan_for((300, 300, 1), **keys), 60_000)
    check_size(plan_for((300, 300, 1), batch_size=52, **keys), 60_000)
    check_size(plan_for((300, 300, 1), **keys), 20)  # so few are there
    with pytest.raises(UserError, match="take fewer"):
        check_size(plan_for((4000, 4000, 1), **{**keys, "neurons_per_layer": [64] * 12}), 60_000)


def test_convolutions_say_how_deep_they_may_be(image_file):
    pytest.importorskip("tensorflow")
    keys = {"mode": "VAE", "vae_dataset": str(image_file), "layer_kind": "convolutional"}
    trainer = prepare(config(**keys, neurons_per_layer=[4, 3, 2])).trainer
    assert str(trainer.sizes) == "[6×5, 4@3×3, 3@2×2, 2@1×1, 2, 2@1×1, 3@2×2, 4@3×3, 6×5]"
    assert trainer.sizes == [30, 36, 12, 2, 2, 2, 12, 36, 30]
    with pytest.raises(UserError, match=r"got 4 layers; .* of 6×5 pixels one is left after 3, so write at"):
        prepare(config(**keys, neurons_per_layer=[4, 3, 2, 2]))
