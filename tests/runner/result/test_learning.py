"""The curves that a training is told with: in errors or in nats, the judged one last."""

import numpy as np
import pytest

from runner.result.learning import Curve, learning
from runner.result.limits import limits


def test_a_font_is_told_by_the_error_of_the_kept_network_with_the_others_beside_it(default_result):
    learned = learning(default_result)
    (kept,) = learned.curves
    np.testing.assert_array_equal(kept.values, default_result.history["error"])
    assert kept.epochs.tolist() == list(range(401))
    others = [c for c in default_result.training.candidates if c is not default_result.best]
    assert len(learned.others) == len(others) == 2
    for curve, candidate in zip(learned.others, others, strict=True):
        np.testing.assert_array_equal(curve.values, candidate.history["error"])
    assert learned.is_logarithmic
    assert learned.limits == limits(default_result)
    assert (learned.title, learned.unit) == ("Accumulated error by epoch", "½ Σ (output − target)²")


def test_pictures_with_a_test_part_are_told_by_errors_of_one_picture(grey_result):
    learned = learning(grey_result)
    training, test = learned.curves
    assert (training.name, test.name) == ("training", "test")
    history = grey_result.history
    np.testing.assert_allclose(training.values, history["error"] / 300)
    np.testing.assert_array_equal(test.values, history["validation_error"])
    # The last is that of the network that was kept, whatever it was judged by.
    assert test.values[-1] == pytest.approx(grey_result.summary["mean_error"], rel=1e-4)
    assert learned.is_logarithmic
    assert learned.limits == limits(grey_result)
    assert learned.title == "Error by epoch, mean over the pictures"


@pytest.mark.parametrize(
    ("name", "judged", "unit"),
    [
        ("image_result", "−ELBO of the test set", "nats an image"),
        ("letter_vae_result", "−ELBO of the characters", "nats a character"),
    ],
)
def test_where_codes_are_normals_losses_are_in_nats(request, name, judged, unit):
    result = request.getfixturevalue(name)
    learned = learning(result)
    training, validation = learned.curves
    assert (training.name, validation.name, learned.unit) == ("training", judged, unit)
    np.testing.assert_array_equal(training.values, result.history["loss"])
    np.testing.assert_array_equal(validation.values, result.history["validation_loss"])
    assert validation.epochs[0] == 1
    assert (learned.others, learned.limits, learned.is_logarithmic) == ([], {}, False)
    assert learned.title == "Loss by epoch"


def test_every_result_has_a_curve_as_long_as_its_epochs(any_result):
    learned = learning(any_result)
    for curve in (*learned.curves, *learned.others):
        assert len(curve.values) == len(curve.epochs)
        assert np.isfinite(curve.values).all()


def test_between_epochs_that_were_measured_the_last_one_counts():
    curve = Curve("", np.array([1, 4, 6]), np.array([9.0, 5.0, np.nan]))
    assert [curve.at(epoch) for epoch in (0, 1, 3, 4, 7)] == [None, 9, 9, 5, 5]
