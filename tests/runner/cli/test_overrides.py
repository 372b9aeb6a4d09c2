"""Keys that are set on the command line, as JSON or as people write them."""

import pytest

from runner.cli.overrides import overrides_of
from runner.config.errors import UserError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("-0.5", -0.5),
        ("1e-3", 0.001),
        ("true", True),
        ("null", None),
        ("[20,8]", [20, 8]),
        ("[ [0, 0.2], [1, 0.2] ]", [[0, 0.2], [1, 0.2]]),
        ('["a","b"]', ["a", "b"]),
        ('{"error": 1, "source": "slides"}', {"error": 1, "source": "slides"}),
        ('"5"', "5"),
        ("font1", "font1"),
        ("fashion mnist", "fashion mnist"),
        ("True", "True"),
        ("fonts/my font.bdf", "fonts/my font.bdf"),
        ("a=b", "a=b"),
        ("NaN", "NaN"),
        ("1e999", "1e999"),
        ("", ""),
    ],
)
def test_a_value_is_json_or_a_bare_word(text, value):
    given = overrides_of([f"key={text}"])["key"]
    assert given == value
    assert type(given) is type(value)


@pytest.mark.parametrize("text", ["[20,8", "[20,]", "{error: 1}", '"font1', "[NaN]", '{"a": 1, "a": 2}'])
def test_broken_json_is_a_mistake_that_names_the_key(text):
    with pytest.raises(UserError, match=r"^neurons_per_layer: "):
        overrides_of([f"neurons_per_layer={text}"])


@pytest.mark.parametrize(("text", "value"), [(".01", 0.01), ("5.", 5.0), ("-.5", -0.5), ("+.5e2", 50.0)])
def test_numbers_are_taken_as_people_write_them(text, value):
    assert overrides_of([f"beta={text}"]) == {"beta": value}
