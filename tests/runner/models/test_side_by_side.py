"""Restarts in processes end in the bits of one after the other, stopped or killed on the way."""

import multiprocessing
import os
import signal
import subprocess
import sys
from dataclasses import replace
from time import monotonic, sleep

import pytest
from soak.processes import ROOT
from watches import MemoryWatch

from autoencoder.network import Network
from autoencoder.plan import Plan
from autoencoder.problem import Problem
from autoencoder.training import train, untrained
from fonts import load_fonts
from runner.models import side_by_side
from runner.models.side_by_side import ProcessDied, best_at_once, train_side_by_side
from training import cores
from training.ending import Ending
from training.watch import ResumeError, Watch

PIXELS = load_fonts(["font2"]).pixels[:4]
PROBLEM = Problem(Network.mirrored([35, 2], ("linear", "linear", "logistic")), PIXELS)
PLANS = {"powell": Plan("powell", 8, restarts=3), "lbfgs": Plan("lbfgs", 1000, restarts=3, seed=5)}
SECONDS_TO_END = 20


def trained(plan, watch=None, at_once=3, problem=PROBLEM):
    return train_side_by_side(problem, plan, watch or Watch(), untrained(problem, plan), at_once)


def facts(training):
    return [
        (
            one.seed,
            one.diverged,
            one.parameters.tobytes(),
            *_columns(one.history.columns),
            one.moments.weights.tobytes(),
        )
        for one in training.networks
    ]


def _columns(columns):
    return (values.tobytes() for name, values in columns.items() if name != "seconds")


@pytest.fixture(scope="module")
def in_turn():
    return {name: facts(train(PROBLEM, plan)) for name, plan in PLANS.items()}


class Between(MemoryWatch):
    """Does something once, when so many values are in the journal."""

    def __init__(self, then, values):
        super().__init__(interval=1)
        self._then, self._values, self.epochs = then, values, []
        self.report = lambda epoch, error: self.epochs.append(epoch)

    def interrupts(self, state):
        if self._then and len(self.checkpoints.entries) >= self._values:
            self._then(self)
            self._then = None
        return super().interrupts(state)


def stop(watch):
    watch.stop.request()


@pytest.fixture
def children():
    """Asks for the processes that the test began: others may be left of what ran before."""
    before = {child.pid for child in multiprocessing.active_children()}
    return lambda: [child.pid for child in multiprocessing.active_children() if child.pid not in before]


@pytest.mark.parametrize("name", PLANS)
def test_the_bits_are_those_of_one_after_the_other(name, in_turn):
    watch = Between(None, 0)
    training = trained(PLANS[name], watch, at_once=2)
    assert training.ending is Ending.FINISHED
    assert facts(training) == in_turn[name]
    assert watch.has_begun
    assert all(0 <= epoch <= PLANS[name].epochs for epoch in watch.epochs)


@pytest.mark.parametrize(("name", "values"), [("powell", 0), ("powell", 1), ("powell", 9000), ("lbfgs", 0)])
def test_stopped_it_goes_on_in_processes_and_in_turn(name, values, in_turn):
    stopped = Between(stop, values)
    reached = trained(PLANS[name], stopped)
    assert 1 <= len(reached.networks) <= 3
    again = trained(PLANS[name], MemoryWatch(stopped), at_once=2)
    assert facts(again) == in_turn[name]
    assert facts(train(PROBLEM, PLANS[name], MemoryWatch(stopped))) == in_turn[name]


def test_who_does_not_answer_is_taken_as_far_as_it_is_known(in_turn, children, monkeypatch):
    monkeypatch.setattr(side_by_side, "SECONDS_TO_ANSWER", 0)
    stopped = Between(stop, 1)
    reached = trained(PLANS["powell"], stopped)
    assert (reached.ending, len(reached.networks)) == (Ending.STOPPED, 3)
    assert children() == []
    assert facts(trained(PLANS["powell"], MemoryWatch(stopped))) == in_turn["powell"]


def test_what_was_begun_in_turn_goes_on_in_processes(in_turn):
    plan = PLANS["powell"]
    stopped = MemoryWatch(stop_at=9_000)
    assert train(PROBLEM, plan, stopped).ending is Ending.STOPPED
    assert facts(trained(plan, MemoryWatch(stopped))) == in_turn["powell"]


def test_a_process_that_dies_is_told_and_nothing_is_lost(in_turn, children):
    def kill_one(_):
        os.kill(children()[0], signal.SIGKILL)

    watch = Between(kill_one, 1)
    with pytest.raises(ProcessDied):
        trained(PLANS["powell"], watch)
    assert children() == []
    assert facts(trained(PLANS["powell"], MemoryWatch(watch))) == in_turn["powell"]


def test_a_journal_of_another_minimization_is_noticed(children):
    # One that takes minutes: a network that came to its end is not minimized again.
    network = Network.mirrored([35, 20, 2], ("linear", "linear", "logistic"))
    problem, plan = Problem(network, load_fonts(["font2"]).pixels), Plan("powell", 1000, restarts=3)
    watch = Between(stop, 1)
    trained(plan, watch, problem=problem)
    entries = watch.checkpoints.entries
    entries[:] = [1.0] * len(entries)
    with pytest.raises(ResumeError):
        trained(plan, MemoryWatch(watch), problem=problem)
    assert children() == []


SCRIPT = """
import sys
from runner import train
keys = {"minimizer": "powell", "font_subset_size": 4, "neurons_per_layer": [], "epochs": 40}
print(train(None, restarts=3, **keys).summary)
"""


def test_a_script_needs_no_guard(tmp_path):
    """Nothing of it runs twice: it prints one line."""
    (tmp_path / "script.py").write_text(SCRIPT)
    said = subprocess.run(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert len(said.stdout.splitlines()) == 1
    assert said.stderr == ""


def team_of(pid):
    """All other processes of the session that a process began."""
    found = subprocess.run(
        ["ps", "-o", "pid=", "-s", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(word) for word in found.stdout.split() if int(word) != pid]


def is_there(pid):
    return subprocess.run(["ps", "-p", str(pid)], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(cores.there_are() == 1, reason="one core trains in turn")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_process_outlives_the_first(tmp_path, number):
    words = ["minimizer=powell", "neurons_per_layer=[20]", "restarts=4", "epochs=500", "plots=false"]
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *words, "--quiet", "--name", "run"],
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    (tmp_path / "config.json").write_text("{}")
    end = monotonic() + SECONDS_TO_END
    while len(team := team_of(process.pid)) < 4:
        assert monotonic() < end
        sleep(0.05)
    sleep(1)
    os.killpg(process.pid, number) if number != signal.SIGKILL else process.kill()
    code = process.wait()
    assert code == (-number if number == signal.SIGKILL else 128 + number)
    while any(map(is_there, team)):
        assert monotonic() < end
        sleep(0.05)


def test_small_trainings_stay_in_the_process(monkeypatch):
    long = replace(PLANS["powell"], epochs=10_000)
    with monkeypatch.context() as patch:
        patch.setattr(cores, "there_are", lambda: 2)
        assert best_at_once(PROBLEM, long) == 3
        assert best_at_once(PROBLEM, replace(long, restarts=50)) == 8
        assert best_at_once(PROBLEM, replace(long, restarts=1)) == 1
        assert best_at_once(PROBLEM, replace(long, minimizer="adam")) == 1
        assert best_at_once(PROBLEM, replace(long, epochs=1)) == 1
        with cores.at_most(2):
            assert best_at_once(PROBLEM, long) == 2
        with cores.at_most(1):
            assert best_at_once(PROBLEM, long) == 1
        patch.setattr(side_by_side, "LARGEST_MEMORY", 2 * side_by_side.MEMORY_OF_PYTHON)
        assert best_at_once(PROBLEM, long) == 1
