"""The model file of images is plain arrays that give the same network back."""

import io

import numpy as np
import pytest

from runner.config.errors import UserError
from runner.image_model import read_model


def test_a_stored_model_encodes_and_decodes_alike(image_result):
    trained, shape = read_model(image_result.model_bytes(), image_result.config)
    assert shape == (6, 5)
    # All at once, as the result did: how a product of matrices is summed may depend on its size.
    codes, _ = trained.encode(image_result.test_pixels)
    np.testing.assert_array_equal(codes, image_result.codes[0])
    np.testing.assert_array_equal(
        trained.decode(np.zeros((1, 2))), image_result.trained.decode(np.zeros((1, 2)))
    )


def test_weights_that_do_not_fit_the_config_are_a_mistake(image_result):
    other = image_result.config.model_copy(update={"neurons_per_layer": [17]})
    with pytest.raises(UserError, match="instead of"):
        read_model(image_result.model_bytes(), other)


@pytest.mark.parametrize("data", [b"", b"nothing", b"PK\x03\x04 truncated"])
def test_what_is_no_model_is_a_mistake(image_result, data):
    with pytest.raises(UserError, match=r"model\.npz cannot be read"):
        read_model(data, image_result.config)


def test_an_array_of_objects_is_never_unpickled(image_result):
    buffer = io.BytesIO()
    np.savez(buffer, image_shape=np.array([{}], dtype=object))
    with pytest.raises(UserError, match=r"model\.npz cannot be read"):
        read_model(buffer.getvalue(), image_result.config)
