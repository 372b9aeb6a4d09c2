"""Every key is used by some config, and the rules speak of keys that there are."""

import pytest

from runner.config.file import load_config
from runner.config.keys import Config
from runner.config.usage import RULES, unused_because

CONFIGS = [
    load_config(None, {"mode": mode, "data": data, "minimizer": minimizer, "noise": noise})
    for mode in ("DEFAULT", "DAE", "VAE")
    for data in ("font", "images")
    for minimizer in ("adam", "powell")
    for noise in ("flip", "gaussian")
    if not (mode == "VAE" and minimizer == "powell")
]


@pytest.mark.parametrize("key", Config.model_fields)
def test_every_key_is_used_by_some_config(key):
    assert any(unused_because(key, config) is None for config in CONFIGS)


def test_the_rules_speak_of_keys_that_there_are():
    assert {key for rule in RULES for key in rule.keys} <= set(Config.model_fields)


def test_a_reason_names_what_the_config_has():
    powell = load_config(None, {"minimizer": "powell"})
    assert unused_because("batch_size", powell).startswith('minimizer "powell" does not use it')
    assert unused_because("epochs", powell) is None
