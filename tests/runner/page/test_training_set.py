"""`training_set.js` in a browser: what a network of a page learns from, epoch by epoch."""

import numpy as np
import pytest
from browsing import computing
from scipy import stats
from vae_plans import PLAN

from runner.page.html_page import own_script

MAKE = (
    "const [facts, pictures, own, latent] = args;"
    "const picture = (index) => Float64Array.from(pictures[index]);"
    "const run = {names: pictures, picture, classes: [1, 0]};"
    "const set = new TrainingSet({mostWork: 1e6, noise: null, normals: null, ...facts}, run);"
    "set.own = own.map((picture) => ({picture: Float64Array.from(picture), label: 2}));"
    "set.begin({weights: 10, latent}, new Random(3));"
)
PICTURES, OWN = [[0, 1, 0.5], [1, 1, 0.25]], [[0.5, 0.5, 0]]


@pytest.fixture(scope="module")
def compute(browser):
    """Run JavaScript with a set; `args` are facts, pictures, those of the reader, latent numbers."""
    run = computing(browser, own_script("network/random.js", "learning/training_set.js"))
    return lambda script, facts, pictures=PICTURES, own=OWN, latent=2: run(
        MAKE + script, facts, pictures, own, latent
    )


def test_pictures_stay_as_they_are_those_of_the_reader_last(compute):
    batch, later, mean = compute(
        "const [inputs, targets] = set.batchAt(0);"
        "return [[inputs, targets].map((all) => Array.from(all)), set.batchAt(1), Array.from(set.mean)]",
        {},
    )
    assert batch == [np.ravel([*PICTURES, *OWN]).tolist()] * 2
    assert later is None
    np.testing.assert_allclose(mean, np.mean([*PICTURES, *OWN], axis=0), rtol=1e-15)


def test_classes_lie_behind_the_pictures_that_go_in(compute):
    facts = {"classes": 3, "normals": {"weight": 1, "warmup": 0}}
    inputs, targets, labels = compute(
        "const [inputs, targets, {labels}] = set.batchAt(0);"
        "return [Array.from(inputs), Array.from(targets), labels]",
        facts,
    )
    pictures = np.array([*PICTURES, *OWN])
    assert labels == [1, 0, 2]
    np.testing.assert_array_equal(np.reshape(inputs, (3, 6)), np.hstack([pictures, np.eye(3)[labels]]))
    assert targets == pictures.ravel().tolist()


def test_what_the_kl_term_weighs_grows_as_the_plan_has_it(compute):
    facts = {"normals": {"weight": PLAN.beta, "warmup": PLAN.kl_warmup_epochs}}
    found = compute("return [0, 1, 2, 3, 9].map((epoch) => set.batchAt(epoch)[2].weight)", facts)
    np.testing.assert_allclose(found, [PLAN.beta_at(epoch) for epoch in (0, 1, 2, 3, 9)], rtol=1e-15)


def test_an_epoch_is_all_pictures_in_batches_that_are_shuffled(compute):
    facts = {"classes": 3, "batch": 2, "normals": {"weight": 1, "warmup": 3}}
    steps, found = compute(
        "return [set.steps, Array.from({length: 40}, (_, step) => set.batchAt(step)).map("
        "([inputs, targets, {noise, labels, weight}]) =>"
        "[Array.from(inputs), Array.from(targets), noise.length, labels, weight])]",
        facts,
    )
    assert steps == 2
    pictures = np.array([*PICTURES, *OWN])[[1, 0, 2]]  # by their labels
    for inputs, targets, noise, labels, _ in found:
        assert noise == 2 * len(labels)
        np.testing.assert_array_equal(np.reshape(targets, (-1, 3)), pictures[labels])
        both = np.hstack([pictures[labels], np.eye(3)[labels]])
        np.testing.assert_array_equal(np.reshape(inputs, (-1, 6)), both)
    orders = [tuple(first[3] + second[3]) for first, second in zip(found[::2], found[1::2], strict=True)]
    assert {tuple(sorted(order)) for order in orders} == {(0, 1, 2)}
    assert len(set(orders)) > 3
    np.testing.assert_allclose([each[4] for each in found[:10]], np.repeat([0.25, 0.5, 0.75, 1, 1], 2))


def test_codes_are_drawn_anew_in_every_epoch_by_standard_normal_noise(compute):
    facts = {"normals": {"weight": 1, "warmup": 0}}
    script = "return Array.from({length: 2000}, (_, epoch) => Array.from(set.batchAt(epoch)[2].noise))"
    found = compute(script, facts)
    noise = np.array(found)
    assert noise.shape == (2000, 6)
    assert stats.kstest(noise.ravel(), "norm").pvalue > 1e-4
    assert abs(np.corrcoef(noise[:-1, 0], noise[1:, 0])[0, 1]) < 0.08


def test_of_noisy_copies_there_are_as_many_as_find_time(compute):
    noise = {"kind": "masking", "probability": 0.5, "amount": 1, "copies": 5, "isFresh": True}
    script = (
        "const before = Array.from(set.batchAt(0)[0]), [inputs, targets] = set.batchAt(1);"
        "return [set.copies, before, Array.from(inputs), Array.from(targets)]"
    )
    copies, before, inputs, targets = compute(script, {"noise": noise, "mostWork": 3 * 10 * 4})
    assert copies == 4
    assert targets == np.tile([*PICTURES, *OWN], (4, 1)).ravel().tolist()
    assert before != inputs
    assert all(pixel in (0, target) for pixel, target in zip(inputs, targets, strict=True))
