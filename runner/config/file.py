"""From a config file and overrides to a `Config`, or to one message with everything that is wrong."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from runner.config.blocks import Keys, Sources, block_problems, by_key, split_blocks, unused_problems
from runner.config.errors import UserError
from runner.config.keys import Config
from runner.config.paths import located
from runner.config.problems import Problem, problems_of
from runner.config.strict_json import read_json

MOST_PROBLEMS = 12
COMMAND_LINE = "the command line"
# A figure was published for these pictures, this noise and this network.
WHAT_WAS_PUBLISHED = (
    *("mode", "data", "font_set", "font_subset_size", "characters", "vae_dataset", "image_size"),
    *("noise", "noise_probability", "max_noise", "test_noise", "test_noise_probability"),
    *("neurons_per_layer", "latent_layer_neurons"),
)


def load_config(path: str | Path | None = None, overrides: dict[str, Any] | None = None) -> Config:
    """The config of the file at `path` with `overrides` on top; without a path, of the overrides alone.

    The block of the chosen mode is laid over the keys beside it, and the overrides over both. Paths of
    the file are looked for beside it and then here, those of the overrides here, and all are absolute
    afterwards. Raises UserError with every problem at once, each where it was written.
    """
    here = Path()
    if path is None:
        keys = located(by_key(overrides or {}, "the config"), here)
        return _validated(Sources({}, {}, keys), "the config", "the config")
    place, beside_it = str(path), Path(path).parent
    given = by_key(read_json(Path(path)), place)
    given.pop("$schema", None)
    beside, blocks = split_blocks(given, place)
    sources = Sources(
        located(beside, beside_it, here),
        {mode: located(block, beside_it, here) for mode, block in blocks.items()},
        located(by_key(overrides or {}, COMMAND_LINE), here),
    )
    config = _validated(sources, place, COMMAND_LINE)
    _raise_if_any(unused_problems(sources, config), sources, place, COMMAND_LINE)
    return _without_foreign_figure(config, sources)


def _without_foreign_figure(config: Config, sources: Sources) -> Config:
    """The config without the published figure of its file, if the overrides changed data or network."""
    if config.published is None or not sources.overrides or "published" in sources.overrides:
        return config
    try:
        own = Config.model_validate(replace(sources, overrides={}).flat)
    except ValidationError:  # without its overrides it is none, so that nothing was published for it
        return config.model_copy(update={"published": None})
    if all(getattr(own, key) == getattr(config, key) for key in WHAT_WAS_PUBLISHED):
        return config
    return config.model_copy(update={"published": None})


def _validated(sources: Sources, file: str, overrides: str) -> Config:
    """The config of some sources, of which the file and the overrides are called so in a message."""
    if not all(map(_is_text, (sources.beside, sources.blocks, sources.overrides))):
        raise UserError(f"{file}: holds half a surrogate pair (\\ud800…\\udfff), which is no character")
    config, found = _read(sources.flat)
    problems = [*_of_the_mode(sources, found), *block_problems(sources)]
    for mode in sources.other_modes:
        problems += _problems_of_block(sources, mode)
    _raise_if_any(problems, sources, file, overrides)
    assert config  # or there were problems
    return config


def _of_the_mode(sources: Sources, problems: list[Problem]) -> list[Problem]:
    """Problems with the keys of the chosen mode, of which those of its block are said to be its own."""
    return [
        Problem(problem.key, f"{sources.mode}.{problem.text}")
        if problem.key in sources.block and problem.key not in sources.overrides
        else problem
        for problem in problems
    ]


def _problems_of_block(sources: Sources, mode: str) -> list[Problem]:
    """What is wrong with a block that is not chosen, as if it were."""
    (_, found), block = _read(sources.flat_for(mode)), sources.blocks[mode]
    return [Problem(mode, f"{mode}.{problem.text}") for problem in found if problem.key in block]


def _read(keys: Keys) -> tuple[Config | None, list[Problem]]:
    """The config of some keys, or what is wrong with them."""
    try:
        return Config.model_validate(keys), []
    except ValidationError as error:
        return None, problems_of(error)


def _raise_if_any(problems: list[Problem], sources: Sources, file: str, overrides: str) -> None:
    """Raise UserError with a paragraph for each place where there are problems.

    A key of the file that would be well without the overrides is wrong by their doing.
    """
    if not problems:
        return
    _, without_overrides = _read(replace(sources, overrides={}).flat)
    wrong_alone = {problem.key for problem in without_overrides}
    theirs = {*sources.overrides, *Config.model_fields.keys() - wrong_alone}
    mine = [problem.text for problem in problems if problem.key not in theirs]
    others = [problem.text for problem in problems if problem.key in theirs]
    paragraphs = [_paragraph(place, texts) for place, texts in ((file, mine), (overrides, others)) if texts]
    raise UserError("\n".join(paragraphs))


def _paragraph(place: str, texts: list[str]) -> str:
    count = "a problem" if len(texts) == 1 else f"{len(texts)} problems"
    lines = [f"  {text}" for text in texts[:MOST_PROBLEMS]]
    if len(texts) > MOST_PROBLEMS:
        lines.append(f"  … and {len(texts) - MOST_PROBLEMS} more")
    return "\n".join([f"{place} has {count}:", *lines])


def _is_text(value: Any) -> bool:
    """Whether all strings in `value` can be written to a file."""
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return False
    except ValueError:  # an integer too long to print, which its key will refuse
        return True
    return True
