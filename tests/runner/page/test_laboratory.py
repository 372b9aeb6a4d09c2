"""The network that a page trains anew: what it is told, and `laboratory.js` beside Python."""

from dataclasses import replace

import numpy as np
import pytest
from browsing import computing
from loading import config as loaded
from vae_plans import random_weights

from runner.config.file import load_config
from runner.experiment import run_experiment
from runner.loading import load_data
from runner.models.variational import VariationalAutoencoder
from runner.models.variational_plan import fitting_plan
from runner.page import laboratory as module
from runner.page.contents import contents, shown_rows
from runner.page.html_page import own_script
from runner.page.laboratory import laboratory_facts
from runner.page.packing import activations_script, losses_script
from training.moments import Moments
from vae.trained import flattened, rebuild

NOTE = "for the class"
SCRIPTS = ("network", "map/extent.js", "learning")
UNPACK = (
    "const [packedRun, facts, changes, steps] = args; const pixels = await unpack(packedRun.pixels);"
    "const size = packedRun.pixels.shape[1];"
    "const run = {...packedRun, latent: packedRun.codes.shape[1],"
    "picture: (index) => Float64Array.from(row(pixels, index, size), (value) => value / 255)};"
    "const laboratory = await Laboratory.of(facts, run); laboratory.begin(changes);"
)
TRAIN = UNPACK + (
    "while (!laboratory.descent.isOver && laboratory.descent.epoch < steps) laboratory.descent.step();"
    "return {errors: laboratory.descent.errors, config: laboratory.config(), isExact: laboratory.isExact,"
    "error: laboratory.error, whole: laboratory.descent.wholeErrors,"
    "wrong: laboratory.wrong(), codes: laboratory.codes().map((code) => Array.from(code)),"
    "count: laboratory.set.count, remarks: laboratory.remarks(), copies: laboratory.set.copies}"
)


@pytest.fixture(scope="module")
def train(browser):
    """Train a result in the browser for so many steps, with some settings changed."""
    compute = computing(browser, activations_script() + losses_script() + own_script(*SCRIPTS))

    def call(result, steps=30, script=TRAIN, **changes):
        run = contents(result, shown_rows(result))
        run = {
            name: run[name] for name in ("pixels", "codes", "names", "cell", "isBinary", "isInk", "classes")
        }
        return compute(script, run, laboratory_facts(result, holds_all=True), changes, steps)

    return call


@pytest.fixture(scope="module")
def remembered(letter_vae_result):
    """That run as one that remembers what it began with."""
    return remembering(letter_vae_result)


@pytest.fixture(scope="module")
def conditional(few_conditional_result):
    """A network that is given the class, of a run that remembers what it began with."""
    return remembering(few_conditional_result)


def remembering(result):
    """A result whose network began with other random weights."""
    plan = result.model.trained.plan
    passed = [flattened(plan, random_weights(plan, 0.3, seed=9))]
    best = replace(result.best, moments=Moments(np.array([0]), passed, 2))
    return replace(result, training=replace(result.training, candidates=[best]))


@pytest.fixture(scope="module")
def bright_result(picture_folder):
    """Mode DEFAULT on pictures that are no ink, with what lets networks rest on their mean."""
    keys = {"data": "images", "vae_dataset": str(picture_folder), "neurons_per_layer": [8], "epochs": 2}
    keys |= {"bias": True, "initialization": "glorot", "encoder_activation": "tanh"}
    return run_experiment(load_config(None, keys))


def test_the_run_itself_is_trained_again(train, default_result):
    found = train(default_result, steps=10_000)
    history = default_result.history["error"]
    assert found["isExact"]
    assert found["remarks"] == []
    np.testing.assert_allclose(found["errors"], history, rtol=1e-6)
    np.testing.assert_allclose(found["codes"], default_result.codes.means, rtol=1e-5, atol=1e-6)
    assert found["wrong"] == default_result.wrong.sum(axis=1).tolist()


@pytest.mark.parametrize(
    "changes",
    [{}, {"latent": 1}, {"latent": 3, "activation": "gelu"}, {"learningRate": 0.005, "activation": "sine"}],
)
def test_its_config_gives_the_same_run_in_python(train, default_result, changes):
    found = train(default_result, steps=400, **changes)
    assert found["isExact"]
    again = run_experiment(load_config(None, found["config"]))
    np.testing.assert_allclose(found["errors"][:101], again.history["error"][:101], rtol=1e-9)
    assert found["config"]["latent_layer_neurons"] == again.model.latent_size == changes.get("latent", 2)


def test_what_python_would_do_otherwise_is_said(train, default_result):
    noted = replace(default_result, config=default_result.config.model_copy(update={"note": NOTE}))
    for changes in ({"seed": 77}, {"latent": 7}):
        found = train(noted, **changes)
        assert not found["isExact"]
        assert found["remarks"] == ["The page drew other initial weights than Python draws."]
        assert load_config(None, found["config"]).note == f"{NOTE}. {found['remarks'][0]}"
        assert found["errors"][-1] < found["errors"][0]


def test_a_picture_of_one_s_own_is_learned_too(train, default_result):
    own = "laboratory.add(laboratory.set.picture(0).map((value) => 1 - value)); laboratory.begin();"
    found = train(default_result, steps=1000, script=TRAIN.replace("laboratory.begin(changes);", own))
    assert found["count"] == 9
    assert len(found["wrong"]) == len(found["codes"]) == 9
    assert found["wrong"] == [0] * 9
    assert found["remarks"] == ["The page learned pictures, too, that were drawn in it."]
    assert not found["isExact"]


def test_a_denoiser_learns_from_noise_that_is_drawn_anew(train, denoising_result):
    found = train(denoising_result, steps=400)
    assert found["copies"] == denoising_result.config.noisy_copies
    assert found["remarks"] == [
        "The page drew other noise than Python draws, on 5 noisy copies of each picture."
    ]
    errors, history = found["errors"], denoising_result.history["error"]
    assert errors[0] == pytest.approx(history[0], rel=0.1)
    assert np.mean(errors[-50:]) == pytest.approx(np.mean(history[-50:]), rel=0.3)
    assert len(found["codes"]) == 8


def test_of_a_denoiser_there_are_as_many_copies_as_find_time(train, denoising_result, monkeypatch):
    weights = denoising_result.model.network.parameter_count
    monkeypatch.setattr(module, "MOST_WORK_OF_COPIES", 8 * weights * 2 + 1)
    found = train(denoising_result)
    assert found["copies"] == found["config"]["noisy_copies"] == 2


def test_grey_pictures_are_trained_again(train, few_result):
    keys = few_result.config.model_dump() | {"batch_size": None, "precision": "float64"}
    again = run_experiment(load_config(None, keys))
    found = train(few_result, steps=few_result.config.epochs)
    np.testing.assert_allclose(found["errors"], again.history["error"], rtol=1e-9)


def test_the_set_of_a_variational_autoencoder_is_trained_from_what_keras_began_with(train, remembered):
    (network,) = remembered.moments[:-1]
    found = train(remembered, steps=0)
    np.testing.assert_allclose(
        found["codes"], network.model.encode(remembered.pixels).means, rtol=1e-4, atol=1e-5
    )
    assert found["remarks"] == ["The page drew other noise in the codes than Python draws."]
    assert not found["isExact"]
    other = train(remembered, steps=0, seed=5)
    assert other["remarks"][0] == "The page drew other initial weights than Python draws."


def test_one_that_is_given_the_class_begins_as_keras_did_and_draws_each_class(train, conditional):
    (network,) = conditional.moments[:-1]
    pixels, labels = conditional.pixels, conditional.data.train.labels
    script = UNPACK + (
        "const code = laboratory.codes()[0], {decode} = laboratory.networks(), drawn = [0, 1].map("
        "(label) => Array.from(decode(code, label)));"
        "const first = laboratory.error; for (let i = 0; i < 200; i++) laboratory.descent.step();"
        "return [drawn, first, laboratory.error]"
    )
    codes = network.model.encode(pixels, labels).means
    np.testing.assert_allclose(train(conditional, steps=0)["codes"], codes, rtol=1e-3, atol=1e-4)
    drawn, first, last = train(conditional, script=script, epochs=200, learningRate=0.01)
    wanted = network.model.decode(codes[[0, 0]], np.array([0, 1]))
    np.testing.assert_allclose(drawn, wanted, rtol=1e-3)
    assert last < 0.95 * first


def test_a_variational_autoencoder_learns_its_letters_and_what_it_learned_is_judged_without_noise(
    train, letter_vae_result
):
    found = train(letter_vae_result, steps=700, learningRate=0.02, epochs=700)
    assert found["wrong"] == [0] * 8
    assert found["errors"][0] > 20
    assert np.log(8) < np.mean(found["errors"][-50:]) < 7  # no code tells more than which of 8 it is
    deviations = np.std(found["codes"], axis=0)
    assert ((deviations > 0.3) & (deviations < 2)).all()


def test_thirty_of_the_32_letters_are_learned_as_the_config_of_the_experiments_has_it(
    train, letter_vae_result
):
    config = load_config("experiments/beyond_letters_variational.json", {})
    data = load_data(config)
    plan = fitting_plan(config, data.cell)
    model = VariationalAutoencoder(rebuild(plan, random_weights(plan)))
    best = replace(letter_vae_result.best, model=model)
    training = replace(letter_vae_result.training, candidates=[best])
    result = replace(letter_vae_result, config=config, data=data, training=training)
    script = UNPACK + (
        "const count = () => laboratory.wrong().filter((pixels) => pixels === 0).length; let learned = 0;"
        "while (laboratory.descent.epoch < steps && learned < 30) {"
        "for (let i = 0; i < 20; i++) laboratory.descent.step(); learned = count(); }"
        "return [learned, laboratory.set.count]"
    )
    learned, count = train(result, script=script, steps=1500)
    assert count == 32
    assert learned >= 30


def test_it_learns_in_batches_of_the_config(train, letter_vae_result):
    config = letter_vae_result.config.model_copy(update={"batch_size": 3})
    result = replace(letter_vae_result, config=config)
    found = train(result, steps=250, learningRate=0.02, epochs=250)
    assert len(found["errors"]) == 251
    # What is told is no single batch.
    assert found["whole"] == found["errors"][:-1]
    assert found["error"] == pytest.approx(found["whole"][-1])
    assert found["wrong"] == [0] * 8
    assert found["config"]["batch_size"] == 3
    assert found["remarks"][-1] == (
        "The page drew other noise in the codes, and other batches, than Python draws."
    )


def test_its_config_is_that_of_the_run_as_the_page_trains_it(train, letter_vae_result):
    found = train(letter_vae_result, steps=0, seed=5, latent=3, activation="gelu", epochs=70)
    config, of_run = load_config(None, found["config"]).model_dump(), letter_vae_result.config.model_dump()
    changed = {name: value for name, value in config.items() if value != of_run[name]}
    assert {name: changed.pop(name) for name in ("note", "generate")} == {
        "note": " ".join(found["remarks"]),
        "generate": [],
    }
    assert changed == {
        "seed": 5,
        "latent_layer_neurons": 3,
        "encoder_activation": "gelu",
        "decoder_activation": "gelu",
        "epochs": 70,
    }


def test_another_seed_rests_on_the_mean_picture_as_python_s_do(train, bright_result):
    script = UNPACK + "return Array.from(laboratory.descent.learner.parameters)"
    assert laboratory_facts(bright_result, holds_all=True)["rests"]
    network, mean = bright_result.model.network, bright_result.data.train.pixels.mean(axis=0) / 255
    found = np.array(train(bright_result, script=script, seed=77))
    rested = found.copy()
    network.rest_on(rested, mean)
    np.testing.assert_allclose(found, rested, rtol=1e-9, atol=1e-9)
    assert train(bright_result, steps=60, seed=77)["errors"][-1] == pytest.approx(
        train(bright_result, steps=60)["errors"][-1], rel=0.5
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("convolutional_result", "this network has convolutions"),
        ("conditional_result", "at most 300 images"),
    ],
)
def test_what_kinds_of_variational_autoencoders_are_not_trained_says_why(name, reason, request):
    facts = laboratory_facts(request.getfixturevalue(name), holds_all=True)
    assert list(facts) == ["reason"]
    assert reason in facts["reason"]


def test_what_is_not_trained_in_the_page_says_why(default_result, many_letters_result, monkeypatch):
    def reason(result, holds_all=True):
        facts = laboratory_facts(result, holds_all)
        assert list(facts) == ["reason"]
        return facts["reason"]

    assert "at most 300 characters" in reason(many_letters_result, holds_all=False)
    noisy = default_result.config.model_copy(update={"latent_noise": 0.01})
    assert "without noise on the codes" in reason(replace(default_result, config=noisy))
    monkeypatch.setattr(module, "MOST_WORK", 5000)
    assert "characters × weights are at most 5,000; here they are 7,592" in reason(default_result)


def test_other_minimizers_batches_and_precisions_are_told_and_left(default_result):
    config = loaded(minimizer="powell", font_subset_size=8)
    facts = laboratory_facts(replace(default_result, config=config), holds_all=True)
    assert facts["config"]["minimizer"] == "adam"
    assert facts["remarks"] == ["The run was trained by powell, the page trains by adam."]
    config = loaded(minimizer="adam", batch_size=4, precision="float32", font_subset_size=8)
    facts = laboratory_facts(replace(default_result, config=config), holds_all=True)
    assert (facts["config"]["batch_size"], facts["config"]["precision"]) == (None, "float64")
    assert len(facts["remarks"]) == 2


@pytest.mark.parametrize("name", ["denoising_result", "letter_vae_result"])
def test_patience_would_look_at_noise_that_is_not_in_the_page(name, request):
    result = request.getfixturevalue(name)
    result = replace(result, config=result.config.model_copy(update={"patience": 9}))
    facts = laboratory_facts(result, holds_all=True)
    assert (facts["plan"]["patience"], facts["config"]["patience"]) == (None, None)
    assert facts["remarks"][-1] == "The run had patience, the page goes on to the last epoch."


def test_a_page_has_no_grid_of_codes_to_draw_from(letter_vae_result):
    config = letter_vae_result.config.model_copy(update={"exact_posterior_epochs": 1})
    facts = laboratory_facts(replace(letter_vae_result, config=config), holds_all=True)
    assert facts["config"]["exact_posterior_epochs"] == 0
    told = "The run drew codes from the exact posterior, the page draws the encoder's."
    assert told in facts["remarks"]
