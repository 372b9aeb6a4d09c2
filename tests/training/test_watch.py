"""A training that was stopped or killed, once or twice, ends in the same bits as one that was not."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from watches import Killed, MemoryWatch

from autoencoder.network import Network
from autoencoder.noise import Noise
from autoencoder.plan import Plan
from autoencoder.problem import Examples, Problem
from autoencoder.training import MINIMIZERS
from fonts import load_fonts
from training.ending import Ending
from training.watch import Checkpoints, ResumeError, Stop, Watch, joined, part_of

PIXELS = load_fonts(["font2"]).pixels[:5]
NETWORK = Network.mirrored([35, 3, 2], ("tanh", "silu", "logistic"), bias=True)
PROBLEM = Problem(NETWORK, PIXELS, loss="cross_entropy")
SINGLE = replace(PROBLEM, precision="float32")
DENOISING = replace(PROBLEM, noise=Noise("flip", 0.1), fresh_noise=True, seed=3)
TAPE = replace(PROBLEM, network=Network.mirrored([35, 3, 2], ("elu", "sine", "gelu"), bias=True))
OTHERS = Examples.each(load_fonts(["font2"]).pixels[5:8])
VALIDATED = replace(PROBLEM, validation=OTHERS, held_back=OTHERS)
# More examples than are looked at as a whole; small, so that an epoch is short.
LARGE = Problem(
    Network.mirrored([9, 2], ("relu", "linear", "relu"), bias=True),
    np.random.default_rng(2).integers(0, 256, (10_001, 9), dtype=np.uint8),
    loss="cross_entropy",
    precision="float32",
    validation=Examples.each(np.random.default_rng(3).integers(0, 256, (600, 9), dtype=np.uint8)),
)
ON_THE_WAY = Plan("adam", 3, learning_rate=0.01, batch_size=600)
ADAM = Plan("adam", 9, learning_rate=0.05)
# Steps so long that the loss soon stops falling.
IMPATIENT = Plan("rmsprop", 300, learning_rate=0.3, patience=3)
POWELL = Plan("powell", 2)

# One latent neuron for two letters: Powell's method finds no more after some ten iterations.
TINY = Problem(Network.mirrored([35, 1], ("linear", "linear", "logistic")), PIXELS[:2])
LINEAR = replace(PROBLEM, network=Network.mirrored([35, 6, 2], ("linear", "linear", "linear")))

SITUATIONS = {
    **{name: (PROBLEM, replace(ADAM, minimizer=name)) for name in MINIMIZERS},
    "powell": (PROBLEM, POWELL),
    "powell, converges": (TINY, replace(POWELL, epochs=50)),
    "powell, restarts": (TINY, replace(POWELL, restarts=3)),
    "powell, float32": (replace(TINY, precision="float32"), POWELL),
    "lbfgs, restarts": (PROBLEM, replace(ADAM, minimizer="lbfgs", restarts=3)),
    "restarts": (PROBLEM, replace(ADAM, restarts=3)),
    "mini-batches": (PROBLEM, replace(ADAM, batch_size=2)),
    "mini-batches, cosine": (
        PROBLEM,
        replace(ADAM, minimizer="momentum", batch_size=2, learning_rate_schedule="cosine", restarts=2),
    ),
    "float32": (SINGLE, replace(ADAM, batch_size=3)),
    "patience": (PROBLEM, IMPATIENT),
    "patience, mini-batches": (PROBLEM, replace(IMPATIENT, batch_size=2)),
    "new noise": (DENOISING, ADAM),
    "new noise, mini-batches": (DENOISING, replace(ADAM, batch_size=2, patience=2)),
    "noise on codes": (replace(PROBLEM, latent_noise=0.1), replace(ADAM, restarts=2)),
    "noise on codes, mini-batches": (
        replace(VALIDATED, latent_noise=0.1),
        replace(IMPATIENT, batch_size=2, patience=2),
    ),
    "tape": (TAPE, ADAM),
    "tape, powell": (replace(TINY, loss="absolute_error"), POWELL),
    "validated": (VALIDATED, replace(ADAM, restarts=2)),
    "validated, powell": (replace(TINY, validation=Examples.each(PIXELS[2:])), POWELL),
    "large": (LARGE, ON_THE_WAY),
    "large, noise on codes": (replace(LARGE, latent_noise=0.1), ON_THE_WAY),
    "large, noise": (replace(LARGE, noise=Noise("masking", 0.1), fresh_noise=True), ON_THE_WAY),
    "new noise, patience": (replace(DENOISING, held_back=OTHERS), replace(IMPATIENT, patience=2)),
    "large, patience": (
        replace(LARGE, held_back=LARGE.validation),
        replace(ON_THE_WAY, learning_rate=0.3, patience=1, epochs=9, restarts=2),
    ),
    "one diverges": (PROBLEM, replace(ADAM, restarts=2)),
    "all diverge": (
        LINEAR,
        replace(ADAM, minimizer="gradient_descent", learning_rate=0.1, restarts=2, epochs=99),
    ),
}


def run(situation, watch):
    """Train until the end or the kill; None if it was killed."""
    problem, plan = SITUATIONS[situation]
    random = np.random.default_rng(1)
    start = np.stack([problem.network.initial_parameters("glorot", random) for _ in range(plan.restarts)])
    if situation == "one diverges":
        start[0] = np.inf
    try:
        training = MINIMIZERS[plan.minimizer](problem, start, plan, watch)
    except Killed:
        return None
    assert (training.ending is Ending.STOPPED) == watch.stop.is_requested
    return training.networks


@cache
def uninterrupted(situation):
    """What the training gives if nobody disturbs it, and the number of checks on the way."""
    watch = MemoryWatch()
    return run(situation, watch), watch.checks


def facts(restart):
    """The bytes of all that must be equal."""
    history = restart.history
    columns = [values for name, values in history.columns.items() if name != "seconds"]
    assert (np.diff(history["seconds"]) >= 0).all()
    return restart.seed, restart.diverged, restart.parameters.tobytes(), *(c.tobytes() for c in columns)


def assert_equal(restarts, expected):
    assert [facts(restart) for restart in restarts] == [facts(restart) for restart in expected]


def some_checks(situation, count):
    """The first and the last check, and some between them."""
    last = uninterrupted(situation)[1]
    between = np.random.default_rng(5).integers(1, last + 1, count).tolist()
    return sorted({1, 2, last, *between})


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_stopped_training_goes_on_to_the_same_end(situation):
    expected, _ = uninterrupted(situation)
    for check in some_checks(situation, 6):
        stopped = MemoryWatch(stop_at=check)
        reached = run(situation, stopped)
        for restart, whole in zip(reached, expected, strict=False):
            rows = len(restart.history)
            assert restart.history["loss"].tobytes() == whole.history["loss"][:rows].tobytes()
        rest = MemoryWatch(stopped)
        assert_equal(run(situation, rest), expected)
        if "lbfgs" not in situation:
            assert stopped.checks - 1 + rest.checks == uninterrupted(situation)[1]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_training_killed_twice_goes_on_to_the_same_end(situation):
    expected, checks = uninterrupted(situation)
    for interval in {1, 3, max(1, checks // 5)}:
        once = MemoryWatch(kill_at=max(1, checks // 2), interval=interval)
        assert run(situation, once) is None
        twice = MemoryWatch(once, kill_at=max(1, checks // 4), interval=interval)
        assert run(situation, twice) is None
        assert_equal(run(situation, MemoryWatch(twice, interval=interval)), expected)


@pytest.mark.parametrize("situation", ["adam", "mini-batches", "powell", "lbfgs"])
def test_a_training_stopped_over_and_over_goes_on_to_the_same_end(situation):
    expected, checks = uninterrupted(situation)
    watch = None
    for _ in range(5):
        watch = MemoryWatch(watch, stop_at=max(2, checks // 7))
        run(situation, watch)
    assert_equal(run(situation, MemoryWatch(watch)), expected)


def test_the_situations_are_what_they_are_called():
    iterations = {name: len(uninterrupted(name)[0][0].history) - 1 for name in SITUATIONS}
    assert 2 < iterations["powell, converges"] < 50
    assert 3 < iterations["patience"] < 300
    assert 3 < iterations["patience, mini-batches"] < 300
    assert [restart.diverged for restart in uninterrupted("one diverges")[0]] == [True, False]
    assert all(restart.diverged for restart in uninterrupted("all diverge")[0])
    assert 3 < iterations["all diverge"] < 99
    assert 1 <= iterations["large, patience"] < 8


def test_a_stop_is_obeyed_while_the_journal_is_replayed():
    first = MemoryWatch(stop_at=500)
    reached = run("powell", first)
    again = MemoryWatch(first, stop_at=0)
    assert_equal(run("powell", again), reached)
    assert again.state is first.state


@pytest.mark.parametrize("value", [-1.0, 1.0], ids=["it goes elsewhere", "it ends early"])
def test_a_journal_of_another_minimization_is_noticed(value):
    watch = MemoryWatch(stop_at=uninterrupted("powell")[1])
    run("powell", watch)
    entries = watch.checkpoints.entries
    entries[200:] = [value] * len(entries[200:])
    with pytest.raises(ResumeError, match="SciPy"):
        run("powell", MemoryWatch(watch))


def test_the_plain_watch_passes_on_reports_and_does_nothing_else():
    reported = []
    watch = Watch(lambda *row: reported.append(row))
    watch.report(3, 0.5)
    watch.checkpoints.log([1.0])
    watch.checkpoints.save({"a": np.ones(1)})
    assert reported == [(3, 0.5)]
    assert watch.checkpoints.saved() == {}
    assert watch.checkpoints.logged().shape == (0,)
    assert not watch.has_begun
    assert not watch.interrupts(lambda: pytest.fail("nothing is due"))
    assert watch.has_begun


def test_a_stop_is_obeyed_with_the_state_saved():
    class Kept(Checkpoints):
        states = ()

        def save(self, state):
            self.states += (state,)

    kept, stop = Kept(), Stop()
    watch = Watch(checkpoints=kept, stop=stop)
    assert not watch.interrupts(dict)
    stop.request()
    assert watch.interrupts(lambda: {"a": 1})
    assert kept.states == ({"a": 1},)


def test_a_state_that_is_due_is_saved_and_the_training_goes_on():
    watch = MemoryWatch(interval=2)
    assert not watch.interrupts(lambda: pytest.fail("not due"))
    assert not watch.interrupts(lambda: {"a": np.ones(1)})
    assert list(watch.state) == ["a"]


def test_states_are_joined_and_parted():
    inner = {"x": np.ones(2), "y.z": np.zeros(1)}
    state = joined(first=inner, second={"x": np.ones(1)}, third={})
    assert list(state) == ["first.x", "first.y.z", "second.x"]
    assert part_of(state, "first") == inner
    assert part_of(state, "third") == {}
