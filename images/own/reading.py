"""What was read from a folder or a file of the user, whatever it was."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Reading:
    """Images, labels and names by part, and what there is to say of them.

    Of `parts`, `train_images` and `test_images` are `(images, rows, columns)` or in colour `(…, 3)`, uint8;
    `train_labels` and `test_labels` `(images,)`, int64, from 0 on. A part that is not there is left out.
    """

    parts: dict[str, np.ndarray]
    class_names: list[str]  # by label; empty without classes
    names: dict[str, list[str]] = field(default_factory=dict)  # of the pictures, by `train` and `test`
    remarks: list[str] = field(default_factory=list)
