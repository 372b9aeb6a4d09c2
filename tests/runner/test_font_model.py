"""The model file is plain arrays, and nothing else is read as one."""

import io
import pickle

import numpy as np
import pytest

from runner.config.errors import UserError
from runner.font_model import FontModel


def npz(**arrays):
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


class Trap:
    """Would run code when it is unpickled."""

    def __reduce__(self):
        return (pytest.fail, ("a pickle was executed",))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not an archive",
        pickle.dumps(Trap()),
        npz(parameters=np.zeros(3)),
        npz(parameters=np.array([Trap()], dtype=object), units=np.array([1, 1, 1])),
    ],
)
def test_what_is_not_a_model_is_a_mistake_of_the_user(data):
    with pytest.raises(UserError, match=r"model\.npz cannot be read"):
        FontModel.from_bytes(data)


def test_a_truncated_model_is_a_mistake_of_the_user(default_result):
    data = default_result.model.to_bytes()
    with pytest.raises(UserError, match=r"model\.npz cannot be read"):
        FontModel.from_bytes(data[: len(data) // 2])
