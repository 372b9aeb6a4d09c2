"""The territories of the map."""

from dataclasses import replace

import numpy as np
from loading import config

from runner.experiment import run_experiment
from runner.page import territories as module
from runner.page.territories import territories
from runner.result.result import Result


def test_territories_count_the_pixels_that_differ(default_result):
    (left, right, bottom, top), distances = territories(default_result)
    rows, columns = distances.shape
    x, y = left + (columns - 0.5) / columns * (right - left), top - 0.5 / rows * (top - bottom)
    assert distances[0, -1] == default_result.decode(np.array([[x, y]])).distance[0]
    code = default_result.codes.means[0]
    row = int((top - code[1]) / (top - bottom) * rows)
    column = int((code[0] - left) / (right - left) * columns)
    assert distances[row, column] == 0


def test_a_large_network_decodes_the_territories_row_by_row(default_result, monkeypatch):
    _, at_once = territories(default_result)
    decoded = []
    decode = Result.decode
    monkeypatch.setattr(Result, "decode", lambda *given: decoded.append(given[1]) or decode(*given))
    monkeypatch.setattr(module, "MOST_VALUES", 1)
    _, by_row = territories(default_result)
    assert [codes.shape for codes in decoded] == [(1, 120, 2)] * 120
    assert np.array_equal(by_row, at_once)


def test_a_line_has_one_row_of_territories():
    _, distances = territories(run_experiment(config(latent_layer_neurons=1, epochs=1)))
    assert distances.shape[0] == 1


def test_without_known_pictures_there_are_none(default_result, monkeypatch):
    monkeypatch.setattr("runner.data.MOST_FEW", 5)
    assert territories(replace(default_result)) is None
