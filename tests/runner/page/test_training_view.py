"""The laboratory of a page in a real browser: its controls, what it shows, the config that it hands out."""

import json
import time

import numpy as np
import pytest

from runner.config.file import load_config
from runner.experiment import run_experiment

TO_THE_END = (
    "const {training} = await ready; byId('training-pace').value = 1000000; byId('training-start').click();"
    "while (training.isRunning) await new Promise(requestAnimationFrame);"
)


def epoch(page):
    return int(page.text("training-epoch").replace(",", ""))


def enter(page, name, value):
    page.call(
        "const input = byId(`training-${args[0]}`); input.value = args[1];"
        "input.dispatchEvent(new Event('change'))",
        *(name, value),
    )
    page.settle()


def test_it_starts_pauses_steps_and_begins_anew(opened, default_result):
    page = opened(default_result)
    assert (epoch(page), page.text("training-start")) == (0, "Start")
    assert page.text("training-learned") == "0 of 8"
    page.click("#training-step")
    page.click("#training-step")
    assert (epoch(page), page.text("training-state")) == (2, "Paused")
    assert float(page.text("training-error")) == pytest.approx(default_result.history["error"][2], rel=1e-3)
    enter(page, "epochs", 100_000)  # which nobody waits for
    page.click("#training-start")
    assert page.text("training-start") == "Pause"
    assert page.text("training-state") == "Training"
    page.click("#training-start")
    paused = epoch(page)
    assert paused > 2
    page.settle()
    assert epoch(page) == paused
    enter(page, "epochs", "")
    assert epoch(page) == 0
    page.click("#training-step")
    page.click("#training-reset")
    assert epoch(page) == 0
    page.call(TO_THE_END)
    page.settle()
    assert page.text("training-state") == "Finished"
    assert page.text("training-learned") == "8 of 8"
    assert float(page.text("training-error")) == pytest.approx(
        default_result.summary["accumulated_error"], rel=1e-3
    )


def test_the_map_shows_the_codes_and_its_point_is_drawn_as_the_network_is_now(opened, default_result):
    page = opened(default_result)
    page.call(TO_THE_END)
    codes = page.call("return (await ready).training.map.state.codes.map((code) => Array.from(code))")
    np.testing.assert_allclose(codes, default_result.codes.means, atol=1e-4)
    ranges = page.call("return (await ready).training.map.map.ranges")
    for axis in (0, 1):
        values = np.array(codes)[:, axis]
        assert ranges[2 * axis] < values.min() < values.max() < ranges[2 * axis + 1]
    page.call("(await ready).training.map.map.moveTo(args[0])", codes[5])
    page.settle()
    drawn = page.picture("#training-drawn", default_result.data.cell)
    np.testing.assert_allclose(drawn, default_result.outputs[5], atol=2 / 255)


def test_the_config_that_is_downloaded_gives_the_same_run_in_python(opened, default_result, tmp_path):
    page = opened(default_result)
    enter(page, "latent", 3)
    enter(page, "activation", "sine")
    enter(page, "rate", 0.01)
    enter(page, "epochs", 150)
    assert "the steps that Python takes" in page.text("training-same")
    page.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    page.click("#training-config")
    file = tmp_path / "config.json"
    for _ in range(100):
        if file.exists():
            break
        time.sleep(0.05)
    keys = json.loads(file.read_text(encoding="utf-8"))
    assert keys["epochs"] == 150
    assert (keys["latent_layer_neurons"], keys["encoder_activation"], keys["learning_rate"]) == (
        3,
        "sine",
        0.01,
    )
    page.call(TO_THE_END)
    result = run_experiment(load_config(file, {}))
    errors = page.call("return (await ready).training.laboratory.descent.errors")
    np.testing.assert_allclose(errors[:101], result.history["error"][:101], rtol=1e-9)
    assert len(errors) == len(result.history) == 151


def test_a_setting_that_is_none_becomes_that_of_the_run_and_others_begin_anew(opened, default_result):
    page = opened(default_result)
    page.click("#training-step")
    enter(page, "latent", 1)
    assert epoch(page) == 0
    assert page.call("return (await ready).training.map.state.codes[0].length") == 1
    for name, value in (("latent", 0), ("latent", ""), ("rate", -1), ("seed", 1.5), ("epochs", 0)):
        enter(page, name, value)
    found = page.call("return (await ready).training.laboratory.settings")
    config = default_result.config
    assert (found["latent"], found["learningRate"]) == (2, config.learning_rate)
    assert (found["seed"], found["epochs"]) == (default_result.best.seed, config.epochs)
    enter(page, "seed", 99)
    assert "other initial weights" in page.text("training-same")


def test_a_training_that_diverges_says_so_and_goes_back_to_its_best(opened, default_result):
    page = opened(default_result)
    enter(page, "rate", 1e200)
    page.call(TO_THE_END)
    page.settle()
    assert page.text("training-state") == "It diverged: a smaller learning rate may help"
    assert np.isfinite(float(page.text("training-error")))
    codes = page.call("return (await ready).training.map.state.codes.map((code) => Array.from(code))")
    assert np.isfinite(np.array(codes, float)).all()
    page.click("#training-reset")
    assert page.text("training-state") == "Ready to learn 8 pictures"


def test_a_picture_of_one_s_own_is_learned_too(opened, default_result):
    page = opened(default_result)
    page.call("(await ready).own.take(Float64Array.from(args[0]))", (1 - default_result.pixels[0]).tolist())
    page.click("#own-learn")
    assert page.text("training-learned").endswith("of 9")
    page.call(TO_THE_END)
    page.settle()
    assert page.text("training-learned") == "9 of 9"
    assert "drawn in it" in page.text("training-same")
    page.click("#training-forget")
    assert page.text("training-learned") == "0 of 8"
    assert "the steps that Python takes" in page.text("training-same")
    assert page.call("return byId('training-forget').hidden")


def test_a_picture_of_one_s_own_has_its_place_among_the_codes(opened, default_result):
    page, picture = opened(default_result), 1 - default_result.pixels[2]
    assert page.count("#training-map .own") == 0
    page.call(TO_THE_END)
    page.call("(await ready).own.take(Float64Array.from(args[0]))", picture.tolist())
    page.settle()
    assert page.count("#training-map .own") == 1
    place = page.call("return (await ready).training.map.map.marks[0].place")
    np.testing.assert_allclose(place, default_result.model.encode(picture[None]).means[0], atol=1e-4)


def test_a_variational_autoencoder_tells_the_two_parts_of_its_loss(opened, letter_vae_result):
    page = opened(letter_vae_result)
    page.click("#training-step")
    assert page.text("training-measure") == "−ELBO"
    words = page.text("training-parts").split()
    assert len(words) == 6  # at beta 1 and without warm-up it weighs 1
    assert words[:2] + words[3:5] == ["nats:", "reconstruction", "+", "KL"]
    total = float(page.text("training-error"))
    assert total == pytest.approx(float(words[2]) + float(words[5]), rel=0.01)
    assert "other noise in the codes than Python" in page.text("training-same")
    # Means that collapse lie in the middle of where the prior is.
    left, right, bottom, top = page.call("return (await ready).training.map.map.ranges")
    assert max(left, bottom) < -1 < 1 < min(right, top)
    page.call("Object.assign((await ready).training.laboratory.facts.normals, {weight: 0.5, warmup: 4})")
    enter(page, "rate", 0.02)
    assert page.text("training-parts").endswith(", which weighs 0.1")
    enter(page, "epochs", 700)
    page.call(TO_THE_END)
    page.settle()
    assert (page.text("training-learned"), page.text("training-state")) == ("8 of 8", "Finished")
    page.call("(await ready).training.laboratory.facts.normals.weight = 100")
    enter(page, "epochs", 250)
    page.call(TO_THE_END)
    page.settle()
    assert page.text("training-state") == "Collapsed: the codes tell the decoder nothing"


def test_a_network_that_is_given_the_class_draws_in_the_one_that_is_chosen(opened, few_conditional_result):
    page = opened(few_conditional_result)
    assert page.text("training-class") == " as crosses"
    page.call("byId('label').value = 1; byId('label').dispatchEvent(new Event('change'))")
    page.settle()
    assert page.text("training-class") == " as rings"
    wanted, other = page.call(
        "const {map, laboratory} = (await ready).training, {decode} = laboratory.networks();"
        "const code = map.map.space.lift(map.map.point);"
        "return [1, 0].map((label) => Array.from(decode(code, label)))"
    )
    drawn = 1 - page.picture("#training-drawn", few_conditional_result.data.cell)  # these are no ink
    np.testing.assert_allclose(drawn, wanted, atol=2 / 255)
    assert np.abs(drawn - other).max() > 0.02
    page.call(
        "(await ready).own.take(Float64Array.from(args[0]))", few_conditional_result.pixels[0].tolist()
    )
    page.click("#own-learn")
    assert page.call("return (await ready).training.laboratory.set.label(12)") == 1


def test_of_more_than_two_numbers_the_axes_are_chosen(opened, denoising_result):
    page = opened(denoising_result)
    assert page.call("return byId('training-axes').hidden") is False
    state = (
        "const {map} = (await ready).training; return [map.axes, map.map.chart.labels, map.places[2],"
        "map.state.codes[2].length, [2, 3].map((number) => map.state.codes[2][number])]"
    )
    assert page.call(state)[:2] == [[0, 1], ["z1", "z2"]]
    page.call("byId('training-map').focus()")
    page.call("byId('training-x').focus()")
    page.keys("z", "4")
    page.call("byId('training-y').focus()")
    page.keys("z", "3")
    axes, labels, place, _, numbers = page.call(state)
    assert (axes, labels) == ([3, 2], ["z4", "z3"])
    np.testing.assert_allclose(place, numbers[::-1])
    before = page.call("return (await ready).training.map.map.point")
    page.click("#training-step")
    assert page.call("return (await ready).training.map.axes") == [3, 2]
    assert page.call("return (await ready).training.map.map.point") == before
    enter(page, "latent", 3)
    assert page.call(state)[0] == [0, 1]
    enter(page, "latent", 2)
    assert page.call("return byId('training-axes').hidden") is True


@pytest.mark.parametrize("name", ["convolutional_result", "many_letters_result"])
def test_what_is_not_trained_here_says_why(opened, name, request):
    page = opened(request.getfixturevalue(name))
    assert page.call("return [byId('training-part').hidden, byId('own-learn').hidden]") == [True, True]
    assert page.text("training-reason").startswith("The page trains ")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", ["default_result", "denoising_result", "letter_vae_result", "few_result"])
def test_it_fits_a_phone_and_each_control_has_a_name(opened, name, dark, request):
    page = opened(request.getfixturevalue(name), width=360, height=740, dark=dark)
    page.click("#training-start")
    page.settle()
    page.click("#training-start")
    assert epoch(page) > 0
    assert page.overflow() <= 0
    nameless = page.call(
        "return [...document.querySelectorAll('#laboratory :is(button, input, select, [tabindex])')]"
        ".filter((one) => !(one.ariaLabel || one.textContent.trim() || one.labels?.length))"
        ".map(({id}) => id)"
    )
    assert nameless == []
