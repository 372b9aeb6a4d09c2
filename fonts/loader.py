"""Open fonts, choose among their characters, and draw the chosen ones in one common cell.

A font is judged by what is chosen: a glyph that nobody asked for is not drawn, so that it spoils nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from fonts import files
from fonts.errors import FontError
from fonts.font_set import FontSet
from fonts.names import character_name, letters, listed
from fonts.ranges import Range, ranges
from fonts.setting import Entry, Source, set_in_one_cell

MOST_NAMES = 100


@dataclass(frozen=True)
class OpenFonts:
    """Fonts that were read, and those of their characters that are chosen."""

    entries: Sequence[Entry]  # all that there are
    chosen: Sequence[Entry]
    remarks: tuple[str, ...] = ()  # on the choice

    def first(self, count: int) -> "OpenFonts":
        """The first `count` of the chosen characters. Raises FontError if there are fewer."""
        if count > len(self.chosen):
            raise FontError(f"got {count}; the font has {len(self.chosen):,} characters")
        return replace(self, chosen=self.chosen[:count])

    def only(self, texts: Iterable[str]) -> "OpenFonts":
        """Just these characters and ranges (`A-Z`), in the order given, from all fonts.

        Raises FontError for a character, or a whole range, that is not there, and for one given twice.
        """
        found = {part: self._in(part) for part in ranges(texts)}
        if missing := [repr(str(part)) for part, entries in found.items() if not entries]:
            raise FontError(f"{listed(missing)} not in the font, which has {self._all_names()}")
        remarks = tuple(filter(None, map(_absent, found.keys(), found.values())))
        return replace(self, chosen=[entry for part in found.values() for entry in part], remarks=remarks)

    def drawn(self) -> FontSet:
        """The chosen characters in one cell. Raises FontError if one of them cannot be drawn."""
        font = set_in_one_cell(self.chosen)
        return replace(font, remarks=(*font.remarks, *self.remarks))

    @cached_property
    def _by_character(self) -> dict[str, list[Entry]]:
        by_character: dict[str, list[Entry]] = {}
        for entry in self.entries:
            by_character.setdefault(entry.letter.character or "", []).append(entry)
        return by_character

    def _in(self, part: Range) -> list[Entry]:
        """The entries of a range in the order of their code points."""
        characters = [part.first] if len(part) == 1 else sorted(c for c in self._by_character if c in part)
        return [entry for character in characters for entry in self._by_character.get(character, [])]

    def _all_names(self) -> str:
        names = [entry.letter.name for entry in self.entries]
        more = f" … and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
        return " ".join(names[:MOST_NAMES]) + more


def load_fonts(names: Sequence[str]) -> FontSet:
    """All usual characters of some fonts, joined. Raises FontError as `open_fonts` and `drawn` do."""
    return open_fonts(names).drawn()


def open_fonts(names: Sequence[str]) -> OpenFonts:
    """Read fonts: each the name of a `.bdf` file of this folder, or the path of any other.

    An outline font has its height in pixels behind a colon. Raises FontError if one cannot be found or
    read, or is named twice.
    """
    choices = [files.find(name) for name in names]
    if len({replace(choice, path=choice.path.resolve()) for choice in choices}) < len(choices):
        raise FontError(f"names a font twice; take one of them away ({listed(names)})")
    opened = [_opened(*font) for font in zip(names, _labels(names), choices, strict=True)]
    return OpenFonts(
        entries=[entry for font in opened for entry in font.entries],
        chosen=[entry for font in opened for entry in font.chosen],
        remarks=tuple(remark for font in opened for remark in font.remarks),
    )


def _labels(names: Sequence[str]) -> Sequence[str]:
    """What tells the fonts apart, as short as it can be."""
    paths = [Path(name) for name in names]
    shorter = ([path.stem for path in paths], [path.name for path in paths])
    return next((labels for labels in shorter if len(set(labels)) == len(labels)), names)


def _opened(written: str, label: str, choice: files.Choice) -> OpenFonts:
    """One font, with its usual characters chosen."""
    try:
        typeface = files.read(choice)
    except FontError as error:
        raise FontError(f"{written}: {error}") from None
    found, remarks = letters(typeface)
    source = Source(written, label, typeface.box, [*typeface.remarks, *remarks])
    entries = [Entry(source, letter) for letter in found]
    if typeface.usual is None:
        return OpenFonts(entries, entries)
    codes = set(typeface.usual)
    usual = [entry for entry in entries if entry.letter.glyph.code in codes]
    remark = f"{source.title}: printable ASCII was taken, {len(usual)} of its {len(entries):,} characters"
    return OpenFonts(entries, usual, (remark,) if len(usual) < len(entries) else ())


def _absent(part: Range, entries: list[Entry]) -> str:
    """What a range names and the font has not, as a sentence; empty if nothing."""
    there = {entry.letter.character for entry in entries}
    absent = [character_name(character) for character in part if character not in there]
    if not absent:
        return ""
    counts = f"{len(absent):,} of the {len(part):,} characters of {part}"
    return f"{counts} are not in the font: {listed(absent)}"
