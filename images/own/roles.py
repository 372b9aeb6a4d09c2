"""What an array is, by the name of its key or of its file: `x_train`, `t10k-images-idx3-ubyte`."""

import re
from collections.abc import Iterable

from images.errors import DataError
from images.own.listing import PARTS, TEST, TRAIN, VALIDATION
from images.own.naming import some_of

IMAGES, LABELS = "images", "labels"
KINDS = {
    **dict.fromkeys(("x", "images", "image", "imgs", "img", "pictures", "pixels", "data", "arr0"), IMAGES),
    **dict.fromkeys(("y", "labels", "label", "targets", "target", "arr1"), LABELS),
}
# Words of a file name that say only how it is written.
FORMS = {"idx1", "idx3", "idx4", "ubyte", "byte", "gz", "npy", "npz"}
WORD = re.compile(r"arr_\d|t10k|[A-Z]?[a-z]+\d*|[A-Z]+(?![a-z])|\d+")


def role(name: str) -> tuple[str, str] | None:
    """The part and the kind of an array, such as `("train", "images")`; None if its name does not tell.

    A name without a part is of the training part, one with nothing but a part has its images.
    """
    words = _words(name)
    kinds = [KINDS[word] for word in words if word in KINDS]
    parts = [PARTS[word] for word in words if word in PARTS]
    if "names" in words or not (kinds or parts):
        return None
    return (parts or [TRAIN])[0], (kinds or [IMAGES])[0]


def set_name(name: str) -> str:
    """What is left of a file name without the words for part, kind and form: `emnist-letters`."""
    return "-".join(word for word in _words(name) if word not in {*KINDS, *PARTS, *FORMS})


def _words(name: str) -> list[str]:
    return [word.replace("_", "").lower() for word in WORD.findall(name)]


def by_role(names: Iterable[str], where: str) -> tuple[dict[str, str], list[str]]:
    """Which of `names` are `train_images`, `train_labels`, `test_images` and `test_labels`.

    And a remark on each that is none of them: validation arrays are the test part where there is no
    other, and otherwise left out. Raises DataError if two names could be the same.
    """
    found: dict[tuple[str, str], str] = {}
    others = []
    for name in names:
        its = role(name)
        if its is None:
            others.append(name)
        elif its in found:
            raise DataError(f"{where}: {found[its]} and {name} could both be the {' '.join(its)}; keep one")
        else:
            found[its] = name
    validation = [name for (part, _), name in found.items() if part == VALIDATION]
    has_test = any(part == TEST for part, _ in found)
    meaning = {TRAIN: TRAIN, TEST: TEST} | ({} if has_test else {VALIDATION: TEST})
    roles = {f"{meaning[part]}_{kind}": name for (part, kind), name in found.items() if part in meaning}
    use = "left out, as there is a test part" if has_test else "taken as the test part"
    remarks = [f"{use}: {some_of(validation)}"] if validation else []
    return roles, remarks + ([f"passed over: {some_of(others)}"] if others else [])
