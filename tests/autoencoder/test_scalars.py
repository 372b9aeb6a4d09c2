"""Numbers as arrays: the same value, in the precision of the arrays that they meet."""

import numpy as np
import pytest

from autoencoder.scalars import scalar


@pytest.mark.parametrize("precision", [np.float32, np.float64])
def test_a_scalar_keeps_the_precision_of_what_it_multiplies(precision):
    third = scalar(1 / 3, precision)
    assert third.shape == ()
    assert third == precision(1 / 3)
    assert (np.ones(2, precision) * third).dtype == precision
