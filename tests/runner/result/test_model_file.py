"""The model file is plain arrays that give the same network back, and nothing else is read as one."""

import io
import pickle
import re
from dataclasses import replace

import numpy as np
import pytest
from saved_runs import save_run

from latent.likeness import nearest
from main import main
from runner import load_run
from runner.config.errors import UserError
from runner.result.model_file import known_pictures, model_bytes, read_model
from tools.reference import DOCUMENTS, ROOT


def npz(**arrays):
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def arrays_of(content):
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


class Trap:
    """Would run code when it is unpickled."""

    def __reduce__(self):
        return (pytest.fail, ("a pickle was executed",))


@pytest.mark.parametrize("name", ["default_result", "letter_vae_result"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nothing",
        b"not an archive",
        b"PK\x03\x04 truncated",
        pickle.dumps(Trap()),
        npz(parameters=np.zeros(3)),
        npz(parameters=np.array([Trap()], dtype=object), units=np.array([1, 1, 1])),
        npz(cell=np.array([{}], dtype=object)),
    ],
)
def test_what_is_not_a_model_is_a_mistake_of_the_user(request, name, data):
    with pytest.raises(UserError, match=r"model\.npz cannot be read"):
        read_model(data, request.getfixturevalue(name).config)


@pytest.mark.parametrize("name", ["default_result", "letter_vae_result"])
def test_a_truncated_model_is_a_mistake_of_the_user(request, name):
    result = request.getfixturevalue(name)
    data = result.model_bytes()
    with pytest.raises(UserError, match=r"model\.npz cannot be read"):
        read_model(data[: len(data) // 2], result.config)


def test_weights_that_do_not_fit_the_config_are_a_mistake(image_result):
    other = image_result.config.model_copy(update={"neurons_per_layer": [17]})
    with pytest.raises(UserError, match="instead of"):
        read_model(image_result.model_bytes(), other)


def test_a_model_file_gives_the_numpy_network_back(default_result):
    model, data = default_result.model, default_result.data
    again = read_model(default_result.model_bytes(), default_result.config)
    assert again.model.network == model.network
    np.testing.assert_array_equal(again.model.parameters, model.parameters)
    assert (again.names, again.cell, again.is_ink) == (data.judged.names, data.cell, True)
    np.testing.assert_array_equal(again.known, data.judged.pixels)
    assert model_bytes(again.model, data) == default_result.model_bytes()


@pytest.mark.parametrize("name", ["image_result", "letter_vae_result"])
def test_a_stored_keras_network_encodes_and_decodes_alike(request, name):
    result = request.getfixturevalue(name)
    stored = read_model(result.model_bytes(), result.config)
    assert stored.cell == result.data.cell
    # All at once, as the result did: how a product of matrices is summed may depend on its size.
    codes = stored.model.encode(result.data.judged.pixels)
    np.testing.assert_array_equal(codes.means, result.codes.means)
    np.testing.assert_array_equal(codes.log_variances, result.codes.log_variances)
    zero = np.zeros((1, 2))
    np.testing.assert_array_equal(stored.model.decode(zero), result.model.decode(zero))


NETWORK = {"parameters", "units", "activations", "encoder_depth", "bias", "beta", "fixed_bias"}


@pytest.mark.parametrize(
    ("name", "has_known"),
    [
        ("default_result", True),
        ("denoising_result", True),
        ("letter_vae_result", True),
        ("grey_result", False),  # many, and grey
        ("few_result", False),  # grey
        ("image_result", False),
        ("color_result", False),
        ("color_vae_result", False),
    ],
)
def test_a_file_holds_plain_arrays_and_known_pictures_where_these_are_few_and_binary(
    request, name, has_known
):
    result = request.getfixturevalue(name)
    arrays = arrays_of(result.model_bytes())
    network = result.model.trained.weights if result.config.mode == "VAE" else NETWORK
    assert set(arrays) == {"cell", "is_ink", *network} | ({"names", "pixels"} if has_known else set())
    numbers = [array for array in arrays.values() if array.dtype.kind in "fiub"]
    assert all(np.isfinite(array).all() for array in numbers)
    assert tuple(arrays["cell"]) == result.data.cell
    assert arrays["is_ink"] == result.data.is_ink
    known, judged = known_pictures(result.data), result.data.judged
    assert (known is not None) == has_known
    if has_known:
        assert arrays["names"].tolist() == judged.names
        assert arrays["pixels"].dtype == np.uint8
        np.testing.assert_array_equal(arrays["pixels"], judged.levels())
        np.testing.assert_array_equal(known, judged.levels())


@pytest.mark.parametrize(
    "name",
    [
        *("default_result", "grey_result", "image_result", "letter_vae_result"),
        *("color_result", "color_vae_result"),
    ],
)
def test_a_stored_model_draws_as_its_run_did(request, name):
    result = request.getfixturevalue(name)
    stored = read_model(result.model_bytes(), result.config)
    points = np.random.default_rng(0).normal(size=(3, 2, 2))
    drawn, expected = stored.decode(points), result.decode(points)
    np.testing.assert_array_equal(drawn.pictures, expected.pictures)
    if result.known is None:
        assert (drawn.nearest, drawn.distance, stored.known, stored.names) == (None, None, None, [])
    else:
        rows, distances = nearest(drawn.pictures, result.pixels)
        np.testing.assert_array_equal(drawn.nearest, rows)
        np.testing.assert_array_equal(drawn.distance, distances)


(OF_NUMPY, OF_KERAS, OF_CONVOLUTIONS) = (
    block
    for block in re.findall(
        r"```python\n(.*?)```", (DOCUMENTS / "files.md").read_text(encoding="utf-8"), re.DOTALL
    )
    if "model.npz" in block or "convolved" in block
)


def check_the_documented_lines(code, rtol, most=24):
    """The lines of the docs alone encode and decode `results/latest` as we do."""
    assert set(re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE)) <= {"numpy", "json", "pathlib"}
    assert len([line for line in code.splitlines() if line]) <= most
    names: dict = {}
    exec(code, names)
    run = load_run("results/latest")
    pixels, codes = run.result.pixels, np.random.default_rng(0).normal(size=(5, run.model.latent_size))
    means = names["encode"](pixels)
    if isinstance(means, tuple):
        means, log_variances = means
        np.testing.assert_allclose(log_variances, run.result.codes.log_variances, rtol, rtol)
    np.testing.assert_allclose(means, run.encode(pixels), rtol, rtol)
    np.testing.assert_allclose(names["decode"](codes), run.decode(codes), rtol, rtol)
    names["model"].close()


SHIPPED, PLAIN = ROOT / "config.json", ROOT / "experiments" / "03_ten_letters_published.json"


@pytest.mark.parametrize(
    ("config", "words", "rtol"),
    [
        (SHIPPED, ["epochs=100"], 1e-12),
        (SHIPPED, ["mode=DAE", "epochs=2"], 1e-5),  # its recipe has single precision
        (SHIPPED, ["decoder_activation=relu", "bias=false", "epochs=20"], 1e-12),
        (PLAIN, ["minimizer=adam", "epochs=20"], 1e-12),
    ],
)
def test_the_lines_of_the_docs_are_enough_for_a_numpy_network(here, config, words, rtol):
    assert main([str(config), *words, "plots=false", "--quiet"]) == 0
    check_the_documented_lines(OF_NUMPY, rtol)


@pytest.mark.parametrize("name", ["image_result", "letter_vae_result"])
def test_the_lines_of_the_docs_are_enough_for_a_variational_autoencoder(here, request, name):
    result = request.getfixturevalue(name)
    result = replace(result, config=result.config.model_copy(update={"plots": False}))
    save_run(result, here / "results").become_latest()
    check_the_documented_lines(OF_KERAS, 1e-5)


@pytest.mark.parametrize("name", ["convolutional_result", "color_vae_result"])
def test_and_these_for_convolutions(here, request, name):
    result = request.getfixturevalue(name)
    result = replace(result, config=result.config.model_copy(update={"plots": False}))
    save_run(result, here / "results").become_latest()
    check_the_documented_lines(OF_KERAS + OF_CONVOLUTIONS, 1e-5, most=55)
