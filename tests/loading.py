"""Short ways to load a config, or to hear what is wrong with it."""

from pathlib import Path

import pytest

from runner.config.errors import UserError
from runner.config.file import load_config
from runner.config.keys import Config

# As printed in the course's slides, spaces and all.
SLIDES = """
"mode": "DEFAULT",
"vae dataset" : "fashion mnist",
"minimizer": "adam",
"noise probability": 0.1,
"neurons per layer": [20],
"latent layer neurons": 2,
"font set": "font2",
"font subset size": 10,
"beta": 1,
"epochs": 100
"""


def config(**keys) -> Config:
    return load_config(None, keys)


def complaint(**keys) -> str:
    with pytest.raises(UserError) as raised:
        load_config(None, keys)
    return str(raised.value)


def write(folder: Path, text: str) -> Path:
    path = folder / "config.json"
    path.write_text(text, encoding="utf-8")
    return path
