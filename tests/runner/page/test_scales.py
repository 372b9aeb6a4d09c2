"""`scales.js` in a browser: where ticks stand and what is written there."""

import numpy as np
import pytest
from browsing import computing

from runner.page.html_page import own_script


@pytest.fixture(scope="module")
def compute(browser):
    return computing(browser, own_script("canvas/scales.js"))


TICKS = "return {}.ticks(args[2]).map(({{value, text}}) => [value, text])"
LINEAR = TICKS.format("linearScale(args[0], args[1])")
WHOLE = TICKS.format("linearScale(args[0], args[1], true)")
LOGARITHMIC = TICKS.format("logarithmicScale(args[0], args[1])")


def texts(ticks):
    return [text for _, text in ticks]


def test_ticks_are_round_and_say_what_they_are(compute):
    assert texts(compute(LINEAR, -1.2, 1.2, 5)) == ["−1.0", "−0.5", "0", "0.5", "1.0"]
    assert texts(compute(LINEAR, 0, 2000, 5)) == ["0", "500", "1000", "1500", "2000"]
    assert texts(compute(LINEAR, 1e-5, 3e-5, 3)) == ["10⁻⁵", "2·10⁻⁵", "3·10⁻⁵"]
    assert texts(compute(LINEAR, 0, 3e6, 4)) == ["0", "10⁶", "2·10⁶", "3·10⁶"]
    assert texts(compute(LINEAR, -3.4041, -3.4039, 2)) == ["−3.4041", "−3.4040", "−3.4039"]
    assert texts(compute(WHOLE, 0.5, 3.5, 9)) == ["1", "2", "3"]


@pytest.mark.parametrize("seed", range(20))
def test_any_range_has_about_as_many_ticks_as_asked_for_at_equal_distances(compute, seed):
    random = np.random.default_rng(seed)
    low = random.normal() * 10.0 ** random.integers(-6, 7)
    high = low + abs(random.normal() + 0.1) * 10.0 ** random.integers(-6, 7)
    ticks = compute(LINEAR, low, high, 6)
    values = np.array([value for value, _ in ticks])
    slack = 1e-6 * (high - low)
    assert 2 <= len(values) <= 7
    assert (values >= low - slack).all()
    assert (values <= high + slack).all()
    np.testing.assert_allclose(np.diff(values), np.diff(values)[0], rtol=1e-5)
    assert len(set(texts(ticks))) == len(ticks)


def test_logarithmic_ticks_are_powers_of_ten_or_few_round_values(compute):
    assert texts(compute(LOGARITHMIC, 1e-6, 100, 4)) == ["10⁻⁶", "10⁻⁴", "0.01", "1", "100"]
    assert texts(compute(LOGARITHMIC, 0.9, 60, 5)) == ["1", "2", "5", "10", "20", "50"]
    assert texts(compute(LOGARITHMIC, 130, 180, 5)) == ["130", "140", "150", "160", "170", "180"]


@pytest.mark.parametrize("scale", ["linearScale", "logarithmicScale"])
def test_shares_and_values_are_inverse(compute, scale):
    script = (
        f"const scale = {scale}(0.5, 70);"
        "return args[0].map((value) => [scale.share(value), scale.value(scale.share(value))])"
    )
    values = [0.5, 3, 44, 70, 100]
    shares, again = np.transpose(compute(script, values))
    np.testing.assert_allclose(again, values)
    assert (shares[0], shares[3]) == (0, pytest.approx(1))
    if scale == "logarithmicScale":
        np.testing.assert_allclose(shares, np.log(np.array(values) / 0.5) / np.log(140), atol=1e-12)


def test_numbers_are_rounded_to_digits_that_count(compute):
    found = compute(
        "return args[0].map((value) => roundedText(value, 3))", [1234.5, 12.345, 0.0123, 1.234e-7, 0]
    )
    assert found == ["1,230", "12.3", "0.0123", "1.23e-7", "0.00"]
