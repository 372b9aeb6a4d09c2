"""A recipe for each mode: a config may hold blocks `DEFAULT`, `DAE` and `VAE` beside its keys.

A key stands in blocks or beside them, and a block takes only keys that its mode uses.
"""

from dataclasses import dataclass
from typing import Any

from runner.config.errors import UserError, listed, printable, shown
from runner.config.keys import Config, exact_key, kind_of
from runner.config.problems import Problem
from runner.config.spelling import spelled
from runner.config.usage import unused_because

Keys = dict[str, Any]


@dataclass(frozen=True)
class Sources:
    """Where the keys of a config come from, by their exact names."""

    beside: Keys  # beside the blocks of the file
    blocks: dict[str, Keys]  # by mode
    overrides: Keys  # of the command line

    @property
    def mode(self) -> Any:
        """The chosen mode; what is given for it, if that is none."""
        given = {**self.beside, **self.overrides}.get("mode", Config.model_fields["mode"].default)
        return spelled("mode", given, kind_of("mode").names) if isinstance(given, str) else given

    @property
    def block(self) -> Keys:
        """That of the chosen mode."""
        return self.blocks.get(self.mode, {}) if isinstance(self.mode, str) else {}

    @property
    def flat(self) -> Keys:
        """All keys of the chosen mode, the last source winning."""
        return {**self.beside, **self.block, **self.overrides}

    @property
    def other_modes(self) -> list[str]:
        """Those of the blocks that are not chosen."""
        return [mode for mode in self.blocks if mode != self.mode]

    def flat_for(self, mode: str) -> Keys:
        """All keys of the file as if that mode were chosen."""
        return {**self.beside, **self.blocks.get(mode, {}), "mode": mode}


def by_key(values: Any, place: str) -> dict[str, Any]:
    """The same values by the exact names of their keys."""
    if not isinstance(values, dict):
        raise UserError(f"{place}: a config is a JSON object {{…}}, not {shown(values)}")
    by_key = {exact_key(key): value for key, value in values.items()}
    if len(by_key) < len(values):
        names = [exact_key(key) for key in values]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise UserError(f"{place}: key given twice: {listed(map(printable, twice))}")
    return by_key


def split_blocks(given: Keys, place: str) -> tuple[Keys, dict[str, Keys]]:
    """The keys beside the blocks, and the blocks by mode. Raises UserError for a block that is none."""
    modes = kind_of("mode").names
    beside, blocks = {}, {}
    for name, value in given.items():
        mode = spelled("mode", name, modes)
        if mode not in modes:
            beside[name] = value
        elif mode in blocks:
            raise UserError(f"{place}: block given twice: {mode}")
        elif isinstance(value, dict):
            blocks[mode] = by_key(value, f"{place}: block {mode}")
        else:
            raise UserError(f"{place}: {name}: a block of keys for mode {mode} is a JSON object {{…}}")
    return beside, blocks


def block_problems(sources: Sources) -> list[Problem]:
    """Keys that stand in two places or choose another mode."""
    problems = []
    for mode, block in sources.blocks.items():
        for key in block:
            if key == "mode":
                said = "a block cannot choose the mode; write it beside the blocks"
                problems.append(Problem(mode, f"{mode}.mode: {said}"))
            elif key in sources.beside:
                said = f"stands in block {mode} and beside the blocks; leave it in one of both"
                problems.append(Problem(mode, f"{key}: {said}"))
    return problems


def unused_problems(sources: Sources, config: Config) -> list[Problem]:
    """Keys of blocks and of the command line that nothing would come of."""
    problems = []
    for mode, block in sources.blocks.items():
        own = Config.model_validate(sources.flat_for(mode))
        reasons = {key: unused_because(key, own) for key in block}
        problems += [Problem(mode, f"{mode}.{key}: {reason}") for key, reason in reasons.items() if reason]
    reasons = {key: unused_because(key, config) for key in sources.overrides}
    return problems + [Problem(key, f"{key}: {reason}") for key, reason in reasons.items() if reason]
