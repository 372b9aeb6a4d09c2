"""From what a person writes to a file, and from its bytes to its kind."""

import gzip
import os

import numpy as np
import pytest
from bdf import font_text, glyph_text
from outlines import outline_bytes
from pcf import pcf_bytes

from fonts import FontError
from fonts.files import FOLDER, Choice, find, read
from fonts.outline import read_outlines

BDF = font_text(glyph_text()).encode()
PCF = pcf_bytes([("A", 65, np.eye(3), 0, 0)])
TTF = outline_bytes({"A": (0, 0, 2, 2)})
HEADER = b"int a[1][7] = {\n{0, 0, 0, 0, 0, 0, 1}, // 0x41, A\n};"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, data=TTF):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# What a person writes


@pytest.mark.parametrize("name", ["font2", "FONT2", "Font2"])
def test_a_shipped_font_is_found_in_any_case(name):
    assert find(name) == Choice(FOLDER / "font2.bdf")


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("", ()),
        (":12", (12,)),
        (":12:grey", (12, True)),
        (":12:gray", (12, True)),
        (":12:face=2", (12, False, 2)),
        (":12:grey:face=0", (12, True, 0)),
        (":grey", (None, True)),
    ],
)
@pytest.mark.parametrize(
    "path",
    ["f.ttf", "some folder/with blanks.ttf", "co:lons:3/a:b.ttf", "C:\\x\\f.ttf", "ünï.ttf", "f#1.ttf"],
)
def test_options_are_cut_off_the_end_of_a_path(folder, path, written, options):
    write(folder / path)
    choice = find(path + written)
    assert choice == Choice(choice.path, *options)
    assert str(choice.path) == path


def test_a_file_of_just_that_name_comes_first(folder):
    write(folder / "f.ttf"), write(folder / "f.ttf:12")
    assert find("f.ttf:12") == Choice((folder / "f.ttf:12").relative_to(folder))


def test_a_path_may_begin_at_home(monkeypatch, tmp_path):
    path = write(tmp_path / "test.bdf")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find("~/test.bdf") == Choice(path)


@pytest.mark.parametrize(
    "name", ["font9", "", ":12", "missing.bdf", "font2.bdf", "a\x00", "a\nb", "x" * 9999]
)
def test_a_missing_font_lists_the_fonts_there_are(folder, name):
    with pytest.raises(
        FontError, match=r"write one of font1, font2, font3 or the path of a font file"
    ) as raised:
        find(name)
    assert repr(name[:80]) in str(raised.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe")
def test_a_pipe_is_no_font(folder):
    os.mkfifo(folder / "pipe.bdf")
    with pytest.raises(FontError, match=r"no font 'pipe\.bdf'"):
        find("pipe.bdf")


def test_a_folder_is_told_with_the_fonts_in_it(folder):
    for name in ("b.bdf", "a.pcf.gz", "c.ttf", "README", "d.gz"):
        write(folder / "fonts" / name)
    with pytest.raises(
        FontError, match=r"^fonts: is a folder; .* its 3 fonts: a\.pcf\.gz, b\.bdf, c\.ttf$"
    ):
        find("fonts")
    write(folder / "none" / "README")
    with pytest.raises(FontError, match=r"^none: is a folder; .* its 0 fonts$"):
        find("none")


def test_a_font_of_the_system_goes_by_its_file_name(folder, monkeypatch, tmp_path_factory):
    system = tmp_path_factory.mktemp("system")
    path = write(system / "fonts" / "LatentLabSystem.ttf")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(system))
    assert find("LatentLabSystem.ttf:12:grey") == Choice(path, 12, True)
    with pytest.raises(FontError, match=r"no font 'fonts/LatentLabSystem\.ttf:12'"):
        find("fonts/LatentLabSystem.ttf:12")


# What a file is


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.bdf", BDF),
        ("a", BDF),
        ("a.pcf", PCF),
        ("wrong.bdf", PCF),
        ("font.h", HEADER),
        ("FONT.H", HEADER),
    ],
)
def test_a_font_of_pixels_is_known_by_its_content(tmp_path, name, data, pack):
    font = read(Choice(write(tmp_path / name, pack(data))))
    assert [glyph.code for glyph in font.glyphs] == [65]


@pytest.mark.parametrize("name", ["f.ttf", "f.bin"])
def test_an_outline_font_is_drawn_at_its_size(tmp_path, name):
    font = read(Choice(write(tmp_path / name), 20))
    (glyph,), (same,) = font.glyphs, read_outlines(TTF, 20).glyphs
    assert np.array_equal(glyph.draw().pixels, same.draw().pixels)
    assert glyph.draw().trimmed().pixels.shape == (4, 4)


def test_an_outline_font_without_a_size_is_told_what_to_write(tmp_path):
    with pytest.raises(FontError, match=r"has outlines, not pixels; .* such as f\.ttf:12"):
        read(Choice(write(tmp_path / "f.ttf")))


@pytest.mark.parametrize("asked", [{"size": 12}, {"grey": True}, {"face": 0}])
def test_a_font_of_pixels_has_no_other_size(tmp_path, asked):
    with pytest.raises(
        FontError, match=r"has pixels already, of one size and one face; leave out what is behind its name"
    ):
        read(Choice(write(tmp_path / "a.bdf", BDF), **asked))


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (gzip.compress(b""), "is empty"),
        (gzip.compress(BDF)[:-9], "cannot be read"),
        (gzip.compress(BDF)[:40] + b"\0" * 99, "cannot be read"),
        (b"\x1f\x9d\x90rest", "unpack it first"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "a BDF font begins with STARTFONT"),
        (bytes(range(256)), "a BDF font begins with STARTFONT"),
    ],
    ids=[
        "empty",
        "blank",
        "packed nothing",
        "packed, cut",
        "packed, damaged",
        "compress",
        "picture",
        "bytes",
    ],
)
def test_what_is_no_font_is_told(tmp_path, data, rule):
    with pytest.raises(FontError, match=rule):
        read(Choice(write(tmp_path / "a.bdf", data)))


def test_a_file_that_may_not_be_read_is_told(tmp_path, monkeypatch):
    path = write(tmp_path / "a.bdf", BDF)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    with pytest.raises(FontError, match=r"cannot be read .*Permission denied"):
        read(Choice(path))


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
def test_a_file_of_enormous_size_is_refused_without_being_read_whole(tmp_path, monkeypatch, pack):
    monkeypatch.setattr("fonts.files.MOST_BYTES", 1000)
    with pytest.raises(FontError, match="is larger than 1,000 bytes"):
        read(Choice(write(tmp_path / "a.bdf", pack(BDF * 9))))
