"""The benchmarks measure what they say: medians, turns, the same work on all sides."""

from itertools import pairwise

import numpy as np
import pytest

from autoencoder.problem import objective_of
from autoencoder.training import train
from benchmarks.comparison import Comparison
from benchmarks.peers.powell_scipy import OBJECTIVES
from benchmarks.peers.problem import learned, read_problem
from benchmarks.problems import prepared, write_font_problem
from benchmarks.sides import ALL, Side, Workers, run_process
from benchmarks.timing import Mismatch, Run, Timing, alternate, check_same, timed

TINY = {"font_subset_size": 4, "neurons_per_layer": [6], "latent_layer_neurons": 2}
RECIPE = {
    **TINY,
    "decoder_activation": "tanh",
    "bias": True,
    "loss": "cross_entropy",
    "initialization": "glorot",
    "epochs": 3,
    "restarts": 2,
}


def timing(*seconds, numbers=()):
    return Timing([Run(value, list(numbers)) for value in seconds])


def test_a_run_takes_the_time_between_two_looks_at_the_clock():
    times = iter([10.0, 12.5])
    assert timed(lambda: [3.0], lambda: next(times)) == Run(2.5, [3.0])


def test_a_median_is_not_moved_by_one_slow_run():
    assert timing(1, 100, 2).seconds == 2
    assert timing(1, 2, 3, 100).seconds == 2.5


def test_sides_take_turns_in_both_directions():
    now, order = 0.0, []

    def side(name, seconds):
        def work():
            nonlocal now
            order.append(name)
            now += seconds
            return [1.0]

        return lambda: timed(work, lambda: now)

    timings = alternate({"quick": side("quick", 1), "slow": side("slow", 3)}, rounds=3)
    assert order == ["quick", "slow", "slow", "quick", "quick", "slow"]
    assert [run.seconds for run in timings["slow"].runs] == [3, 3, 3]
    assert timings["quick"].seconds == 1


def test_sides_that_end_elsewhere_did_other_work():
    timings = {
        "ours": timing(1, numbers=[2.0, 4.0]),
        "theirs": timing(1, numbers=[2.0, 4.1]),
        "limit": timing(1),
    }
    check_same(timings, tolerance=0.03)
    with pytest.raises(Mismatch, match=r"theirs ended with 4\.1, ours with 4"):
        check_same(timings, tolerance=0.02)
    with pytest.raises(Mismatch):
        check_same({"ours": timing(1, numbers=[1.0]), "theirs": timing(1, numbers=[np.nan])}, tolerance=1)


def test_ratios_are_held_against_the_first_side():
    timings = {"ours": timing(2), "theirs": timing(6)}
    comparison = Comparison("a", "step", timings, "ms", 1e3, at_least={"theirs": 4}, at_most={"ours": 2500})
    assert comparison.rows() == [
        ("ours", "2e+03 ms", "1.00", "≤ 2.5e+03 ms holds"),
        ("theirs", "6e+03 ms", "3.00", "≥ 4 × missed"),
    ]


def test_a_worker_answers_with_the_numbers_of_our_training(tmp_path):
    with Workers() as workers:
        task = {"config": RECIPE, "problem": write_font_problem({**RECIPE, "restarts": 1}, tmp_path)}
        ours = workers.compare([Side("ours", "fonts_ours")], task, threads=1, rounds=2)["ours"]
        tape = workers.compare([Side("tape", "fonts_autograd")], task, threads=1, rounds=1)["tape"]
    trainer = prepared(RECIPE)
    networks = train(trainer.problem, trainer.plan).networks
    losses = [network.history["loss"][-1] for network in networks]
    assert ours.numbers == losses
    assert len(ours.runs) == 2
    assert tape.numbers == pytest.approx(losses[:1], rel=1e-9)


def test_a_worker_that_fails_says_why():
    with Workers() as workers, pytest.raises(RuntimeError, match="unknown key"):
        workers.compare([Side("ours", "fonts_ours")], {"config": {"epoch": 1}}, threads=ALL, rounds=1)


def test_a_problem_file_holds_the_initial_networks(tmp_path):
    problem = read_problem(write_font_problem(RECIPE, tmp_path))
    network = prepared(RECIPE).problem.network
    assert [weights.shape for weights, _ in problem.layers] == [
        (2, b, a) for a, b in pairwise(network.sizes)
    ]
    codes = problem.inputs
    for weights, bias in problem.layers[: network.encoder_depth]:
        codes = codes @ weights.swapaxes(1, 2) + bias[:, None]
    np.testing.assert_allclose(codes, network.encode(problem.parameters, problem.inputs[None]))
    assert learned(problem.targets - 0.5, problem.targets) == 4


def test_the_peers_refuse_a_network_that_they_cannot_train(tmp_path):
    with pytest.raises(ValueError, match="biases"):
        write_font_problem({**RECIPE, "bias": False}, tmp_path)


@pytest.mark.parametrize("way", OBJECTIVES)
def test_the_objectives_of_the_peers_are_ours_to_the_last_bit(way):
    problem = prepared(TINY).problem
    held = np.empty((1, problem.network.parameter_count))
    objective, columns = objective_of(problem, held, len(problem)), np.ascontiguousarray(problem.targets.T)
    objective.load(problem.targets)
    random = np.random.default_rng(0)
    for _ in range(5):
        parameters = problem.network.initial_parameters("normal", random)
        theirs = OBJECTIVES[way](parameters, problem.network.sizes, columns)
        assert theirs == objective.losses(parameters)[0]


def test_a_process_ends_as_expected_and_its_last_line_counts():
    assert run_process(["-c", "print('text'); print([32])"]).numbers == [32]
    assert run_process(["-c", "pass"]).numbers == []
    with pytest.raises(RuntimeError, match="ended with code 3"):
        run_process(["-c", "raise SystemExit(3)"])
