"""The plain losses against formulas over pixels, and which twin takes which targets."""

import autograd
import numpy as np
import pytest
from plain import FORMULAS

from autoencoder.objective.fused_losses import BinaryCrossEntropy, CrossEntropy
from autoencoder.objective.losses import LOSSES

RANDOM = np.random.default_rng(4)
LOGITS = 3 * RANDOM.standard_normal((4, 40))
GREY = RANDOM.uniform(size=(4, 40))


@pytest.mark.parametrize("targets", [GREY, np.round(GREY)], ids=["grey", "binary"])
@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_is_its_formula_over_pixels(name, targets):
    pixels = 1 / (1 + np.exp(-LOGITS))
    expected = FORMULAS[name](pixels, targets)
    np.testing.assert_allclose(LOSSES[name].plain(LOGITS, targets), expected, rtol=1e-9)


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_far_from_zero_is_finite_and_so_is_its_slope(name):
    far = np.array([-1e300, -1e5, -40.0, 40.0, 1e5, 1e300])
    for target in (0.0, 0.3, 1.0):
        assert np.isfinite(LOSSES[name].plain(far, target)).all()
        slopes = autograd.elementwise_grad(LOSSES[name].plain)(far, target)
        assert np.isfinite(slopes).all()


def test_the_cross_entropy_of_grey_targets_is_smallest_at_the_target():
    logits = np.linspace(-5, 5, 10_001)
    best = logits[LOSSES["cross_entropy"].plain(logits, 0.3).argmin()]
    assert 1 / (1 + np.exp(-best)) == pytest.approx(0.3, abs=1e-3)


def test_binary_targets_have_a_faster_twin_where_there_is_one():
    assert LOSSES["cross_entropy"].twin(targets_are_binary=True) is BinaryCrossEntropy
    assert LOSSES["cross_entropy"].twin(targets_are_binary=False) is CrossEntropy
    assert LOSSES["squared_error"].twin(True) is LOSSES["squared_error"].twin(False) is not None
    assert LOSSES["absolute_error"].twin(True) is LOSSES["absolute_error"].twin(False) is None
