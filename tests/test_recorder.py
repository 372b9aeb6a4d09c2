"""The recorder keeps the best of every restart and the finite part of its history."""

import numpy as np

from autoencoder.recorder import Recorder


def record(rows, patience=None):
    """Feed losses `(epochs, restarts)`; the parameters of epoch e are all e."""
    restarts = len(rows[0])
    recorder = Recorder(np.zeros((restarts, 2)), lambda epoch, error: None, patience)
    for epoch, losses in enumerate(rows):
        parameters = np.full((restarts, 2), float(epoch))
        recorder.end_epoch(np.array(losses), 10 * np.array(losses), parameters, epoch)
    return recorder


def test_best_parameters_are_kept_for_each_restart_alone():
    first, second = record([[5.0, 5.0], [2.0, 6.0], [3.0, 1.0]]).restarts(first_seed=7)
    assert (first.seed, second.seed) == (7, 8)
    assert first.parameters.tolist() == [1, 1]
    assert second.parameters.tolist() == [2, 2]
    assert first.history.loss.tolist() == [5, 2, 3]
    assert second.history.error.tolist() == [50, 60, 10]


def test_history_ends_before_the_first_value_that_is_not_finite():
    first, second = record([[5.0, 5.0], [np.nan, 4.0], [np.nan, np.inf]]).restarts(0)
    assert first.diverged
    assert first.history.loss.tolist() == [5]
    assert first.parameters.tolist() == [0, 0]
    assert second.history.loss.tolist() == [5, 4]


def test_it_stops_when_all_diverged_but_not_when_one_did():
    assert record([[1.0, 1.0], [np.nan, np.inf]]).should_stop()
    assert not record([[1.0, 1.0], [np.nan, 2.0]]).should_stop()


def test_patience_counts_epochs_since_any_restart_improved():
    assert not record([[3.0, 3.0], [4.0, 2.0], [5.0, 5.0]], patience=2).should_stop()
    assert record([[3.0, 3.0], [4.0, 2.0], [5.0, 5.0], [5.0, 5.0]], patience=2).should_stop()
