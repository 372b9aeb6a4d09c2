"""The sentences that help: what others call a key, Python's words, lists."""

import pytest
from loading import complaint


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("neurons", "neurons_per_layer"),
        ("lr", "learning_rate"),
        ("optimizer", "minimizer"),
        ("dataset", "vae_dataset"),
        ("latent_dim", "latent_layer_neurons"),
    ],
)
def test_what_others_call_a_key_is_told(written, ours):
    assert f'{written}: unknown key; here it is called "{ours}"' in complaint(**{written: 1})


@pytest.mark.parametrize(
    ("key", "word", "rule", "ours"),
    [("bias", "True", "true or false", "true"), ("patience", "None", "a whole number or null", "null")],
)
def test_pythons_words_are_told_in_json(key, word, rule, ours):
    assert f'got "{word}"; must be {rule}: write {ours}' in complaint(**{key: word})


def test_a_number_for_a_list_is_told_with_its_brackets():
    assert "neurons_per_layer: got 20; must be a list: write [20]" in complaint(neurons_per_layer=20)
