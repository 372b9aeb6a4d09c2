"""What the glyphs of a font stand for, and what they are called."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from fonts.charsets import decoder, unicode_character
from fonts.glyphs import Glyph, Typeface

# Names that say no more than a number, such as `char65`, `C0041` or `65`.
NUMBERED = re.compile(r"(?:char|glyph|code|ascii|c)?[-_ $#]*(?:0x)?(?=[a-f]*\d)[0-9a-f]+", re.IGNORECASE)
CODE_POINT = re.compile(r"[Uu]\+([0-9A-Fa-f]{4,6})")
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")  # neither a variant, `a.small`, nor a ligature, `f_i`
MOST_LISTED = 8

Meaning = Callable[[Glyph], str | None]
NAMELESS = "glyphs without a character go by the font's names for them"


@dataclass(frozen=True)
class Letter:
    """A glyph, the character it stands for if there is one, and a name that no other of its font has."""

    character: str | None
    name: str
    glyph: Glyph
    remark: str = ""  # how the character was found, where that is not sure

    @property
    def title(self) -> str:
        """The name, and where the glyph stands."""
        return f"{self.name} ({self.glyph.place})" if self.glyph.place else self.name


def letters(typeface: Typeface) -> tuple[list[Letter], list[str]]:
    """The glyphs of a font with their characters and names, and remarks on those that are left out.

    No two glyphs stand for one character: the first that claims it has it, and a code before a name.
    """
    glyphs, remarks = _with_codes_of_their_own(typeface.glyphs)
    characters: dict[int, tuple[str | None, str]] = {}  # by the number of the glyph, with a remark
    taken: set[str] = set()
    for meaning, remark in _meanings(typeface.charset):
        for number, glyph in enumerate(glyphs):
            if number not in characters and (character := meaning(glyph)) and character not in taken:
                characters[number] = (character, remark)
                taken.add(character)
    found = [characters.get(number, (None, NAMELESS)) for number in range(len(glyphs))]
    names = _numbered(_name(character, glyph) for (character, _), glyph in zip(found, glyphs, strict=True))
    return [
        Letter(character, name, glyph, remark)
        for (character, remark), name, glyph in zip(found, names, glyphs, strict=True)
    ], remarks


def character_name(character: str) -> str:
    """A name that survives in a table: a word for digits and for what cannot be seen.

    Readers that guess types, ObservableHQ's among them, turn "0" into a number and " " into nothing.
    """
    words = {" ": "space", "\x7f": "DEL"}
    if character in words:
        return words[character]
    if character.isdigit():
        return f"digit {character}"
    return character if character.isprintable() else code_points(character)


def code_points(character: str) -> str:
    """`U+0041`; of a character of several code points, all of them."""
    return " ".join(f"U+{ord(part):04X}" for part in character)


def listed(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are."""
    more = f" … and {len(names) - MOST_LISTED:,} more" if len(names) > MOST_LISTED else ""
    return ", ".join(names[:MOST_LISTED]) + more


def _with_codes_of_their_own(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[str]]:
    """The glyphs without those whose code another has before them, and a remark on these."""
    first: dict[int, Glyph] = {}
    kept, others = [], []
    for glyph in glyphs:
        if glyph.code is None or first.setdefault(glyph.code, glyph) is glyph:
            kept.append(glyph)
        else:
            others.append(f"{glyph.name!r} (code {glyph.code}, {glyph.place})")
    remark = f"glyphs passed over because another has their code before them: {listed(others)}"
    return kept, [remark] if others else []


def _meanings(charset: str | None) -> list[tuple[Meaning, str]]:
    """Ways to find the character of a glyph, surest first, each with a remark if it is not sure."""
    if charset is None:
        unstated = "the font names no character set;"
        return [
            (_of_both, ""),
            (_of_name, f"{unstated} characters were found by the names of glyphs"),
            (_of_ascii, ""),
            (_of_unstated_code, f"{unstated} codes were taken as Unicode"),
        ]
    decode = decoder(charset)
    if decode is None:
        unknown = f"nothing is known of the character set {charset};"
        return [
            (_of_both, ""),
            (_of_name, f"{unknown} characters were found by the names of glyphs"),
            (_of_number, f"{unknown} codes were taken as ASCII"),
        ]
    return [(lambda glyph: None if glyph.code is None else decode(glyph.code), ""), (_of_name, "")]


def _of_name(glyph: Glyph) -> str | None:
    """The character that a name of Adobe's or Unicode's stands for, or that is itself the name."""
    if len(glyph.name) == 1 and not glyph.name.isdigit():
        return glyph.name
    if found := CODE_POINT.fullmatch(glyph.name):
        return unicode_character(int(found[1], 16))
    if PLAIN.fullmatch(glyph.name):
        from fontTools import agl

        character = agl.toUnicode(glyph.name)
        if len(character) == 1:
            return character
    try:
        return unicodedata.lookup(glyph.name) if glyph.name.isupper() else None
    except KeyError:
        return None


def _of_both(glyph: Glyph) -> str | None:
    """The character of a name, if its code point is the code as well: surer than either alone."""
    character = _of_unstated_code(glyph)
    return character if character and character == _of_name(glyph) else None


def _of_unstated_code(glyph: Glyph) -> str | None:
    return None if glyph.code is None or glyph.own_code else unicode_character(glyph.code)


def _of_ascii(glyph: Glyph) -> str | None:
    return _of_unstated_code(glyph) if glyph.code is not None and glyph.code < 0x80 else None


def _of_number(glyph: Glyph) -> str | None:
    """Where a name says no more than a number, the codes are as good as certainly a kind of ASCII."""
    return _of_ascii(glyph) if NUMBERED.fullmatch(glyph.name) else None


def _name(character: str | None, glyph: Glyph) -> str:
    if character:
        return character_name(character)
    own = "".join(part if part.isprintable() else "\N{REPLACEMENT CHARACTER}" for part in glyph.name)
    return f"glyph {own or ('?' if glyph.code is None else glyph.code)}"


def _numbered(names: Iterator[str]) -> Iterator[str]:
    """The names; one that was there before gets its number."""
    counts: Counter[str] = Counter()
    for name in names:
        counts[name] += 1
        yield name if counts[name] == 1 else f"{name} ({counts[name]})"
