"""Numbers as NumPy takes them fastest."""

import numpy as np


def scalar(value: float, dtype) -> np.ndarray:
    """An array `()`. A Python number is turned into one at every use, which costs more than small sums."""
    return np.array(value, dtype)
