"""The recorder keeps the best of every restart and the finite part of its history."""

import numpy as np
import pytest

from training.recorder import Keeping, Recorder


def silent(epoch, error):
    pass


def end(recorder, losses, parameters, evaluations):
    losses = np.array(losses)
    recorder.end_epoch(parameters, {"loss": losses, "error": 10 * losses}, evaluations)


def record(rows, patience=None):
    """Feed losses `(epochs, restarts)`; the parameters of epoch e are all e."""
    restarts = len(rows[0])
    recorder = Recorder(np.zeros((restarts, 2)), silent, Keeping(patience=patience))
    for epoch, losses in enumerate(rows):
        parameters = np.full((restarts, 2), float(epoch))
        end(recorder, losses, parameters, epoch)
    return recorder


def test_best_parameters_are_kept_for_each_restart_alone():
    first, second = record([[5.0, 5.0], [2.0, 6.0], [3.0, 1.0]]).networks(first_seed=7)
    assert (first.seed, second.seed) == (7, 8)
    assert first.parameters.tolist() == [1, 1]
    assert second.parameters.tolist() == [2, 2]
    assert first.history["loss"].tolist() == [5, 2, 3]
    assert second.history["error"].tolist() == [50, 60, 10]


def test_history_ends_before_the_first_value_that_is_not_finite():
    first, second = record([[5.0, 5.0], [np.nan, 4.0], [np.nan, np.inf]]).networks(0)
    assert first.diverged
    assert first.history["loss"].tolist() == [5]
    assert first.parameters.tolist() == [0, 0]
    assert second.history["loss"].tolist() == [5, 4]


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
        second = Recorder(np.zeros((2, 2)), silent, Keeping(patience=2))
        second.restore(state)
        assert len(second) == pause + 1
        for epoch, losses in enumerate(rows[pause + 1 :], start=pause + 1):
            end(second, losses, np.full((2, 2), float(epoch)), epoch)
        whole = record(rows, patience=2)
        assert second.should_stop() == whole.should_stop()
        for ours, theirs in zip(second.networks(0), whole.networks(0), strict=True):
            assert ours.diverged == theirs.diverged
            np.testing.assert_array_equal(ours.parameters, theirs.parameters)
            for name in ("loss", "error", "evaluations"):
                np.testing.assert_array_equal(ours.history[name], theirs.history[name])
            assert (np.diff(ours.history["seconds"]) > 0).all()


def test_the_clock_goes_on_where_it_was():
    state = record([[1.0]]).state()
    later = Recorder(np.zeros((1, 2)), silent)
    later.restore({**state, "seconds_so_far": np.array(1000.0)})
    end(later, [1.0], np.zeros((1, 2)), 1)
    assert 1000 < later.networks(0)[0].history["seconds"][1] < 1100


def test_networks_that_are_judged_by_validation_keep_what_validates_best():
    heard = []
    keeping = Keeping("validation_error", patience=2, first_epoch=1)
    measures = "loss", "error", "validation_error"
    recorder = Recorder(np.zeros((1, 2)), lambda *row: heard.append(row), keeping, measures)
    for epoch, validation_error in enumerate([5.0, 3.0, 4.0, 4.0], start=1):
        row = {name: np.array([-float(epoch)]) for name in measures}
        row["validation_error"] = np.array([validation_error])
        assert not recorder.should_stop()
        recorder.end_epoch(np.full((1, 2), float(epoch)), row, epoch)
    assert recorder.should_stop()
    (network,) = recorder.networks(0)
    assert network.parameters.tolist() == [2, 2]
    assert heard == [(1, 5), (2, 3), (3, 4), (4, 4)]
    assert list(network.history.columns) == [*measures, "seconds", "evaluations"]
    assert network.history.epochs.tolist() == [1, 2, 3, 4]


def test_the_last_finite_parameters_are_kept_whatever_they_are_worth():
    recorder = Recorder(np.zeros((2, 2)), silent, Keeping(last=True))
    for epoch, losses in enumerate([[5.0, 5.0], [6.0, 4.0], [7.0, np.nan]]):
        end(recorder, losses, np.full((2, 2), float(epoch)), epoch)
    first, second = recorder.networks(0)
    assert first.parameters.tolist() == [2, 2]
    assert second.parameters.tolist() == [1, 1]
    assert second.diverged


@pytest.mark.parametrize("rows", [0, 1])
def test_a_history_may_be_empty(rows):
    recorder = Recorder(np.ones((2, 3)), silent)
    if rows:
        end(recorder, [np.nan, 1.0], np.zeros((2, 3)), 1)
    assert [len(network.history) for network in recorder.networks(0)] == [0, rows]
