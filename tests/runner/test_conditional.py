"""A network that is given the class of each picture, from config to result, files and page."""

from dataclasses import replace

import numpy as np
import pytest
from browsing import Page
from folders import rows
from reading import read
from saved_runs import save_run
from vae_plans import random_weights

from runner import load_run
from runner.config.errors import UserError
from runner.config.file import load_config
from runner.config.usage import unused_because
from runner.console.terminal import Terminal
from runner.decode import decode_and_save
from runner.encode import encode_and_save
from runner.figures.figures import draw_figures
from runner.loading import load_data
from runner.models.variational_plan import MOST_CLASSES, classes_given, with_classes
from runner.page.page import page as written
from runner.result.restored import restored_result
from runner.storage.csv_text import csv_text
from runner.tables.decoded import generated, grid, interpolations
from runner.tables.tables import TABLES
from training.moments import Moments
from vae.likelihood import losses
from vae.trained import flattened

NAMES = ["class 0", "class 1", "class 2"]


@pytest.fixture
def result(conditional_result):
    """The same without pictures and pages."""
    config = conditional_result.config.model_copy(update={"plots": False})
    return replace(conditional_result, config=config)


@pytest.fixture
def run(result, tmp_path):
    return load_run(save_run(result, tmp_path).path)


def alone(result, label):
    """The network that is given one class, as one that is given none."""
    return result.model.trained.of_class(label)


# The network


def test_each_picture_is_encoded_and_drawn_by_the_network_of_its_class(result):
    judged = result.data.judged
    for label in range(3):
        members = judged.labels == label
        means, log_variances = alone(result, label).encode(judged.pixels[members])
        np.testing.assert_allclose(result.codes.means[members], means, rtol=1e-5)
        np.testing.assert_allclose(result.codes.log_variances[members], log_variances, rtol=1e-5)
        drawn = alone(result, label).decode(means)
        np.testing.assert_allclose(result.outputs[members], drawn, rtol=1e-5)


def test_without_a_class_it_does_nothing(result):
    with pytest.raises(ValueError, match="is given a class, and there is none"):
        result.model.encode(result.data.judged.pixels)


def test_codes_of_any_shape_have_a_class_each_and_there_may_be_none(result):
    codes, labels = np.random.default_rng(0).normal(size=(2, 3, 2)), np.array([[0, 1, 2], [2, 2, 0]])
    drawn = result.model.decode(codes, labels)
    for place in np.ndindex(2, 3):
        (expected,) = alone(result, labels[place]).decode(codes[place][None])
        np.testing.assert_allclose(drawn[place], expected, rtol=1e-5)
    assert result.model.decode(np.empty((0, 2)), np.empty(0, int)).shape == (0, 30)


def test_the_parts_of_its_elbo_are_those_of_each_class(result):
    judged = result.data.judged.take(np.arange(9))
    parts = result.model.losses(judged.pixels, judged.labels)
    for label in range(3):
        members = judged.labels == label
        own = losses(alone(result, label), judged.pixels[members])
        for ours, theirs in zip(parts.arrays(), own.arrays(), strict=True):
            np.testing.assert_allclose(ours[members], theirs, rtol=1e-3, atol=1e-4)


def test_what_it_is_trained_on_has_the_class_behind_the_pixels(result):
    data = with_classes(result.data, 3)
    for part, whole in ((data.train, result.data.train), (data.test, result.data.test)):
        np.testing.assert_array_equal(part.pixels[:, :30], whole.pixels)
        np.testing.assert_array_equal(part.pixels[:, 30:].argmax(axis=1), whole.labels)
        np.testing.assert_array_equal(part.pixels[:, 30:].sum(axis=1, dtype=int), 255)
    assert with_classes(result.data, 0) is result.data


# What is refused


def conditional(**keys):
    config = load_config(None, {"mode": "VAE", "conditional": True, **keys})
    return classes_given(config, load_data(config))


def test_data_without_classes_are_refused_with_the_remedy(tmp_path):
    images = np.random.default_rng(0).integers(0, 256, (12, 4, 3), dtype=np.uint8)
    np.savez(tmp_path / "bare.npz", x_train=images)
    with pytest.raises(UserError, match=r"bare\.npz has no classes; make a sub-folder of each class"):
        conditional(vae_dataset=str(tmp_path / "bare.npz"))
    with pytest.raises(UserError, match="font2 has no classes; write conditional=false"):
        conditional(data="font")


def test_too_many_classes_are_refused(tmp_path, monkeypatch):
    images = np.random.default_rng(0).integers(0, 256, (12, 4, 3), dtype=np.uint8)
    np.savez(tmp_path / "many.npz", x_train=images, y_train=np.arange(12))
    assert conditional(vae_dataset=str(tmp_path / "many.npz")) == 12 <= MOST_CLASSES
    monkeypatch.setattr("runner.models.variational_plan.MOST_CLASSES", 11)
    with pytest.raises(UserError, match=r"many\.npz has 12 classes; at most 11 are given"):
        conditional(vae_dataset=str(tmp_path / "many.npz"))


@pytest.mark.parametrize("mode", ["DEFAULT", "DAE"])
def test_no_other_mode_is_given_classes(mode):
    config = load_config(None, {"mode": mode})
    assert unused_because("conditional", config) == f"mode {mode} does not use it; mode VAE does"


# Tables and pictures


def test_the_grid_is_drawn_in_each_class(result):
    table = read(grid(result))
    codes = result.region.grid(15).reshape(-1, 2)
    for label, name in enumerate(NAMES):
        rows_of = table[table["class_name"] == name]
        values = rows_of["value"].to_numpy().reshape(225, 30)
        np.testing.assert_allclose(values, alone(result, label).decode(codes), rtol=1e-5)
        assert rows_of[["z1", "z2"]].to_numpy()[::30] == pytest.approx(codes)
        assert rows_of[["grid_row", "grid_column"]].to_numpy()[30].tolist() == [0, 1]


def test_points_are_generated_in_each_class_and_ways_lead_through_that_of_the_first(result):
    table = read(generated(result))
    assert table["class_name"].to_numpy()[::30].tolist() == NAMES * 2
    assert table[["z1", "z2"]].to_numpy()[::30].tolist() == [[0, 1]] * 3 + [[2, 0]] * 3
    between, labels = read(interpolations(result)), result.data.judged.labels
    first = [NAMES[labels[pair.first]] for pair in result.pairs]
    assert between["class_name"].to_numpy()[:: 5 * 30].tolist() == first


def test_each_class_has_a_grid_and_its_samples(conditional_result):
    figures = dict(draw_figures(conditional_result))
    grids = [name for name in figures if name.startswith("decoded_grid")]
    assert grids == ["decoded_grid.png", "decoded_grid_2.png", "decoded_grid_3.png"]
    assert [figures[name].texts[1].get_text() for name in grids] == [f"as {name}" for name in NAMES]
    assert len(conditional_result.samples) == 30
    assert figures["samples.png"].texts[1].get_text() == "10 of each: class 0, class 1, class 2"


def test_of_very_many_classes_the_first_are_drawn(conditional_result, monkeypatch):
    monkeypatch.setattr("runner.result.result.MOST_CLASSES_DRAWN", 2)
    result = replace(conditional_result)
    assert result.grid.codes.shape == (2, 15, 15, 2)
    assert (len(result.samples), len(result.generated.codes)) == (20, 4)


# Files and the library


def test_a_saved_run_is_the_same_run(result, tmp_path):
    folder = save_run(result, tmp_path)
    restored = restored_result(folder)
    for name, table in TABLES.items():
        assert csv_text(table(restored)).encode() == folder.read(name), name
    np.testing.assert_equal(restored.model.arrays(), result.model.arrays())


def test_a_loaded_run_takes_classes_by_name_or_label_one_or_each(run, result):
    judged = result.data.judged
    np.testing.assert_allclose(run.encode(judged.pixels, judged.labels), result.codes.means, rtol=1e-6)
    names = [NAMES[label] for label in judged.labels]
    np.testing.assert_allclose(run.encode(judged.pixels, names), result.codes.means, rtol=1e-6)
    codes = np.zeros((2, 3, 2))
    (expected,) = alone(result, 2).decode(codes[0, :1])
    np.testing.assert_allclose(
        run.decode(codes, "2"), np.broadcast_to(expected.reshape(6, 5), (2, 3, 6, 5))
    )
    assert run.decode([0, 0], 1).shape == (6, 5)
    np.testing.assert_allclose(
        run.reconstruct(judged.pixels, judged.labels).reshape(-1, 30), result.outputs, rtol=1e-5
    )


def test_classes_that_are_missing_wrong_or_too_many_are_told(run, tmp_path, image_result):
    with pytest.raises(
        UserError, match="classes: this network is given one of class 0, class 1, class 2; name them"
    ):
        run.decode([0, 0])
    with pytest.raises(UserError, match="classes: no class 'cat'; there are class 0, class 1, class 2"):
        run.decode([0, 0], "cat")
    with pytest.raises(UserError, match=r"classes: got the shape \(3,\); write one, or \(2,\)"):
        run.decode([[0, 0], [1, 1]], [0, 1, 2])
    other = load_run(save_run(replace(image_result), tmp_path / "other").path)
    with pytest.raises(UserError, match="classes: this network was trained without"):
        other.decode([0, 0], 1)


def test_points_to_decode_have_their_class_before_them(run, result, tmp_path):
    folder, terminal = tmp_path / "run", Terminal(quiet=True)
    decode_and_save(folder, ["2:0,0.2", "0:1,-1"], terminal)
    table = rows(folder / "decoded.csv")
    assert [row["class_name"] for row in table[::30]] == ["class 2", "class 0"]
    values = np.array([float(row["value"]) for row in table]).reshape(2, 30)
    for label, code, value in zip((2, 0), ([0, 0.2], [1, -1]), values, strict=True):
        np.testing.assert_allclose(value, alone(result, label).decode(np.array([code]))[0], rtol=1e-5)
    with pytest.raises(UserError, match=r"is given a class, which stands before a point: 0:0,0\.2"):
        decode_and_save(folder, ["0,0.2"], terminal)
    with pytest.raises(UserError, match="no class '9'; there are class 0, class 1, class 2"):
        decode_and_save(folder, ["9:0,0.2"], terminal)


def test_pictures_to_encode_need_classes_that_it_knows(run, result, image_file, tmp_path):
    folder, terminal = tmp_path / "run", Terminal(quiet=True)
    encode_and_save(folder, str(image_file), terminal)
    table = rows(folder / "encoded.csv")
    judged = np.array([[float(row["z1"]), float(row["z2"])] for row in table[-len(result.data.test) :]])
    np.testing.assert_allclose(judged, result.codes.means, rtol=1e-5)
    with np.load(image_file) as file:
        np.savez(tmp_path / "bare.npz", x_train=file["x_train"])
        np.savez(tmp_path / "others.npz", x_train=file["x_train"], y_train=file["y_train"] + 7)
    with pytest.raises(UserError, match=r"is given the class of each image, and bare\.npz has none"):
        encode_and_save(folder, str(tmp_path / "bare.npz"), terminal)
    with pytest.raises(UserError, match="no class 'class 7'; this network knows class 0, class 1, class 2"):
        encode_and_save(folder, str(tmp_path / "others.npz"), terminal)


# The page


def test_the_page_draws_in_the_class_that_is_chosen(browser, tmp_path, result):
    page = Page(browser, tmp_path / "explore.html", written(result))
    place = result.places[0]
    page.point(place)
    for label in (0, 2, 1):
        page.call("const s = byId('label'); s.value = args[0]; s.dispatchEvent(new Event('change'))", label)
        page.settle()
        code = result.plane.lift(np.array([page.place()]))
        (expected,) = alone(result, label).decode(code)
        shown = page.picture("#decoded", result.data.cell)
        np.testing.assert_allclose(shown, result.data.as_ink(expected), atol=0.01)
    assert page.messages() == []


def test_without_classes_there_is_no_switch(browser, tmp_path, letter_vae_result):
    page = Page(browser, tmp_path / "explore.html", written(letter_vae_result))
    assert page.call("return byId('given').hidden")


def test_at_an_earlier_moment_the_page_draws_in_that_class_too(browser, tmp_path, result):
    plan = result.model.trained.plan
    weights = flattened(plan, random_weights(plan, 0.5, seed=5))[None]
    (candidate,) = result.training.candidates
    candidates = [replace(candidate, moments=Moments(np.array([0]), weights, 2))]
    result = replace(result, training=replace(result.training, candidates=candidates))
    page = Page(browser, tmp_path / "explore.html", written(result))
    page.call("(await ready).run.label = 2; (await (await ready).time).go(0)")
    page.settle()
    code = result.plane.lift(np.array([page.place()]))
    (expected,) = result.moments[0].model.decode(code, np.array([2]))
    shown = page.picture("#decoded", result.data.cell)
    np.testing.assert_allclose(shown, result.data.as_ink(expected), atol=0.02)
