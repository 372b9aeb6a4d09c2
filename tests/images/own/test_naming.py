"""Names: in the order in which people count, each its own, and text wherever they are written."""

import random
from pathlib import PurePath

import pytest

from images.own.naming import in_words, names_of, natural, natural_path, some_of, with_examples


def test_numbers_in_names_are_counted():
    names = ["p1", "p2", "p02", "p10", "p10b", "p11", "q", "q1.5", "q1.12"]
    shuffled = names.copy()
    random.Random(0).shuffle(shuffled)
    assert sorted(shuffled, key=natural) == ["p1", "p02", "p2", "p10", "p10b", "p11", "q", "q1.5", "q1.12"]


def test_folders_are_counted_before_what_is_in_them():
    paths = [PurePath(text) for text in ("c10/1", "c2/10", "c2/9", "c2.5/1")]
    assert [path.as_posix() for path in sorted(paths, key=natural_path)] == [
        "c2/9",
        "c2/10",
        "c2.5/1",
        "c10/1",
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("漢字 $$_x_ <b>", "漢字 $$_x_ <b>"),
        ("caf\udce9", "caf\\udce9"),
        ("two\nlines\t\x1b[2J", "two\\nlines\\t\\x1b[2J"),
        ("\u202eright", "\\u202eright"),
    ],
)
def test_what_cannot_be_written_or_seen_is_written_out(name, text):
    assert in_words(name) == text


def test_of_many_names_the_first_are_told_and_the_others_counted():
    names = [f"{number}.txt" for number in range(40)]
    assert some_of(names[:3], 3) == "0.txt, 1.txt, 2.txt"
    assert some_of(names, 3) == "0.txt, 1.txt, 2.txt and 37 more"
    assert with_examples("odd", [PurePath(f"folder/{name}") for name in names[:4]]) == [
        "odd: 4 (0.txt, 1.txt, 2.txt and 1 more)"
    ]
    assert with_examples("odd", []) == []


@pytest.mark.parametrize(
    ("files", "pages", "names"),
    [
        (["cat/b.png", "dog/a.b.png"], [None, None], ["b", "a.b"]),
        (["cat/1.png", "cat/2.png", "dog/1.png"], [None] * 3, ["cat/1", "cat/2", "dog/1"]),
        (["cat/1.bmp", "cat/1.png"], [None] * 2, ["cat/1.bmp", "cat/1.png"]),
        (["s.tif", "s.tif", "t.tif"], [1, 2, None], ["s #1", "s #2", "t"]),
    ],
)
def test_each_picture_has_a_name_of_its_own(files, pages, names):
    assert names_of([PurePath(file) for file in files], pages) == names
