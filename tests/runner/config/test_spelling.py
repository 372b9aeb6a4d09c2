"""How values may be written."""

import pytest
from loading import complaint, config


@pytest.mark.parametrize(
    ("key", "written", "ours"),
    [
        ("minimizer", "SGD", "gradient_descent"),
        ("minimizer", "L-BFGS-B", "lbfgs"),
        ("loss", "mse", "squared_error"),
        ("loss", "BCE", "cross_entropy"),
        ("mode", "AE", "DEFAULT"),
        ("encoder_activation", "sigmoid", "logistic"),
        ("decoder_activation", "Swish", "silu"),
        ("initialization", "Xavier", "glorot"),
        ("noise", "salt and pepper", "salt_and_pepper"),
    ],
)
def test_what_others_call_a_value_is_taken_by_our_name(key, written, ours):
    assert getattr(config(**{key: written}), key) == ours


def test_a_whole_number_may_be_written_as_a_decimal():
    taken = config(epochs=1e3, neurons_per_layer=[20.0, 8], seed=2.0)
    assert (taken.epochs, taken.neurons_per_layer, taken.seed) == (1000, [20, 8], 2)
    assert all(isinstance(number, int) for number in (taken.epochs, taken.seed, *taken.neurons_per_layer))
    assert "epochs: got 2.5" in complaint(epochs=2.5)


def test_a_text_may_be_a_number():
    assert config(note=2024).note == "2024"
    assert "note: got true" in complaint(note=True)


def test_numbers_that_are_not_whole_stay_what_they_are():
    assert isinstance(config(beta=2.0).beta, float)
