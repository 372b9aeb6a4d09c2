"""What a page says about a run in words and small tables."""

import json
from html import escape
from typing import Any

import numpy as np

from runner.config.keys import Config
from runner.data import Data
from runner.numbers import number_text
from runner.page.html_page import table
from runner.result.result import Result

MODES = {"DEFAULT": "autoencoder", "DAE": "denoising autoencoder", "VAE": "variational autoencoder"}


def counted(number: int, noun: str) -> str:
    """`1 pixel`, `2,000 epochs`."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def one(noun: str) -> str:
    """`a character`, `an image`."""
    return f"a{'n' * (noun[0] in 'aeiou')} {noun}"


def title(result: Result) -> str:
    """`32 characters through 2 numbers`, or for many pictures the name of the set: `mnist through …`."""
    data = result.data
    what = counted(len(data.judged), data.part + data.noun) if data.is_few else data.title
    return f"{what} through {counted(result.model.latent_size, 'number')}"


def headline(result: Result) -> str:
    """What was trained on what, in a line."""
    config, epochs = result.config, result.summary["epochs_run"]
    return f"{result.data.title} · {MODES[config.mode]} · {config.minimizer}, {counted(epochs, 'epoch')}"


def picture_names(result: Result, rows: list[int]) -> list[str]:
    """What to call some of the judged pictures, with the class where the name does not say it.

    No two of few pictures are called the same: a row number, as tables have it, tells them apart.
    """
    data = result.data
    judged = data.judged
    names = judged.captions if data.is_few else judged.names
    if judged.labels is not None:
        classes = [data.class_names[label] for label in judged.labels.tolist()]
        names = [
            caption if name == of_class else f"{caption} ({of_class})"
            for caption, name, of_class in zip(names, judged.names, classes, strict=True)
        ]
    if data.is_few and len(set(names)) < len(names):
        names = [f"{name} #{row}" for row, name in enumerate(names)]
    return [names[row] for row in rows]


def picture_classes(data: Data, rows: np.ndarray) -> list[int]:
    """The class of some of the judged pictures, 0 without classes."""
    labels = data.judged.labels_of(rows)
    return [0] * len(rows) if labels is None else labels.tolist()


def data_words(data: Data) -> str:
    """What was read, where it was found, and what reading it had to decide, as HTML."""
    items = "".join(f"<li>{escape(remark)}</li>" for remark in (data.source, *data.remarks) if remark)
    return f"<p>{escape(data.description)}</p>" + f"<ul>{items}</ul>" * bool(items)


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
    """The defaults; those that depend on mode, data and minimizer, for the ones of `config`."""
    defaults, of_mode = Config(), Config(mode=config.mode)
    keys = Config(mode=config.mode, data=config.data, minimizer=config.minimizer).model_dump()
    return keys | {"mode": defaults.mode, "data": of_mode.data, "minimizer": defaults.minimizer}
