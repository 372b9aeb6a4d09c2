"""Which values go together, and what is said where they do not."""

import pytest

from runner.config.agreement import RULES, disagreement
from runner.config.keys import Config

REFUSED = [
    ("minimizer", "powell", {"mode": "VAE"}, "mode VAE cannot use it"),
    ("characters", "abc", {"font_subset_size": 3}, "give either characters or font_subset_size"),
    ("fresh_noise", True, {"mode": "DAE", "minimizer": "lbfgs"}, "the same examples in every epoch"),
    ("latent_noise", 0.1, {"minimizer": "powell"}, "the same codes in every step"),
    ("fixed_bias", 1.0, {"bias": True, "mode": "DAE"}, "a trained bias takes in any number"),
    ("generate", [[0.0]], {"latent_layer_neurons": 2}, "each point needs 2 numbers"),
    ("exact_posterior_epochs", 1, {"mode": "VAE", "latent_layer_neurons": 3}, "one or two latent neurons"),
    ("exact_posterior_epochs", 1, {"mode": "VAE", "conditional": True}, "given the class cannot use it"),
    (
        "samples",
        None,
        {"sweep": [{"beta": Config(sweep=[{"beta": {"from": 1, "to": 2}}], samples=2).sweep[0]["beta"]}]},
        "number of points to draw",
    ),
    ("precision", "float32", {"minimizer": "lbfgs"}, "need double precision"),
]


@pytest.mark.parametrize(("key", "value", "given", "said"), REFUSED)
def test_what_does_not_go_together_is_told_with_the_remedy(key, value, given, said):
    assert said in disagreement(key, value, given)
    assert disagreement(key, value, {}) is None  # a key that was wrong itself is not held against others


def test_each_rule_refuses_something_and_is_of_a_key():
    assert {key for key, *_ in REFUSED} == RULES.keys() <= Config.model_fields.keys()
