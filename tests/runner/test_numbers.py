"""Numbers as people read them."""

import math

import numpy as np
import pytest

from runner.numbers import nats_text, number_text


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


@pytest.mark.parametrize(("value", "text"), [(135.796, "135.80"), (-0.004, "0.00"), (-0.006, "-0.01")])
def test_nats_have_two_decimals_and_nothing_has_no_sign(value, text):
    assert nats_text(value) == text == nats_text(np.float32(value))
