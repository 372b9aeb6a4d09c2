"""Numbers as people read them."""

import math

import numpy as np
import pytest

from runner.numbers import number_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (1234, "1,234"),
        (123456789012, "123,456,789,012"),
        (0.0001234567, "0.0001235"),
        (17.68, "17.68"),
        (9999.4, "9999"),
        (39844.7, "39,845"),
        (-39844.7, "-39,845"),
        (np.float64(39844.7), "39,845"),
        (9_999_999.0, "9,999,999"),
        (1.5e7, "1.5e+07"),
        (1e-22, "1e-22"),
        (math.inf, "inf"),
    ],
)
def test_numbers_are_short_and_large_ones_are_in_full(value, text):
    assert number_text(value) == text
