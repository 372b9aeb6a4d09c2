"""The slider through the moments of a training, in a real browser, held against Python's own networks."""

import json
from dataclasses import replace

import numpy as np
import pytest
from browsing import Page
from selenium.webdriver.common.keys import Keys

from runner.figures.film.film import training_film
from runner.page import moments as module
from runner.page.contents import shown_rows
from runner.page.moments import moments_facts
from runner.page.page import page as written
from runner.result.learning import learning
from training.moments import Moments
from vae.trained import flattened

GREY = 1.5 / 255
DECODED = (
    "const {time} = await ready, {decode, encode, codes} = time.moments.at(args[0]);"
    "return {pictures: args[1].map((code) => Array.from(decode(code))),"
    "codes: codes.map((code) => Array.from(code)),"
    "encoded: encode && args[2].map((picture) => Array.from(encode(picture)))}"
)


def opened(browser, tmp_path, result, **window):
    return Page(browser, tmp_path / "explore.html", written(result), **window)


@pytest.fixture
def page(browser, tmp_path, default_result):
    page = opened(browser, tmp_path, default_result)
    yield page
    assert page.messages() == []
    assert page.requests() == []


def calm(driver, is_calm):
    features = [{"name": "prefers-reduced-motion", "value": "reduce" if is_calm else "no-preference"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def assert_equals_python(page, result, moments, tolerance):
    """At some moments the browser encodes and decodes as Python does."""
    codes = result.grid.codes.reshape(-1, result.model.latent_size)[::40]
    for index, moment in moments:
        found = page.call(DECODED, index, codes.tolist(), result.pixels[:5].tolist())
        expected = moment.model.decode(codes)
        np.testing.assert_allclose(found["pictures"], expected, atol=tolerance)
        means = moment.model.encode(result.data.judged.pixels[shown_rows(result)]).means
        np.testing.assert_allclose(found["codes"], means, rtol=1e-5, atol=1e-5)
        if found["encoded"]:
            means = moment.model.encode(result.pixels[:5]).means
            np.testing.assert_allclose(found["encoded"], means, atol=20 * tolerance)


@pytest.mark.parametrize("name", ["default_result", "denoising_result", "few_result", "grey_result"])
def test_the_browser_computes_as_python_does_at_every_moment(browser, tmp_path, request, name):
    result = request.getfixturevalue(name)
    page = opened(browser, tmp_path, result)
    earlier = list(enumerate(result.moments[:-1]))
    assert page.call("return (await ready).time.moments.epochs") == [m.epoch for m in result.moments]
    assert_equals_python(page, result, earlier[:: max(len(earlier) // 4, 1)], 1e-6)


def test_a_variational_autoencoder_has_its_moments(browser, tmp_path, image_result):
    page = opened(browser, tmp_path, image_result)
    assert_equals_python(page, image_result, list(enumerate(image_result.moments[:-1])), 1e-5)


def test_a_network_that_is_given_classes_has_its_moments(browser, tmp_path, conditional_result):
    result, trained = conditional_result, conditional_result.model.trained
    whole = flattened(trained.plan, trained.weights)
    weights = np.stack([0.5 * whole, 0.9 * whole]).astype(np.float16)
    best = replace(result.best, moments=Moments(np.array([0, 1]), weights, 2))
    result = replace(result, training=replace(result.training, candidates=[best]))
    page = opened(browser, tmp_path, result)
    codes, labels = np.array([[0.3, -1.0], [1.0, 0.2], [0, 0]]), np.array([0, 1, 2])
    script = (
        "const {time} = await ready, {decode} = time.moments.at(args[0]);"
        "return args[1].map((code, index) => Array.from(decode(code, args[2][index])))"
    )
    for index, moment in enumerate(result.moments[:-1]):
        found = page.call(script, index, codes.tolist(), labels.tolist())
        np.testing.assert_allclose(found, moment.model.decode(codes, labels), atol=1e-5)
        shown = result.data.judged.take(shown_rows(result))
        found = page.call(
            "return (await ready).time.moments.at(args[0]).codes.map((c) => Array.from(c))", index
        )
        means = moment.model.encode(shown.pixels, shown.labels).means
        np.testing.assert_allclose(found, means, rtol=1e-5, atol=1e-5)
    assert len(training_film(result).frames) == 3


def test_what_is_too_large_has_fewer_moments_in_bytes(browser, tmp_path, default_result, monkeypatch):
    exact = json.dumps(moments_facts(default_result, np.arange(8), has_encoder=True))
    monkeypatch.setattr(module, "MOST_OF_FEW", len(exact) / 8)
    facts = moments_facts(default_result, np.arange(8), has_encoder=True)
    assert 3 <= len(facts["epochs"]) - 1 < len(default_result.moments) - 1
    assert facts["epochs"][0] == 0
    assert facts["epochs"][-1] == default_result.moments[-1].epoch
    page = opened(browser, tmp_path, default_result)
    by_epoch = {moment.epoch: moment for moment in default_result.moments}
    moments = [(index, by_epoch[epoch]) for index, epoch in enumerate(facts["epochs"][:-1])]
    assert_equals_python(page, default_result, moments, 0.04)
    monkeypatch.setattr(module, "MOST_OF_FEW", 10)
    assert moments_facts(default_result, np.arange(8), has_encoder=True) is None


def test_the_slider_leads_map_drawing_and_curve_through_time(page, default_result):
    result = default_result
    slider = page.driver.find_element("css selector", "#moment")
    last = len(result.moments) - 1
    slider.send_keys(Keys.HOME)
    page.settle()
    assert page.text("epoch").startswith("epoch 0, error ")
    assert slider.get_attribute("aria-valuetext") == page.text("epoch")
    for index in (0, 1):
        moment = result.moments[index]
        place = page.place()
        decoded = moment.model.decode(result.plane.lift(np.array([place])))
        np.testing.assert_allclose(page.picture("#decoded", result.data.cell), decoded[0], atol=GREY)
        places = result.plane.project(moment.model.encode(result.pixels).means)
        found = page.call("return (await ready).scene.places.map((place) => Array.from(place))")
        np.testing.assert_allclose(found, places, atol=1e-5)
        assert page.call("return (await ready).curve.epoch") == moment.epoch
        # What is beside the map follows.
        empty = np.zeros((1, result.pixels.shape[1]))
        own = page.call("return Array.from((await ready).own.code)")
        np.testing.assert_allclose(own, moment.model.encode(empty).means[0], atol=1e-4)
        drawn = moment.model.decode(moment.model.encode(result.pixels).means)
        errors = 0.5 * np.square(drawn - result.pixels).sum(axis=1)
        np.testing.assert_allclose(page.call("return (await ready).run.errors"), errors, rtol=1e-3)
        slider.send_keys(Keys.ARROW_RIGHT)
        page.settle()
    slider.send_keys(Keys.END)
    page.settle()
    error = learning(result).curves[-1].at(result.moments[-1].epoch)
    assert page.text("epoch") == f"epoch {result.moments[-1].epoch}, error {float(f'{error:.4g}'):g}"
    assert page.call("const {time, curve} = await ready; return [time.moment, curve.epoch]") == [last, None]
    decoded = result.decode(result.plane.lift(np.array([page.place()]))).pictures[0]
    np.testing.assert_allclose(page.picture("#decoded", result.data.cell), decoded, atol=GREY)
    exact = page.call("return (await ready).run.codes.map((code) => Array.from(code))")
    np.testing.assert_allclose(exact, result.codes.means, atol=1e-12)


def test_it_plays_from_the_beginning_and_pauses(page):
    assert page.text("play") == "Watch it learn"
    page.click("#play")
    assert page.text("play") == "Pause"
    wait = "const {{time}} = await ready; while ({}) await new Promise((go) => setTimeout(go, 20))".format
    page.call(wait("time.moment < 3"))
    page.click("#play")
    moment = page.call("return (await ready).time.moment")
    assert 3 <= moment < 40
    assert page.text("play") == "Watch it learn"
    script = "await new Promise((go) => setTimeout(go, 300)); return (await ready).time.moment"
    assert page.call(script) == moment
    page.call("const {time} = await ready; time.go(time.last - 1)")
    page.click("#play")  # the last moment, at which it ends by itself
    page.call(wait("time.timer"))
    assert page.call("const {time} = await ready; return time.moment === time.last")


def test_who_wants_less_motion_goes_step_by_step(page):
    try:
        calm(page.driver, is_calm=True)
        page.settle()
        assert page.text("play") == "Next moment"
        for moment in (0, 1, 2):
            page.click("#play")
            assert page.call("const {time} = await ready; return [time.moment, time.timer]") == [
                moment,
                None,
            ]
    finally:
        calm(page.driver, is_calm=False)


def test_it_fits_a_phone_and_has_names(browser, tmp_path, default_result):
    page = opened(browser, tmp_path, default_result, width=360, height=740, dark=True)
    assert page.overflow() == 0
    assert page.call("return byId('moment').getAttribute('aria-label')") == "Moment of the training"
    assert page.call("return byId('moment').getBoundingClientRect().width") > 200


def test_where_only_the_end_is_known_there_is_no_slider(browser, tmp_path, default_result):
    alone = replace(default_result.best, moments=Moments.none(400))
    result = replace(default_result, training=replace(default_result.training, candidates=[alone]))
    page = opened(browser, tmp_path, result)
    assert page.call("return byId('time').hidden && (await ready).time === null")


def test_a_page_grows_little(default_result):
    facts = moments_facts(default_result, shown_rows(default_result), has_encoder=True)
    weights = default_result.best.moments.weights
    assert len(json.dumps(facts)) < 1.5 * weights.nbytes + 60 * len(default_result.moments) * 8
