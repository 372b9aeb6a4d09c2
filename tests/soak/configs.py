"""Configs that are wrong in thousands of ways, and keys that are misspelt."""

import io
import json
import random
import string
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import jsonschema

from main import main
from runner.config.keys import Config, exact_key
from runner.config.spelling import plain
from tools.reference import schema_text

from .finding import Finding
from .processes import inside, run

KEYS = tuple(Config.model_fields)
# What is written into a config, and what the message must then name.
Wrong = tuple[bytes, str]

VALUES = [
    *(None, True, False, 0, -1, 1.5, -0.5, 10**12, 2**64, -(10**30), 1e300),
    *("", "ö", "mode", "9", "\x1b[31m", "x" * 5000),
    *([], [[]], [None], [True], ["a", 1], [0], [-3], ["aa"], [10**9], {}, {"a": 1}, {"": []}, [{}]),
]
# As text, for Python's own JSON reader accepts them or stumbles over them.
NO_NUMBERS = ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 5000, "-" + "1" * 5000]


def _wrong_value(chance: random.Random) -> Wrong:
    """A value that the schema refuses for a key, alone or among keys that are right."""
    while True:
        key, value = chance.choice(KEYS), chance.choice(VALUES)
        if not VALIDATOR.is_valid({key: value}):
            given = {"epochs": 1, "seed": chance.randrange(9), key: value}
            return json.dumps(given, ensure_ascii=chance.random() < 0.5).encode(), key


def _unknown_key(chance: random.Random) -> Wrong:
    key = "".join(chance.choices(string.ascii_letters + " _-éß7", k=chance.randint(1, 30)))
    if exact_key(key) in KEYS:
        return _unknown_key(chance)
    return json.dumps({key: chance.choice(VALUES)}).encode(), key.strip()


def _no_number(chance: random.Random) -> Wrong:
    key, word = chance.choice(KEYS), chance.choice(NO_NUMBERS)
    form = chance.choice(['{{"{}": {}}}', '{{"{}": [{}]}}', '{{"seed": 1, "{}": [1, [{}]]}}'])
    return form.format(key, word).encode(), key


def _bool_for_number(chance: random.Random) -> Wrong:
    numbers = [key for key in KEYS if not VALIDATOR.is_valid({key: True})]
    key = chance.choice(numbers)
    return json.dumps({key: chance.random() < 0.5}).encode(), key


def _given_twice(chance: random.Random) -> Wrong:
    key = chance.choice(KEYS)
    spelled = chance.choice([key, key.upper(), key.replace("_", " "), key.replace("_", "-")])
    return f'{{"{key}": 1, "{spelled}": 2}}'.encode(), key


def _missing(chance: random.Random) -> Wrong:
    given, lacks = chance.choice([({"error": 1.0}, "source"), ({"source": "s"}, "error"), ({}, "error")])
    return json.dumps({"published": given}).encode(), f"published.{lacks}"


def _nested(chance: random.Random) -> Wrong:
    depth, (left, right) = chance.choice([1100, 20_000, 100_000]), chance.choice(["[]", ('{"a":', "}")])
    return f'{{"note": {left * depth}0{right * depth}}}'.encode(), "config.json"


def _bytes(chance: random.Random) -> Wrong:
    """What is no JSON text in UTF-8, or none at all."""
    good = b'{"epochs": 1, "note": "\xc3\xb6"}'
    kind = chance.randrange(9)
    random_bytes = bytes(chance.randrange(256) for _ in range(chance.randint(1, 300)))
    contents = [
        b"",
        b" \n\t",
        b"\xef\xbb\xbf",
        good.decode().encode("utf-16"),
        good.decode().encode("utf-32"),
        good.replace(b"\xc3\xb6", b"\xf6"),
        good[: chance.randrange(len(good) - 1)],
        b"\x89PNG\r\n\x1a\n" + random_bytes,
        b'\xef\xbb\xbf{"epochs": 0}',
    ]
    return contents[kind], "epochs" if kind == 8 else "config.json"


def _no_object(chance: random.Random) -> Wrong:
    return json.dumps(chance.choice([1, "a", [], [{}], None, True, 1.5])).encode(), "config.json"


def _surrogate(chance: random.Random) -> Wrong:
    return f'{{"{chance.choice(["note", "characters", "font_set"])}": "\\ud800"}}'.encode(), "config.json"


def _huge(chance: random.Random) -> Wrong:
    return b'{"note": "' + b"x" * 50_000_000 + b'"}', "config.json"


def _axis(chance: random.Random) -> Wrong:
    """A sweep that cannot be run."""
    good = {"seed": [0, 1]}
    wrong = chance.choice(
        [
            [{"seed": [0, 1], "beta": [1.0]}],
            [{"seed": []}],
            [{}],
            [{chance.choice(["sed", "bta", "epoch s x"]): [1]}],
            [{"seed": 3}],
            {"seed": [1]},
            ["seed"],
            [good, {"Seed": [2]}],
            [{"sweep": [[]]}],
            [{"seed": [0] * 400}, {"beta": [1.0] * 400}],
            [{"epochs": [0, -1]}],
            [{"mode": ["VAE"], "minimizer": ["powell"]}],
            [None],
            [{"seed": [[1]]}],
            [{"seed": None}],
        ]
    )
    return json.dumps({"epochs": 1, "sweep": wrong}).encode(), "sweep"


KINDS: dict[Callable[[random.Random], Wrong], int] = {
    _wrong_value: 40,
    _unknown_key: 15,
    _no_number: 12,
    _bool_for_number: 6,
    _given_twice: 6,
    _missing: 2,
    _nested: 2,
    _bytes: 8,
    _no_object: 2,
    _surrogate: 1,
    _axis: 6,
}
VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema_text()))


def wrong_configs(workspace: Path, count: int, in_processes: int, seed: int = 0) -> Finding:
    """Each is refused with exit code 2 and a message that names the key, and nothing is written."""
    chance = random.Random(seed)
    kinds, weights = list(KINDS), list(KINDS.values())
    failures, drawn = [], Counter()
    with inside(workspace):
        for index in range(count):
            kind = _huge if index % 1000 == 999 else chance.choices(kinds, weights)[0]
            content, named = kind(chance)
            drawn[kind.__name__] += 1
            Path("config.json").write_bytes(content)
            failures += [f"{kind.__name__} {content[:120]!r}: {line}" for line in _refused(named)]
        Path("config.json").unlink()
        Path("config.json").mkdir()
        failures += [f"a folder: {line}" for line in _refused("config.json")]
    failures += [line for _ in range(in_processes) for line in _in_a_process(workspace, chance)]
    total = count + in_processes + 1
    return Finding(
        "bad configs",
        f"{total:,} of {len(drawn)} kinds, {in_processes} of them in processes of their own",
        f"{len(failures)} with a traceback, without the key, or with something written",
        "0",
        failures,
    )


def _refused(named: str) -> list[str]:
    """What is wrong with the answer to the config in the current folder."""
    said, complained = io.StringIO(), io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(complained):
            code = main(["--quiet"])
    except BaseException:
        return [traceback.format_exc()[-300:]]
    return _judged(code, complained.getvalue(), named)


def _judged(code: int, message: str, named: str) -> list[str]:
    failures = [] if code == 2 else [f"exit code {code}"]
    failures += [] if message.startswith("error: ") else [f"said {message[:200]!r}"]
    failures += [] if _printed(named) in message else [f"does not name {named!r}: {message[:200]!r}"]
    failures += [f"longer than a screen: {len(message)}"] * (len(message) > 20_000)
    return failures + [f"wrote {path}" for path in Path().iterdir() if path.name != "config.json"]


def _printed(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name[:80])


def _in_a_process(workspace: Path, chance: random.Random) -> Iterator[str]:
    content, named = chance.choices(list(KINDS), list(KINDS.values()))[0](chance)
    with inside(workspace / f"process_{chance.randrange(10**9)}") as folder:
        (folder / "config.json").write_bytes(content)
        ended = run(["--quiet"], folder)
        yield from (f"{content[:120]!r}: {line}" for line in _judged(ended.code, ended.complained, named))


def typos(workspace: Path, rounds: int, seed: int = 0) -> Finding:
    """Every key with one and two random edits; the nearest key that is named is the one that was meant."""
    chance, failures, count = random.Random(seed), [], 0
    with inside(workspace):
        for _ in range(rounds):
            for key in KEYS:
                for edits in (1, 2):
                    word = _misspelt(key, edits, chance)
                    complained = io.StringIO()
                    Path("config.json").write_text(json.dumps({word: 1}))
                    with redirect_stderr(complained):
                        main(["--quiet"])
                    count += 1
                    if f'did you mean "{key}"' not in complained.getvalue():
                        failures.append(f"{word} for {key}: {complained.getvalue()[-80:].strip()}")
    share = 1 - len(failures) / count
    target = 0.95
    return Finding(
        "typos",
        f"{count:,} misspelt keys, one or two edits away",
        f"{share:.1%} led to the right key",
        f"≥ {target:.0%}",
        failures if share < target else [],
    )


def _misspelt(key: str, edits: int, chance: random.Random) -> str:
    """`key` after so many edits, and none that is a key all the same."""
    word = key
    for _ in range(edits):
        word = _edited(word, chance)
    near_other = any(plain(word) == plain(other) for other in KEYS)
    return _misspelt(key, edits, chance) if near_other or not plain(word) else word


def _edited(word: str, chance: random.Random) -> str:
    """One letter more, less, other, or two swapped."""
    place = chance.randrange(len(word))
    letter = chance.choice(string.ascii_lowercase)
    before, here, after = word[:place], word[place], word[place + 1 :]
    swapped = before + after[:1] + here + after[1:]
    return chance.choice([before + letter + here + after, before + after, before + letter + after, swapped])
