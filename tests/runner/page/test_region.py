"""The region of the codes as the page has it."""

import numpy as np
import pytest

from latent.region import NormalPrior, RangeOfCodes
from runner.page.region import region_facts
from runner.result.result import GRID_SIDE


def middles(low, high, count):
    return low + (np.arange(count) + 0.5) * (high - low) / count


@pytest.mark.parametrize("latent", [1, 2, 5])
def test_the_quantiles_of_the_page_are_those_of_the_table(latent):
    region = NormalPrior(latent)
    facts, grid = region_facts(region), region.grid(GRID_SIDE)
    left, right, bottom, top = facts["ranges"]
    table = facts["quantiles"]
    across = np.interp(middles(left, right, facts["columns"]), table["shares"], table["values"])
    np.testing.assert_allclose(across, grid[0, :, 0], atol=1e-4)
    assert facts["rows"] == len(grid)
    assert facts["varied"] == region.varied[:latent]
    if latent > 1:
        down = np.interp(middles(bottom, top, facts["rows"]), table["shares"], table["values"])
        np.testing.assert_allclose(down[::-1], grid[:, 0, 1], atol=1e-4)


@pytest.mark.parametrize("latent", [1, 2, 5])
def test_the_range_of_codes_is_filled_as_the_table_is(latent):
    region = RangeOfCodes.of(np.random.default_rng(0).standard_normal((9, latent)))
    facts, grid = region_facts(region), region.grid(GRID_SIDE)
    left, right, bottom, top = facts["ranges"]
    places = np.stack(
        np.meshgrid(middles(left, right, facts["columns"]), middles(bottom, top, facts["rows"])[::-1]),
        axis=-1,
    )
    np.testing.assert_allclose(places, region.coordinates(grid), atol=1e-9)


def test_what_varies_and_where_all_else_stands_is_said():
    facts = region_facts(NormalPrior(5, (1, 4)))
    assert facts["varied"] == (1, 4)
    assert facts["help"].endswith("are those of the code at the point.")
    box = RangeOfCodes.of(np.random.default_rng(0).standard_normal((9, 3)))
    assert region_facts(box)["help"].endswith("are those of the code at the point.")
    assert "point" not in region_facts(NormalPrior(2))["help"]


def test_codes_that_are_all_the_same_have_room_around_them():
    left, right, bottom, top = region_facts(RangeOfCodes.of(np.zeros((4, 2))))["ranges"]
    assert left < 0 < right
    assert bottom < 0 < top


def test_another_region_is_an_error():
    with pytest.raises(NotImplementedError):
        region_facts("everywhere")
