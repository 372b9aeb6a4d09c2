"""From what a person writes, `font2`, `some/other.bdf`, `DejaVuSans.ttf:12`, to the font that is meant."""

import gzip
import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fonts import outline
from fonts.bdf import read_bdf
from fonts.c_header import read_c_header
from fonts.errors import FontError
from fonts.glyphs import Typeface
from fonts.pcf import MAGIC as PCF_MAGIC
from fonts.pcf import read_pcf

FOLDER = Path(__file__).parent
SHIPPED = {path.stem.casefold(): path for path in sorted(FOLDER.glob("*.bdf"))}
C_SUFFIXES = {".h", ".hh", ".hpp", ".c"}
MOST_BYTES = 2**28
MOST_NAMED = 8
# A path may hold colons and blanks, so that only what can be nothing else is cut off its end.
WRITTEN = re.compile(
    r"(?P<path>.+?)(?::(?P<size>\d{1,9}))?(?P<grey>:gr[ea]y)?(?::face=(?P<face>\d{1,9}))?", re.DOTALL
)


@dataclass(frozen=True)
class Choice:
    """A file, and what is asked of it beside its path."""

    path: Path
    size: int | None = None  # of an outline font, in pixels
    grey: bool = False
    face: int | None = None  # of a collection


def find(name: str) -> Choice:
    """What is meant by a name or a path. Raises FontError if there is no such file."""
    if whole := _existing(name):
        return Choice(whole)
    found = WRITTEN.fullmatch(name)
    if found and (path := _existing(found["path"]) or _of_the_system(found["path"])):
        size, face = (int(found[part]) if found[part] else None for part in ("size", "face"))
        return Choice(path, size, bool(found["grey"]), face)
    raise FontError(
        f"no font {name[:80]!r}; write one of {', '.join(SHIPPED)} or the path of a font file: "
        "BDF, PCF, font.h, or TTF and OTF with a height in pixels, such as DejaVuSans.ttf:12"
    )


def read(choice: Choice) -> Typeface:
    """The font in a file. Raises FontError, which does not name the file, if it cannot be read."""
    data = _content(choice.path)
    if not data.strip():
        raise FontError("is empty")
    name = choice.path.name
    if data.startswith(outline.MAGICS):
        if choice.size is None:
            raise FontError(f"has outlines, not pixels; write how many pixels high, such as {name}:12")
        return outline.read_outlines(data, choice.size, choice.grey, choice.face)
    if choice != Choice(choice.path):
        raise FontError("has pixels already, of one size and one face; leave out what is behind its name")
    if data.startswith(PCF_MAGIC):
        return read_pcf(data)
    return read_c_header(data) if choice.path.suffix.casefold() in C_SUFFIXES else read_bdf(data)


def _existing(name: str) -> Path | None:
    """The file of a shipped font or of a path; None if there is none. Raises FontError for a folder."""
    path = SHIPPED.get(name.casefold()) or Path(name)
    try:
        path = path.expanduser()
        is_folder, is_file = path.is_dir(), path.is_file()
    except (OSError, RuntimeError, ValueError):  # no name that a file can have, no such user
        return None
    if is_folder and name:
        fonts = [file.name for file in sorted(path.iterdir()) if _looks_like_a_font(file)]
        inside = f": {', '.join(fonts[:MOST_NAMED])}{' …' * (len(fonts) > MOST_NAMED)}" if fonts else ""
        raise FontError(f"{name}: is a folder; write the path of one of its {len(fonts)} fonts{inside}")
    return path if is_file else None


def _looks_like_a_font(file: Path) -> bool:
    suffixes = {".bdf", ".pcf", *outline.SUFFIXES}
    return file.with_suffix("").suffix in suffixes if file.suffix == ".gz" else file.suffix in suffixes


def _of_the_system(name: str) -> Path | None:
    path = Path(name)
    if path.parent != Path() or path.suffix.casefold() not in outline.SUFFIXES:
        return None
    return outline.system_font(name)


def _content(path: Path) -> bytes:
    """The bytes of a file, unpacked. Raises FontError if it cannot be read or is no font for its size."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if data.startswith(b"\x1f\x8b"):
            with gzip.open(BytesIO(data)) as packed:
                data = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FontError(f"cannot be read ({error})") from None
    if data.startswith(b"\x1f\x9d"):
        raise FontError("is packed by the old program compress; unpack it first")
    if len(data) > MOST_BYTES:
        raise FontError(f"is larger than {MOST_BYTES:,} bytes")
    return data
