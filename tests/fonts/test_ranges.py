"""Characters as a person writes them."""

import string

import pytest

from fonts import FontError
from fonts.ranges import Range, ranges


def written(*texts) -> str:
    return "".join(character for part in ranges(texts) for character in part)


@pytest.mark.parametrize(
    ("texts", "characters"),
    [
        (["aben"], "aben"),
        (["a", "b", "-"], "ab-"),
        (["A-F"], "ABCDEF"),
        (["A-Ca-c0-2"], "ABCabc012"),
        (["A-C", "0-2", "é"], "ABC012é"),
        (["-"], "-"),
        (["-a"], "-a"),
        (["a-"], "a-"),
        (["a-c-"], "abc-"),
        (["a-c-e"], "abc-e"),
        (["+--"], "+,-"),
        (["---"], "-"),
        (["a-a"], "a"),
        (["\n"], "\n"),
        (["一-丂"], "一丁丂"),
        (["😀-😂"], "😀😁😂"),
    ],
)
def test_characters_and_ranges(texts, characters):
    assert written(*texts) == characters


def test_a_range_of_all_characters_leaves_out_halves_of_surrogate_pairs():
    written("\ud7f0-\ue010").encode()
    (part,) = ranges(["\0-\U0010ffff"])
    assert len(part) == 0x110000


def test_a_range_knows_what_lies_in_it():
    (part,) = ranges(["A-Z"])
    assert part == Range("A", "Z")
    assert all(letter in part for letter in string.ascii_uppercase)
    assert not any(text in part for text in ("a", "@", "[", "AB", ""))
    assert str(part) == "A-Z"


@pytest.mark.parametrize("text", ["Z-A", "0-9z-a", "b-a"])
def test_a_range_that_runs_backwards_is_told_with_its_remedy(text):
    with pytest.raises(FontError, match=r"runs backwards; write (A-Z|a-z|a-b)"):
        ranges([text])


@pytest.mark.parametrize(
    "texts", [["aa"], ["a", "a"], ["A-Z", "Q"], ["Q", "A-Z"], ["A-M", "K-Z"], ["---", "-"]]
)
def test_a_character_named_twice_is_told(texts):
    with pytest.raises(FontError, match="is named twice, in"):
        ranges(texts)
