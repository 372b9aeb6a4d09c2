"""Small finished results that several tests look at; trained once a session."""

import io
import json
from contextlib import redirect_stdout

import as_main_does  # noqa: F401  (before NumPy)
import numpy as np
import pytest
from bdf import write_font
from browsing import open_browser
from hypothesis import settings
from PIL import Image
from vae_plans import random_weights

from main import main
from runner.config.file import load_config
from runner.experiment import run_experiment
from runner.loading import load_data
from runner.models.face import Candidate, Training
from runner.models.variational import VariationalAutoencoder
from runner.models.variational_plan import classes_given, fitting_plan
from runner.result.result import Result
from training.ending import Ending
from training.history import History
from vae.fitting import MET, VALIDATION
from vae.trained import rebuild

# A busy machine is no reason to fail.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# What takes longest comes first, so that at the end no core waits for another.
LONGEST = (
    "reliability",
    "commands",
    "every_config",
    "combinations",
    "fitting",
    "sweep",
    "main",
    "workers",
    "few",
    "many",
    "page",
)


def pytest_collection_modifyitems(items):
    """Order the files; within a file the tests keep theirs."""
    names = [f"test_{name}" for name in LONGEST]
    items.sort(key=lambda item: names.index(item.path.stem) if item.path.stem in names else len(names))


RECIPE = {
    "neurons_per_layer": [12],
    "font_subset_size": 8,
    "epochs": 400,
    "encoder_activation": "tanh",
    "decoder_activation": "tanh",
    "bias": True,
    "loss": "cross_entropy",
    "initialization": "glorot",
    "learning_rate": 0.03,
}


@pytest.fixture(scope="session")
def default_result():
    """Mode DEFAULT: 8 characters, 2 latent neurons, 3 restarts, two generated points."""
    changes = {"restarts": 3, "generate": [[0, 0.2], [1, 0.2]]}
    return run_experiment(load_config(None, {**RECIPE, **changes}))


@pytest.fixture(scope="session")
def denoising_result():
    """Mode DAE: 8 characters, 4 latent neurons, 5 noisy copies, new noise every epoch."""
    changes = {"mode": "DAE", "latent_layer_neurons": 4, "fresh_noise": True}
    return run_experiment(load_config(None, {**RECIPE, **changes}))


@pytest.fixture(scope="session")
def image_file(tmp_path_factory):
    """300 training and 310 test images of 6×5 pixels in three classes, as an `.npz`."""
    random = np.random.default_rng(0)
    prototypes = random.uniform(0, 255, (3, 6, 5))

    def draw(count):
        labels = random.integers(0, 3, count)
        images = prototypes[labels] + random.normal(0, 20, (count, 6, 5))
        return np.clip(images, 0, 255).astype(np.uint8), labels

    (x_train, y_train), (x_test, y_test) = draw(300), draw(310)
    path = tmp_path_factory.mktemp("images") / "three.npz"
    np.savez(path, x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
    return path


@pytest.fixture(scope="session")
def image_result(image_file):
    """Mode VAE: those images, which are many, 2 latent neurons, 4 epochs."""
    pytest.importorskip("tensorflow")
    keys = {"mode": "VAE", "vae_dataset": str(image_file), "neurons_per_layer": [16], "epochs": 4}
    return run_experiment(load_config(None, {**keys, "learning_rate": 0.01, "generate": [[0, 1], [2, 0]]}))


@pytest.fixture(scope="session")
def grey_result(image_file):
    """Mode DEFAULT: the same images, and two restarts."""
    keys = {"data": "images", "vae_dataset": str(image_file), "neurons_per_layer": [16], "epochs": 4}
    return run_experiment(load_config(None, {**keys, "restarts": 2, "generate": [[0, 1], [2, 0]]}))


@pytest.fixture(scope="session")
def picture_folder(tmp_path_factory):
    """Twelve pictures of 8×6 pixels in two classes, `crosses` and `rings`, each with a file name."""
    folder = tmp_path_factory.mktemp("own") / "signs"
    random = np.random.default_rng(1)
    for name, of_class in (("cross", "crosses"), ("ring", "rings")):
        (folder / of_class).mkdir(parents=True)
        for number in range(6):
            pixels = random.integers(0, 256, (8, 6), dtype=np.uint8)
            Image.fromarray(pixels).save(folder / of_class / f"{name} {number}.png")
    return folder


@pytest.fixture(scope="session")
def few_result(picture_folder):
    """Mode DEFAULT: those pictures, learned whole."""
    keys = {"data": "images", "vae_dataset": str(picture_folder), "neurons_per_layer": [8], "epochs": 30}
    return run_experiment(load_config(None, keys))


@pytest.fixture(scope="session")
def color_folder(tmp_path_factory):
    """Twelve pictures of 8×6 pixels in colour, two classes of them, with transparent corners."""
    folder = tmp_path_factory.mktemp("colors") / "sprites"
    random = np.random.default_rng(2)
    for of_class in ("cold", "warm"):
        (folder / of_class).mkdir(parents=True)
        for number in range(6):
            pixels = random.integers(0, 256, (8, 6, 4), dtype=np.uint8)
            pixels[..., 3] = 255
            pixels[:2, :2, 3] = 0
            Image.fromarray(pixels).save(folder / of_class / f"sprite {number}.png")
    return folder


@pytest.fixture(scope="session")
def color_result(color_folder):
    """Mode DEFAULT: those pictures, learned whole."""
    keys = {"data": "images", "vae_dataset": str(color_folder), "neurons_per_layer": [8], "epochs": 30}
    return run_experiment(load_config(None, keys))


@pytest.fixture(scope="session")
def color_vae_result(color_folder):
    """Mode VAE, convolutional, on those pictures: random weights. TensorFlow is not needed."""
    kind = {"layer_kind": "convolutional", "neurons_per_layer": [4, 3]}
    return untrained({"vae_dataset": str(color_folder), "generate": [[0, 1]], **kind})


@pytest.fixture(scope="session")
def conditional_result(image_file):
    """Mode VAE on images of three classes, which it is given: random weights."""
    keys = {"vae_dataset": str(image_file), "conditional": True, "neurons_per_layer": [8]}
    return untrained({**keys, "generate": [[0, 1], [2, 0]]})


@pytest.fixture(scope="session")
def few_conditional_result(picture_folder):
    """Mode VAE on twelve pictures of two classes, which it is given: random weights."""
    return untrained({"vae_dataset": str(picture_folder), "conditional": True, "neurons_per_layer": [8]})


@pytest.fixture(scope="session")
def many_letters_result(tmp_path_factory):
    """Mode DEFAULT: a font of 320 glyphs of 5×4 pixels, more than are told one by one."""
    glyphs = np.random.default_rng(3).integers(0, 2, (320, 5, 4))
    font = write_font(tmp_path_factory.mktemp("fonts") / "many.bdf", glyphs)
    keys = {"font_set": str(font), "neurons_per_layer": [8], "epochs": 3, "generate": [[0, 1]]}
    return run_experiment(load_config(None, keys))


@pytest.fixture(scope="session")
def letter_vae_result():
    """Mode VAE on 8 characters: random weights, as if after two epochs. TensorFlow is not needed."""
    return untrained_letters({})


@pytest.fixture(scope="session")
def exact_result():
    """The same with the parts of its −ELBO."""
    return untrained_letters({"exact_likelihood": True})


@pytest.fixture(scope="session")
def exact_line_result():
    """The same with one latent number."""
    return untrained_letters({"exact_likelihood": True, "latent_layer_neurons": 1, "generate": [[0]]})


@pytest.fixture(scope="session")
def bounded_result():
    """The same with three latent numbers, of which log p(x) is known from below."""
    keys = {"exact_likelihood": True, "latent_layer_neurons": 3}
    return untrained_letters({**keys, "generate": [[0, 1, 0]]})


@pytest.fixture(scope="session")
def convolutional_result():
    """The same with three convolutions, as deep as 7×5 pixels can go."""
    return untrained_letters({"layer_kind": "convolutional", "neurons_per_layer": [4, 3, 6]})


def untrained_letters(keys):
    """A VAE of 8 characters that looks as if it had been trained for two epochs."""
    return untrained({"data": "font", "font_subset_size": 8, "generate": [[0, 1]], **keys})


def untrained(keys):
    """A VAE that looks as if it had been trained for two epochs."""
    config = load_config(None, {"mode": "VAE", **keys})
    data = load_data(config)
    plan = fitting_plan(config, data.cell, classes_given(config, data))
    model = VariationalAutoencoder(rebuild(plan, random_weights(plan, 0.3, seed=2)))
    history = History(
        1, {name: np.array([25.0, 24.0]) for name in (*MET, VALIDATION)} | {"seconds": np.array([0.2, 0.3])}
    )
    training = Training([Candidate(0, model, history, False)], Ending.FINISHED)
    return Result(config, data, None, training, 0.5)


@pytest.fixture(scope="session")
def denoised_images_result(image_file):
    """Mode DAE: the images, which have a test part."""
    keys = {"mode": "DAE", "data": "images", "vae_dataset": str(image_file), "neurons_per_layer": [5]}
    return run_experiment(load_config(None, {**keys, "epochs": 2}))


RESULTS = (
    *("default_result", "denoising_result", "letter_vae_result", "many_letters_result"),
    "convolutional_result",
    *("image_result", "grey_result", "few_result", "denoised_images_result"),
    *("color_result", "color_vae_result"),
)


@pytest.fixture(params=RESULTS)
def any_result(request):
    """Results of all kinds, one after the other."""
    return request.getfixturevalue(request.param)


# Twenty runs: every tenth diverges, and the last has a point that its latent layer cannot have.
SWEEP = {
    "epochs": 20,
    "font_subset_size": 6,
    "neurons_per_layer": [8],
    "minimizer": "gradient_descent",
    "loss": "cross_entropy",
    "plots": False,
    "sweep": [
        {"Latent Layer Neurons": [2, 3]},
        {
            "seed": list(range(10)),
            "learning rate": [0.03] * 4 + [1e200] + [0.01] * 5,
            "generate": [[]] * 9 + [[[0, 0.5]]],
        },
    ],
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder with an empty config and that of a sweep, as the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "sweep.json").write_text(json.dumps(SWEEP))
    return tmp_path


@pytest.fixture(scope="session")
def swept(tmp_path_factory):
    """The folder of that sweep, by two processes, and what it said to the terminal."""
    config = tmp_path_factory.mktemp("swept") / "sweep.json"
    config.write_text(json.dumps(SWEEP))
    said = io.StringIO()
    with redirect_stdout(said):
        code = main([str(config), "--results", str(config.parent), "--name", "sweep", "--jobs", "2"])
    assert code == 1
    return config.parent / "sweep", said.getvalue()


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium, one for all tests of a module."""
    driver = open_browser()
    yield driver
    driver.quit()
