"""How few pictures hold most of what all of them lose."""

import numpy as np

# So large a share of the loss is told.
MOST_OF_IT = 0.8


def concentration(misplaced: np.ndarray, noun: str) -> str:
    """How few pictures hold most of what the encoder misplaces, `(pictures,)`; nothing if none is lost."""
    if misplaced.sum() <= 0:
        return ""
    held = np.cumsum(np.sort(misplaced)[::-1]) / misplaced.sum()
    share = (np.searchsorted(held, MOST_OF_IT) + 1) / len(misplaced)
    return f"{share:.0%} of the {noun}s hold {MOST_OF_IT:.0%} of what is misplaced"
