"""A history is columns by name, with the epoch of each row."""

import numpy as np
import pytest

from training.history import History


def test_columns_are_found_by_name_and_rows_have_epochs():
    history = History(1, {"loss": np.array([3.0, 2.0]), "seconds": np.array([0.1, 0.2])})
    assert len(history) == 2
    assert history["loss"].tolist() == [3, 2]
    assert history.epochs.tolist() == [1, 2]
    with pytest.raises(KeyError, match="error"):
        history["error"]


def test_the_untrained_network_is_epoch_0():
    assert History(0, {"loss": np.empty(1)}).epochs.tolist() == [0]
    assert History(0, {"loss": np.empty(0)}).epochs.tolist() == []
