"""The territories of the map."""

import numpy as np

from runner.config.file import load_config
from runner.experiment import run_experiment
from runner.page.plots import glyph_extent
from runner.page.territories import territories
from runner.result import Result


def test_territories_count_the_pixels_that_differ(default_result):
    model, plane = default_result.model, default_result.plane
    (left, right, bottom, top), distances = territories(model, plane, places(default_result))
    rows, columns = distances.shape
    x, y = left + (columns - 0.5) / columns * (right - left), top - 0.5 / rows * (top - bottom)
    assert distances[0, -1] == model.decode(np.array([[x, y]])).distance[0]
    code = default_result.codes.means[0]
    row = int((top - code[1]) / (top - bottom) * rows)
    column = int((code[0] - left) / (right - left) * columns)
    assert distances[row, column] == 0


def test_a_large_network_decodes_the_territories_row_by_row(default_result, monkeypatch):
    model, plane, where = default_result.model, default_result.plane, places(default_result)
    _, at_once = territories(model, plane, where)
    decoded = []
    decode = FontModel.decode
    monkeypatch.setattr(FontModel, "decode", lambda *given: decoded.append(given[1]) or decode(*given))
    monkeypatch.setattr("runner.page.font_page.MOST_VALUES", 1)
    _, by_row = territories(model, plane, where)
    assert [codes.shape for codes in decoded] == [(1, 120, 2)] * 120
    assert np.array_equal(by_row, at_once)


def test_a_line_has_one_row_of_territories():
    result = run_experiment(load_config(None, {"latent_layer_neurons": 1, "epochs": 1}))
    _, distances = territories(result.model, Plane.of(result.codes), result.places)
    assert distances.shape[0] == 1
