"""Names on pictures: text as it is, in a font that has its signs, and no longer than there is room for."""

from collections.abc import Sequence
from functools import cache

import matplotlib
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.text import Text

# Signs of a name, and names of a legend.
MOST_SIGNS, MOST_ENTRIES = 24, 30
Entry = tuple[Artist, str]
# A font that claims to have every sign and draws a box for each.
PLACEHOLDERS = "last resort"


def write(axes: Axes, x: float, y: float, text: str, **looks) -> Text:
    """Put a name on a picture: no sign in it is markup."""
    text = drawable(text)
    return axes.text(x, y, text, parse_math=False, fontfamily=families(text), **looks)


def dot(color: str, marker: str = "o") -> Line2D:
    """What stands beside a name in a legend of dots."""
    return Line2D([], [], marker=marker, markersize=7, linestyle="", color=color)


def add_legend(axes: Axes, entries: Sequence[Entry], **looks) -> Legend:
    """A legend of names, whatever they begin with; of very many it says how many more there are."""
    shown = list(entries[:MOST_ENTRIES])
    if len(entries) > MOST_ENTRIES:
        shown.append((Line2D([], [], linestyle=""), f"and {len(entries) - MOST_ENTRIES:,} more"))
    handles, names = zip(*shown, strict=True) if shown else ((), ())
    # A name that begins with _ is hidden unless it is given here, beside its handle.
    legend = axes.legend(handles, list(map(drawable, names)), frameon=False, **{"fontsize": 9, **looks})
    for text in legend.get_texts():
        text.set(parse_math=False, fontfamily=families(text.get_text()))
    return legend


def caption(name: str, most: int = MOST_SIGNS) -> str:
    """The name as it can be drawn, or its beginning and its end where it has more than so many signs."""
    text = drawable(name)
    if len(text) <= most:
        return text
    end = (most - 1) // 3
    return f"{text[: most - 1 - end]}…{text[len(text) - end :]}"


def drawable(text: str) -> str:
    """The text, with code points in the place of signs that no font of this machine has."""
    unknown = {character for character in text if _family_with(character) is None}
    if not unknown:
        return text
    parts = (f" U+{ord(sign):04X} " if sign in unknown else sign for sign in text)
    return " ".join("".join(parts).split())


def families(text: str) -> list[str]:
    """The fonts that have the signs of a drawable text: the usual one first, then others it needs."""
    found = dict.fromkeys(FontProperties().get_family())
    found |= dict.fromkeys(_family_with(character) or "" for character in text)
    return [family for family in found if family]


@cache
def _family_with(character: str) -> str | None:
    """The family of a font that has the sign: the usual one, else one of the system; None without any."""
    code, usual = ord(character), FontProperties()
    if code in _signs(findfont(usual)):
        return usual.get_family()[0]
    for name, path in _system_fonts():
        if code in _signs(path):
            return name
    return None


@cache
def _system_fonts() -> list[tuple[str, str]]:
    """Family and file of upright fonts of this machine; those that Matplotlib brings are of formulas."""
    own = matplotlib.get_data_path()
    return [
        (font.name, font.fname)
        for font in fontManager.ttflist
        if font.style == "normal"
        and font.weight == 400
        and not font.fname.startswith(own)
        and PLACEHOLDERS not in font.name.lower().replace("lastresort", PLACEHOLDERS)
    ]


@cache
def _signs(path: str) -> frozenset[int]:
    """The code points that a font file has glyphs for; none if it cannot be drawn with."""
    try:
        font = get_font(path)
    except (RuntimeError, OSError):  # a bitmap font, or one that is gone
        return frozenset()
    return frozenset(font.get_charmap()) if font.scalable else frozenset()
