"""What is in the folder of a run: whether each file is whole, and whether two runs are the same."""

import csv
import hashlib
import json
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import numpy as np
from PIL import Image

SECONDS = ("seconds",)


def broken(results: Path) -> list[str]:
    """The visible files below `results` that cannot be read, or are not what `run.json` says of them."""
    wrong = []
    for path in sorted(results.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(results).parts)
        if path.is_file() and not path.is_symlink() and not hidden:
            try:
                _read(path)
            except (ValueError, OSError, SyntaxError, zipfile.BadZipFile, csv.Error) as error:
                wrong.append(f"{path}: {type(error).__name__}: {error}")
    return wrong + [line for path in results.rglob("run.json") for line in _against_manifest(path)]


def _read(path: Path) -> None:
    content = path.read_bytes()
    match path.suffix:
        case ".json":
            json.loads(content, parse_constant=_refuse)
        case ".csv":
            _read_table(content.decode())
        case ".npz":
            with np.load(BytesIO(content), allow_pickle=False) as arrays:
                for name in arrays.files:
                    values = arrays[name]
                    if values.dtype.kind == "f" and not np.isfinite(values).all():
                        raise ValueError(f"{name} is not finite")
        case ".png" | ".gif":
            with Image.open(BytesIO(content)) as image:
                image.load()
        case ".bin" if path.name != "journal.bin":
            head, _, rest = content.partition(b"\n")
            if head.decode() != hashlib.sha256(rest).hexdigest():
                raise ValueError("its hash is another")
        case ".html" | ".txt":
            content.decode()


def _refuse(word: str):
    raise ValueError(f"{word} is no number")


def _read_table(text: str) -> None:
    rows = list(csv.reader(StringIO(text), strict=True))
    if not rows or not text.endswith("\n") or any(len(row) != len(rows[0]) for row in rows):
        raise ValueError("rows of different lengths, or an end that is cut off")
    cells = {cell.casefold() for row in rows[1:] for cell in row}
    if found := cells & {"nan", "inf", "-inf", "infinity"}:
        raise ValueError(f"holds {found}")


def _against_manifest(record: Path) -> list[str]:
    """The files of a finished run that have another content than its `run.json` says."""
    facts = json.loads(record.read_text())
    if facts["status"] != "done":
        return []
    return [
        f"{record.parent / name}: not what run.json says"
        for name, sha256 in facts["sha256"].items()
        if hashlib.sha256((record.parent / name).read_bytes()).hexdigest() != sha256
    ]


def differences(one: Path, other: Path) -> list[str]:
    """The tables and models in which two runs differ, columns of seconds aside, and what only one has."""
    names = [
        {str(path.relative_to(run)) for path in run.rglob("*") if path.is_file()} for run in (one, other)
    ]
    only_one = [f"{name} is in one of them only" for name in sorted(names[0] ^ names[1])]
    same = [name for name in sorted(names[0] & names[1]) if name.endswith((".csv", ".npz"))]
    return only_one + [f"{name} differs" for name in same if content(one / name) != content(other / name)]


def content(path: Path) -> bytes:
    """The bytes of a table without its columns of seconds, or of any other file."""
    if path.suffix != ".csv":
        return path.read_bytes()
    text = path.read_text(encoding="utf-8")
    head = text.partition("\n")[0].split(",")
    if not set(head) & set(SECONDS):
        return text.encode()
    rows = [
        [cell for name, cell in zip(head, row, strict=True) if name not in SECONDS]
        for row in csv.reader(StringIO(text))
    ]
    return repr(rows).encode()
