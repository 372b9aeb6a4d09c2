"""JSON that other readers agree on, and a sentence with the file's name for everything else."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runner.config.errors import UserError
from runner.config.strict_json import LARGEST_FILE, parse_json, read_json

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@settings(derandomize=True, deadline=None)
@given(json_values, st.sampled_from([None, 2]))
def test_what_json_dumps_writes_is_read_back_equal(value, indent):
    assert parse_json(json.dumps(value, indent=indent)) == value


def test_numbers_keep_their_type():
    values = parse_json("[1, 1.0, true, 1e2]")
    assert [type(value) for value in values] == [int, float, bool, float]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"beta": NaN}', "NaN is not a JSON number"),
        ("[Infinity]", "Infinity is not a JSON number"),
        ("[-Infinity]", "-Infinity is not a JSON number"),
        ("[1e999]", "1e999 is too large"),
        ("[-1e999]", "-1e999 is too large"),
        ('{"beta": 1, "beta": 1}', "key given twice: beta"),
        ('{"a": {"seed": 1, "seed": 2, "x": 0, "x": 0}}', "key given twice: seed and x"),
        ("[" * 100_000 + "]" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
        ("9" * 5000, "an integer has too many digits"),
        ("", "empty"),
        (" \t\r\n", "empty"),
        ('{"beta": 1,}', "not valid JSON"),
        ("{'beta': 1}", "not valid JSON"),
        ("{} {}", "not valid JSON"),
        ('{"beta": 1} // slope', "not valid JSON"),
    ],
    ids=lambda text: text[:20],
)
def test_what_is_not_clean_json_is_a_value_error_with_a_sentence(text, complaint):
    with pytest.raises(ValueError, match=complaint) as raised:
        parse_json(text)
    assert len(str(raised.value)) < 100


def test_a_syntax_error_is_located():
    with pytest.raises(ValueError, match="line 2, column 10"):
        parse_json('{"a": 1,\n "beta": oops}')


@pytest.mark.parametrize("value", ["NaN", "-Infinity", "1e999", "9" * 5000])
@pytest.mark.parametrize("form", ['{{"a": 1, "beta": {}}}', '[{{"beta": [1, [{}]]}}]'])
def test_what_is_no_number_is_told_with_its_key(form, value):
    with pytest.raises(ValueError, match=r"^beta: "):
        parse_json(form.format(value))


def test_a_file_is_read(tmp_path):
    path = tmp_path / "config.json"
    path.write_text('{"note": "año"}', encoding="utf-8")
    assert read_json(path) == {"note": "año"}


def test_a_byte_order_mark_is_accepted(tmp_path):
    path = tmp_path / "config.json"
    path.write_bytes(b'\xef\xbb\xbf{"epochs": 3}')
    assert read_json(path) == {"epochs": 3}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('{"epochs": 3}'.encode("utf-16"), "not UTF-8 text"),
        (b'{"note": "a\xf1o"}', "not UTF-8 text"),
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \n", "empty"),
        (b'{"beta": NaN}', "NaN is not a JSON number"),
        (b"\x00" * 20, "not valid JSON"),
        (b" " * LARGEST_FILE + b"{}", "larger than 1,000,000 bytes"),
    ],
    ids=["utf-16", "latin-1", "empty", "only a BOM", "white space", "NaN", "zeros", "too large"],
)
def test_a_bad_file_is_a_user_error_that_names_it(tmp_path, content, complaint):
    path = tmp_path / "config.json"
    path.write_bytes(content)
    with pytest.raises(UserError, match=complaint) as raised:
        read_json(path)
    assert str(raised.value).startswith(f"{path}: ")


def test_the_largest_file_is_still_read(tmp_path):
    path = tmp_path / "config.json"
    path.write_bytes(b"{}" + b" " * (LARGEST_FILE - 2))
    assert read_json(path) == {}


def test_a_missing_file_is_a_user_error(tmp_path):
    with pytest.raises(UserError, match=r"none\.json: no such file"):
        read_json(tmp_path / "none.json")


def test_a_folder_is_a_user_error(tmp_path):
    with pytest.raises(UserError, match="cannot be read") as raised:
        read_json(tmp_path)
    assert str(tmp_path) in str(raised.value)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ('{"epochs": 5,}', "take the last comma away"),
        ('{"neurons": [5, 3,\n]}', "take the last comma away"),
        ('{"epochs": 5 // many\n}', "JSON has no comments"),
        ('{ # a remark\n"epochs": 5}', "JSON has no comments"),
        ('{"bias": True}', "write true"),
        ('{"patience": None}', "write null"),
        ("{'epochs': 5}", 'texts stand between "double quotes"'),
        ('{"beta": .5}', "a number begins with a digit"),
    ],
)
def test_what_other_languages_allow_is_answered_with_what_to_write(text, advice):
    with pytest.raises(ValueError, match=re.escape(advice)):
        parse_json(text)
