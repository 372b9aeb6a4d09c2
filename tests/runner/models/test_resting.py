"""Networks of bright pictures begin at their mean, those of ink at its paper."""

from dataclasses import replace

import numpy as np
import pytest
from loading import config

from runner.models.resting import resting_picture

SCALED = {"bias": True, "initialization": "glorot"}


def test_ink_lies_on_paper_that_tells_nothing(default_result):
    assert resting_picture(config(**SCALED), default_result.data) is None


@pytest.mark.parametrize(
    "keys", [{"bias": False}, {"initialization": "normal"}, {"initialization": "uniform"}]
)
def test_the_networks_of_the_documents_begin_as_they_say(default_result, keys):
    bright = replace(default_result.data, is_ink=False)
    assert resting_picture(config(**{**SCALED, **keys}), bright) is None


@pytest.mark.parametrize("scale", [1, 255])
def test_all_else_begins_at_the_mean_of_what_is_trained_on(default_result, scale):
    data = default_result.data
    levels = np.random.default_rng(0).integers(0, 2, data.train.pixels.shape)
    pixels = levels.astype(float) if scale == 1 else (levels * 255).astype(np.uint8)
    bright = replace(data, train=replace(data.train, pixels=pixels), is_ink=False)
    np.testing.assert_allclose(resting_picture(config(**SCALED), bright), levels.mean(axis=0))
