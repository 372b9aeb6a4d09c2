"""How few pictures hold most of what is lost."""

import numpy as np
import pytest

from runner.result.concentration import concentration


@pytest.mark.parametrize(
    ("misplaced", "share"), [([1, 8, 0.5, 0.5], "25%"), ([1, 1, 1, 1, 1], "80%"), ([0, 0, 0, 1], "25%")]
)
def test_as_many_as_hold_four_fifths_are_counted(misplaced, share):
    words = concentration(np.array(misplaced, float), "image")
    assert words == f"{share} of the images hold 80% of what is misplaced"


def test_where_nothing_is_lost_there_is_nothing_to_say():
    assert concentration(np.zeros(3), "image") == ""
