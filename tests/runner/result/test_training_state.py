"""A training that has ended comes back from its state as it was."""

from io import BytesIO

import numpy as np
import pytest

from runner.result.training_state import finished_state, finished_training


def through_a_file(state):
    """As a checkpoint keeps it."""
    buffer = BytesIO()
    np.savez(buffer, **state)
    buffer.seek(0)
    with np.load(buffer, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


@pytest.mark.parametrize("name", ["default_result", "denoising_result", "letter_vae_result"])
def test_it_is_the_same_training(request, name):
    result = request.getfixturevalue(name)
    state = through_a_file(finished_state(result.training, 12.5, result.data.cell))
    training, seconds = finished_training(state, result.config)
    assert (training.ending, seconds) == (result.training.ending, 12.5)
    assert len(training.candidates) == len(result.training.candidates)
    for found, candidate in zip(training.candidates, result.training.candidates, strict=True):
        assert (found.seed, found.diverged) == (candidate.seed, candidate.diverged)
        assert list(found.history.columns) == list(candidate.history.columns)
        np.testing.assert_array_equal(found.history.epochs, candidate.history.epochs)
        assert found.moments.kept == candidate.moments.kept
        np.testing.assert_array_equal(found.moments.epochs, candidate.moments.epochs)
        np.testing.assert_array_equal(found.moments.weights, candidate.moments.weights)
        for column, values in candidate.history.columns.items():
            np.testing.assert_array_equal(found.history[column], values)
        pixels = result.data.judged.pixels
        np.testing.assert_array_equal(
            found.model.encode(pixels).means, candidate.model.encode(pixels).means
        )


def test_one_that_an_earlier_version_saved_has_no_moments(default_result):
    state = finished_state(default_result.training, 12.5, default_result.data.cell)
    old = {name: np.array(value) for name, value in state.items() if "moments" not in name}
    training, _ = finished_training(old, default_result.config)
    assert [len(candidate.moments) for candidate in training.candidates] == [0, 0, 0]


def test_the_state_of_a_training_on_its_way_is_none():
    assert finished_training({}, None) is None
    assert finished_training({"epoch": np.array(3), "rule.steps": np.array(1)}, None) is None
