"""The tables of a training have a row an epoch and a row a network, exactly as they were measured."""

from dataclasses import replace

import numpy as np
import pytest
from reading import cells, read

from runner.models.face import Candidate, Training
from runner.tables.history import metrics, restarts
from training.history import History


def test_metrics_have_a_row_an_epoch_from_the_untrained_network_on(default_result):
    table = read(metrics(default_result))
    assert table["epoch"].tolist() == list(range(401))
    np.testing.assert_array_equal(table["loss"], default_result.history["loss"])
    assert table["seconds"].is_monotonic_increasing


def test_metrics_in_nats_have_a_row_an_epoch_from_the_first_on(image_result):
    table = read(metrics(image_result))
    assert table["epoch"].tolist() == [1, 2, 3, 4]
    loss = table["reconstruction"] + table["beta"] * table["kl"]
    np.testing.assert_allclose(table["loss"], loss, rtol=1e-4)
    np.testing.assert_array_equal(table["validation_loss"], image_result.history["validation_loss"])


def test_every_column_that_was_measured_is_there(any_result):
    table = read(metrics(any_result))
    assert list(table) == ["epoch", *any_result.history.columns]
    for name, values in any_result.history.columns.items():
        # A cell is empty where nothing was measured.
        cells = table[name].replace("", np.nan).astype(float)
        np.testing.assert_array_equal(cells, values)


def test_restarts_have_a_row_each(default_result):
    table = read(restarts(default_result))
    assert table["seed"].tolist() == [0, 1, 2]
    np.testing.assert_array_equal(table["error"], default_result.candidate_errors)
    np.testing.assert_array_equal(table["wrong_pixels"], default_result.candidate_wrong_pixels)
    assert table["epochs"].tolist() == [400] * 3
    candidates = default_result.training.candidates
    assert table["seconds"].tolist() == [c.history["seconds"][-1] for c in candidates]


@pytest.mark.parametrize(("name", "epochs"), [("letter_vae_result", "2"), ("grey_result", "4")])
def test_epochs_are_counted_alike_wherever_a_history_begins(request, name, epochs):
    table = cells(restarts(request.getfixturevalue(name)))
    assert {row["epochs"] for row in table} == {epochs}
    assert ("wrong_pixels" in table[0]) == (name == "letter_vae_result")


def test_a_training_that_came_to_no_epoch_has_a_row_without_any(letter_vae_result):
    columns = {name: np.empty(0) for name in letter_vae_result.history.columns}
    empty = Candidate(0, letter_vae_result.model, History(1, columns), diverged=True)
    result = replace(letter_vae_result, training=Training([empty], letter_vae_result.training.ending))
    header, rows = metrics(result)
    assert (header[0], list(rows)) == ("epoch", [])
    (row,) = cells(restarts(result))
    assert (row["epochs"], row["seconds"]) == ("0", "0.0")
