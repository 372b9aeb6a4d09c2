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


def test_a_restored_recorder_goes_on_as_if_nothing_had_been():
    rows = [[5.0, 5.0], [2.0, np.nan], [3.0, 4.0], [4.0, np.inf]]
    for pause in range(len(rows)):
        first = record(rows[: pause + 1], patience=2)
        state = {name: np.array(values) for name, values in first.state().items()}
        second = Recorder(np.zeros((2, 2)), lambda epoch, error: None, patience=2)
        second.restore(state)
        assert len(second) == pause + 1
        for epoch, losses in enumerate(rows[pause + 1 :], start=pause + 1):
            second.end_epoch(np.array(losses), 10 * np.array(losses), np.full((2, 2), float(epoch)), epoch)
        whole = record(rows, patience=2)
        assert second.should_stop() == whole.should_stop()
        for ours, theirs in zip(second.restarts(0), whole.restarts(0), strict=True):
            assert ours.diverged == theirs.diverged
            np.testing.assert_array_equal(ours.parameters, theirs.parameters)
            for name in ("loss", "error", "evaluations"):
                np.testing.assert_array_equal(getattr(ours.history, name), getattr(theirs.history, name))
            assert (np.diff(ours.history.seconds) > 0).all()


def test_the_clock_goes_on_where_it_was():
    state = record([[1.0]]).state()
    later = Recorder(np.zeros((1, 2)), lambda epoch, error: None)
    later.restore({**state, "seconds_so_far": np.array(1000.0)})
    later.end_epoch(np.ones(1), np.ones(1), np.zeros((1, 2)), 1)
    assert 1000 < later.restarts(0)[0].history.seconds[1] < 1100
