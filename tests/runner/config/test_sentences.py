"""Every mistake in a config is told in our own words, whatever pydantic calls it."""

import json
import re
from itertools import product
from typing import get_args

import pytest
from loading import complaint, config
from pydantic import ValidationError
from pydantic_core import PydanticCustomError, core_schema

from runner.config.errors import MOST_NAMES, UserError, listed, shown
from runner.config.file import load_config
from runner.config.keys import Config
from runner.config.problems import problems_of
from runner.config.sentences import SENTENCES

# What pydantic, Python or argparse would say.
INTERNAL = re.compile(
    r"Input should|should (be|have)|[Vv]alue error|[Ll]iteral|valid (integer|number|string|list|dict|bool)"
    r"|pydantic|Traceback|Exceeds the limit|<class|<built|object at|NoneType|instance of|[a-z]_type\b"
    r"|\w(Error|Exception)\b|\b(int|str|float|bool|dict|tuple|None|True|False)\b"
)
# Every kind of value that JSON has, and what people write.
VALUES = [
    *(None, True, False, 0, 1, -1, 2, 7, 2.5, -0.5, 1e-9, 1e308, float("nan"), 10**12, 10**400, 10**5000),
    *("", "x", "100", "0,5", "yes", "\x1b[31m", "ñ", "20,8", "[20,8]", "y" * 300),
    *([], [1], [True], [None], [2.5], ["x"], ["ab"], [""], [[1]], [[]], [["x"]], [[True]], [1] * 30),
    *({}, {"a": 1}, [{}], [{"a": 1}], [{"seed": [1]}], [{"seed": 1}], [{"seed": []}], [{"lr": [1]}]),
    *({"error": "x", "source": 3}, {"error": 1}, {"error": -1, "source": None}, {"seed": [1]}),
]
KEYS = [*Config.model_fields, "qqqq", "lr", "VAE"]


def told(key, value):
    """The lines about a value of a key; none if it is taken."""
    try:
        load_config(None, {key: value})
    except UserError as error:
        return str(error).splitlines()[1:]
    return []


@pytest.mark.parametrize("key", KEYS)
def test_every_key_with_every_kind_of_value_is_taken_or_told_in_our_words(key):
    lines = [line for value in VALUES for line in told(key, value)]
    assert lines or key == "note"
    for line in lines:
        assert line.startswith((f"  {key}", "  … and "))
        assert not INTERNAL.search(line), line
        assert line.isprintable(), line
        assert len(line) < 300


def test_whatever_the_keys_can_get_wrong_has_its_sentence():
    kinds = set()
    for key, value in product(Config.model_fields, VALUES):
        try:
            Config.model_validate({key: value})
        except ValidationError as error:
            kinds |= {problem["type"] for problem in error.errors()}
    others = {"default_factory_not_called", "extra_forbidden", "literal_error", "missing"}
    assert kinds - others == set(SENTENCES)


@pytest.mark.parametrize("kind", get_args(core_schema.ErrorType))
def test_a_kind_of_mistake_that_no_key_knows_yet_is_told_in_our_words(kind):
    problem = {"type": kind, "loc": ("beta",), "input": 3}
    try:
        error = ValidationError.from_exception_data("Config", [problem])
    except TypeError:  # it knows a limit, for which any will do
        problem["type"] = PydanticCustomError(f"another {kind}", "Input should be a valid str")
        error = ValidationError.from_exception_data("Config", [problem])
    for problem in problems_of(error):
        assert problem.text.startswith("beta: ")
        assert not INTERNAL.search(problem.text), problem.text


WRITE = re.compile(r": write (.+)$")


def test_what_a_message_says_to_write_is_taken():
    proposals = [
        (key, match[1])
        for key, value in product(
            Config.model_fields, [*VALUES, "True", "False", "None", "on", "aben", "a b"]
        )
        for line in told(key, value)
        if line.startswith(f"  {key}: ") and (match := WRITE.search(line))
    ]
    assert len(proposals) > 30
    for key, written in proposals:
        assert config(**{key: json.loads(written)}) is not None


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ({"epochs": "100"}, 'epochs: got "100"; must be a whole number: write 100'),
        ({"beta": "0,5"}, 'beta: got "0,5"; must be a number: write 0.5'),
        ({"neurons_per_layer": "20,8"}, 'neurons_per_layer: got "20,8"; must be a list: write [20,8]'),
        ({"neurons_per_layer": True}, "neurons_per_layer: got true; must be a list"),
        ({"neurons_per_layer": ["20"]}, 'neurons_per_layer.0: got "20"; must be a whole number: write 20'),
        (
            {"characters": True},
            'characters: got true; must be characters and ranges, such as "A-Za-z", or a list of these',
        ),
        ({"sweep": {"seed": [1]}}, 'sweep: got {"seed": [1]}; must be a list: write [{"seed": [1]}]'),
        ({"published": {"error": 1}}, "published.source: missing; write it too"),
        ({"characters": ""}, 'characters.0: got ""; must not be empty'),
        ({"seed": None}, "seed: got null; must be a whole number; leave it out for its default"),
        ({"patience": "x"}, 'patience: got "x"; must be a whole number or null'),
    ],
)
def test_a_sentence_helps(keys, line):
    assert complaint(**keys).splitlines()[1] == f"  {line}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        ("a\x9bb\n", '"a\\u009bb\\n"'),
        (float("nan"), "NaN"),
        ([1, "x" * 100], '[1, "' + "x" * 52 + "…"),
        pytest.param(10**5000, "something enormous", id="of 5,000 digits"),
        ({(1, 2): 3}, "something enormous"),
    ],
)
def test_a_value_is_shown_as_json_has_it(value, text):
    assert shown(value) == text


@pytest.mark.parametrize(
    ("count", "text"), [(1, "a"), (2, "a and b"), (12, "a, b, c, d, e, f, g, h, i, j, k and l")]
)
def test_names_are_listed(count, text):
    assert listed("abcdefghijkl"[:count]) == text
    assert listed(["a", "b"], "or") == "a or b"


def test_of_many_names_a_dozen_are_listed():
    text = listed(map(str, range(1000)))
    assert text.endswith(", 10, 11 and 988 more")
    assert len(text.split(",")) == MOST_NAMES


@pytest.mark.parametrize("count", [12, 13, 400])
def test_of_many_problems_a_dozen_are_told(count):
    lines = complaint(**{f"qq{number}": 1 for number in range(count)}).splitlines()
    assert lines[0] == f"the config has {count} problems:"
    assert len(lines) == 1 + min(count, 13)
    assert (lines[-1] == f"  … and {count - 12} more") == (count > 12)
