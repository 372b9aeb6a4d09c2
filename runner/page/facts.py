"""What a page says about a run in words and small tables."""

import json
from typing import Any

from runner.config.keys import Config
from runner.page.html_page import table

MODES = {"DEFAULT": "autoencoder", "DAE": "denoising autoencoder", "VAE": "variational autoencoder"}


def counted(number: int, noun: str) -> str:
    """`1 pixel`, `2,000 epochs`."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def headline(config: Config, data: str, epochs: int) -> str:
    """What was trained on what, in a line."""
    return f"{data} · {MODES[config.mode]} · {config.minimizer}, {counted(epochs, 'epoch')}"


def summary_table(summary: dict[str, Any]) -> str:
    """The final numbers as an HTML table."""
    rows = [(name.replace("_", " "), number_text(value)) for name, value in summary.items()]
    return table(rows, "Summary")


def config_tables(config: Config) -> str:
    """Two HTML tables: the keys that differ from their defaults, and all others."""
    keys = config.model_dump()
    usual = usual_keys(config)
    texts = {name: json.dumps(value, ensure_ascii=False) for name, value in keys.items()}
    changed = [(name, text) for name, text in texts.items() if keys[name] != usual[name]]
    others = [(name, text) for name, text in texts.items() if keys[name] == usual[name]]
    return table(changed, "Chosen for this run") + table(others, "Left at their defaults")


def usual_keys(config: Config) -> dict[str, Any]:
    """The defaults; those that depend on mode and minimizer, for the ones of `config`."""
    defaults = Config()
    keys = Config(mode=config.mode, minimizer=config.minimizer).model_dump()
    return keys | {"mode": defaults.mode, "minimizer": defaults.minimizer}


def number_text(value: float | None) -> str:
    """Four significant digits of a number, whole numbers as they are."""
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"
