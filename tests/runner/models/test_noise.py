"""The noise of a denoiser: three draws of it, none of which is another."""

import numpy as np
import pytest
from loading import config

from autoencoder.noise import Noise
from runner.models.noise import judging_noise, noise_of, noise_to_judge_by, training_noise, watched_noise

LEVELS = np.eye(20)


def test_noise_takes_its_keys_from_the_config_and_only_denoisers_have_any():
    noise = noise_of(config(mode="DAE", noise="gaussian", noise_probability=0.4, max_noise=0.3))
    assert (noise.kind, noise.probability, noise.amount) == ("gaussian", 0.4, 0.3)
    assert noise_of(config(mode="DEFAULT", noise="gaussian")) is None


def test_a_denoiser_is_judged_on_the_noise_of_its_training_unless_another_is_named():
    keys = {"mode": "DAE", "noise": "uniform", "noise_probability": 0.4, "max_noise": 0.3}
    assert noise_to_judge_by(config(**keys)) == noise_of(config(**keys)) == Noise("uniform", 0.4, 0.3)
    other = config(**keys, test_noise="Salt and Pepper", test_noise_probability=0)
    assert noise_to_judge_by(other) == Noise("salt_and_pepper", 0, 0.3)
    assert noise_of(other) == Noise("uniform", 0.4, 0.3)
    assert noise_to_judge_by(config(**keys, test_noise="gaussian")) == Noise("gaussian", 0.4, 0.3)
    assert noise_to_judge_by(config(mode="DEFAULT")) is None


def test_training_watching_and_testing_draw_their_own_noise():
    keys = config(mode="DAE", noise_probability=0.3, noisy_copies=4)
    noise = noise_of(keys)
    drawn = [
        training_noise(keys, noise, LEVELS),
        watched_noise(keys, noise, LEVELS, copies=4),
        judging_noise(keys, noise, LEVELS, copies=4),
    ]
    for copies in drawn:
        assert copies.shape == (4, 20, 20)
        assert (copies != LEVELS).mean() == pytest.approx(0.3, abs=0.03)
    assert len({copies.tobytes() for copies in drawn}) == 3
    np.testing.assert_array_equal(drawn[1], watched_noise(keys, noise, LEVELS, copies=4))


@pytest.mark.parametrize(("pictures", "copies"), [(20, 50), (3, 334), (2_000, 1)])
def test_as_many_copies_are_watched_as_say_something(pictures, copies):
    keys = config(mode="DAE")
    noisy = watched_noise(keys, noise_of(keys), np.zeros((pictures, 4)))
    assert noisy.shape == (copies, pictures, 4)
