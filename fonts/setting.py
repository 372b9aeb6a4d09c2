"""Set the chosen glyphs of fonts in one cell, and say what was done for it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fonts.cells import around, common_cell, placed
from fonts.errors import FontError
from fonts.font_set import FontSet
from fonts.glyphs import Box, Drawing
from fonts.names import Letter, listed


@dataclass(frozen=True)
class Source:
    """A font that was read."""

    written: str  # as the person wrote it
    label: str  # what tells its characters from those of the others
    box: Box | None  # the cell that it states
    remarks: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What to call it in a sentence."""
        return self.written if self.label == self.written else Path(self.written).name


@dataclass(frozen=True)
class Entry:
    """A character of one of several fonts."""

    source: Source
    letter: Letter

    def drawn(self) -> Drawing:
        """Its pixels without margins. Raises FontError that says where it stands if they are damaged."""
        try:
            return self.letter.glyph.draw().trimmed()
        except FontError as error:
            raise FontError(f"{self.source.written}: {error}; mend the glyph, or choose others") from None


def set_in_one_cell(entries: Sequence[Entry]) -> FontSet:
    """The glyphs of some entries, on one baseline, in a cell that holds what is stated and all ink.

    Raises FontError if a glyph is damaged, or the cell or the set too large to be learned.
    """
    drawings = [entry.drawn() for entry in entries]
    sources = list({id(entry.source): entry.source for entry in entries}.values())
    try:
        cell = common_cell([*(source.box for source in sources), *(drawing.box for drawing in drawings)])
        pixels = placed(drawings, cell)
    except FontError as error:
        raise FontError(f"{' + '.join(source.written for source in sources)}: {error}") from None
    remarks, cells = [], {}
    for source in sources:
        own = [pair for pair in zip(entries, drawings, strict=True) if pair[0].source is source]
        cells[source.title] = around([source.box, *(drawing.box for _, drawing in own)])
        said = [*source.remarks, *_remarks(source.box, cells[source.title], own)]
        remarks += [f"{source.title}: {remark}" for remark in said]
    if len(set(cells.values())) > 1:
        sizes = ", ".join(f"{own_cell or 'no ink'} ({title})" for title, own_cell in cells.items())
        remarks.append(f"cells of {sizes} were laid on one baseline in a cell of {cell}")
    characters = [entry.letter.character for entry in entries]
    return FontSet(characters, _distinct(entries), pixels, cell.rows, cell.columns, tuple(remarks))


def _remarks(stated: Box | None, grown: Box | None, own: list[tuple[Entry, Drawing]]) -> list[str]:
    """What was done to set the glyphs of one font."""
    groups: dict[str, list[Letter]] = {}
    for entry, drawing in own:
        for remark in filter(None, (entry.letter.remark, drawing.remark)):
            groups.setdefault(remark, []).append(entry.letter)
        if stated and drawing.pixels.size and drawing.box not in stated:
            remark = f"the cell of {stated} pixels grew to {grown} to hold all ink of"
            groups.setdefault(remark, []).append(entry.letter)
    return [f"{text}: {listed([letter.title for letter in found])}" for text, found in groups.items()]


def _distinct(entries: Sequence[Entry]) -> list[str]:
    """The names of the characters; those that occur in several fonts get the font's label as well."""
    names = [entry.letter.name for entry in entries]
    counts = Counter(names)
    return [
        f"{name} ({entry.source.label})" if counts[name] > 1 else name
        for name, entry in zip(names, entries, strict=True)
    ]
