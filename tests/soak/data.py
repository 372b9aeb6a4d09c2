"""Image data that are damaged: never used, and nothing in them is ever run."""

import hashlib
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from images.datasets import DataError, load_images
from images.formats.idx import write_idx
from images.known.sets import KNOWN
from images.known.sources import FILES, Search

from .finding import Finding, skipped
from .modes import has_mnist
from .processes import inside, run

PROMISE = "image data"


def _npz(path: Path, save: Callable = np.savez) -> Path:
    images = np.random.default_rng(0).integers(0, 256, (40, 6, 5), np.uint8)
    save(path, x_train=images, y_train=np.arange(40) % 4)
    return path


def _folder(path: Path) -> Path:
    for index, image in enumerate(np.random.default_rng(0).integers(0, 256, (12, 16, 16), np.uint8)):
        (path / str(index % 2)).mkdir(parents=True, exist_ok=True)
        Image.fromarray(image).save(path / str(index % 2) / f"{index}.png")
    return path


def flipped_bits(workspace: Path, flips: int, seed: int = 0) -> Finding:
    """One bit of a file, anywhere: the data are refused, or they are still what they were."""
    chance, failures, refused = random.Random(seed), [], 0
    with inside(workspace):
        sources = [
            _npz(Path("stored.npz")),
            _npz(Path("packed.npz"), np.savez_compressed),
            _folder(Path("pictures")),
        ]
        for source in sources:
            wanted = load_images(str(source)).sha256
            for _ in range(flips // len(sources)):
                file = chance.choice(sorted(source.rglob("*.png"))) if source.is_dir() else source
                damaged = _with_a_bit_flipped(file, chance)
                try:
                    if load_images(str(source)).sha256 != wanted:
                        failures.append(f"{file}: used with bit {damaged[1]} flipped")
                except DataError as error:
                    refused += 1
                    failures += [f"does not name {source}: {error}"] * (source.name not in str(error))
                except Exception as error:
                    failures.append(f"{file}: bit {damaged[1]}: {type(error).__name__}: {error}")
                file.write_bytes(damaged[0])
    done = f"{flips // 3 * 3} times one bit flipped, in .npz, packed .npz and PNG"
    used = f"{refused} refused, {len(failures)} used although changed"
    return Finding(f"{PROMISE}: flipped bits", done, used, "0 used", failures)


def _with_a_bit_flipped(path: Path, chance: random.Random) -> tuple[bytes, int]:
    """Flip one; what the file was, and where."""
    content = path.read_bytes()
    bit = chance.randrange(8 * len(content))
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    path.write_bytes(changed)
    return content, bit


class Bomb:
    """What a pickle may do to whoever reads it: it makes a file."""

    def __reduce__(self):
        return Path.touch, (Path("executed"),)


def _object_array(path: Path) -> None:
    np.savez(path, x_train=np.array([Bomb()] * 20, dtype=object))


def _cut(path: Path, share: float) -> None:
    content = _npz(path).read_bytes()
    path.write_bytes(content[: int(share * len(content))])


def _shaped(*shape: int, dtype=np.uint8) -> Callable[[Path], None]:
    return lambda path: np.savez(path, x_train=np.zeros(shape, dtype))


WRONG: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut in half": lambda path: _cut(path, 0.5),
    "last byte gone": lambda path: _cut(path, 0.999),
    "text": lambda path: path.write_text("x_train"),
    "pickle inside": _object_array,
    "two axes": _shaped(40, 30),
    "five axes": _shaped(4, 3, 3, 3, 3),
    "no images": _shaped(0, 6, 5),
    "no pixels": _shaped(20, 0, 5),
    "too few": _shaped(3, 6, 5),
    "complex numbers": _shaped(20, 6, 5, dtype=complex),
    "16-bit": _shaped(20, 6, 5, dtype=np.uint16),
    "other keys": lambda path: np.savez(path, images=np.zeros((20, 6, 5), np.uint8)),
    "sizes differ": lambda path: np.savez(
        path, x_train=np.zeros((20, 6, 5), np.uint8), x_test=np.zeros((20, 5, 6), np.uint8)
    ),
    "NaN": lambda path: np.savez(path, x_train=np.full((20, 6, 5), np.nan)),
    "labels too few": lambda path: np.savez(
        path, x_train=np.zeros((20, 6, 5), np.uint8), y_train=np.arange(19)
    ),
}


def wrong_files(workspace: Path, in_processes: int = 2) -> Finding:
    """Files of another content: refused by name, some of them in a run as well."""
    failures = []
    with inside(workspace) as folder:
        (folder / "config.json").write_text('{"mode": "VAE", "vae_dataset": "wrong.npz"}')
        path = Path("wrong.npz")
        for index, (kind, make) in enumerate(WRONG.items()):
            make(path)
            try:
                load_images("wrong.npz")
                failures.append(f"{kind}: used")
            except DataError as error:
                failures += [f"{kind}: {error}"] * ("wrong.npz" not in str(error))
            if index % 4 == 0 and index // 4 < in_processes:
                ended = run(["--quiet"], folder)
                failures += [f"{kind}: {line}" for line in ended.failures(2)]
            failures += [f"{kind}: executed"] * Path("executed").exists()
            failures += [f"{kind}: written"] * Path("results").exists()
    done = f"{len(WRONG)} files: cut, empty, of another shape, with a pickle inside, …"
    return Finding(f"{PROMISE}: wrong files", done, f"{len(failures)} used or executed", "0", failures)


def known_set(flips: int, seed: int = 0) -> Finding:
    """MNIST with one bit flipped is no MNIST."""
    if not has_mnist():
        return skipped(f"{PROMISE}: MNIST", "MNIST is not on this machine")
    chance, known = random.Random(seed), next(known for known in KNOWN if known.name == "mnist")
    images = load_images("mnist")
    content = write_idx(images.test_images)
    if hashlib.sha256(content).hexdigest() != known.sha256["test_images"]:
        raise ValueError("the IDX file of the test images is another")
    failures = []
    for _ in range(flips):
        changed = bytearray(content)
        changed[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        search = Search(known)
        try:
            search.accept("test_images", bytes(changed), "here")
            failures.append("used")
        except DataError:
            failures += ["kept"] * (len(search.missing) < len(FILES))
    done = f"{flips} times one bit of the test images flipped"
    return Finding(f"{PROMISE}: MNIST", done, f"{len(failures)} used", "0", failures)
