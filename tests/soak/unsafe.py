"""Whether anything is read in a way that could run code."""

import re
from pathlib import Path

from .finding import Finding
from .processes import ROOT

PACKAGES = ("autoencoder", "fonts", "images", "latent", "runner", "tools", "training", "vae")
UNSAFE = re.compile(
    r"import c?[Pp]ickle|from c?[Pp]ickle|marshal|\beval\(|\bexec\(|load_model|allow_pickle=True"
)
# The restricted reader: it makes arrays of numbers and calls nothing that the file names.
RESTRICTED_READER = {"arrays": "from pickle import Unpickler"}


def unsafe_places(path: Path) -> list[str]:
    """The words in a source file that stand for such a reading."""
    text = path.read_text(encoding="utf-8").replace(RESTRICTED_READER.get(path.stem, "\0"), "")
    return [f"{path.name}: {word}" for word in UNSAFE.findall(text)]


def loading() -> Finding:
    paths = [ROOT / "main.py", *(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))]
    found = [place for path in paths for place in unsafe_places(path)]
    done = f"pickle, eval, marshal, load_model, allow_pickle=True sought in {len(paths)} files"
    return Finding("unsafe loading", done, str(len(found)), "0", found)
