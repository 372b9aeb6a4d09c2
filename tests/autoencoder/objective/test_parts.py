"""A batch in parts is the batch, whatever the number of cores."""

import threading
from itertools import product

import numpy as np
import pytest

from autoencoder.network import Network
from autoencoder.objective import parts
from autoencoder.objective.parts import PartedObjective, SharedObjective, part_sizes, shares, side_by_side
from autoencoder.problem import Problem, objective_of
from training import cores

NETWORK = Network.mirrored([9, 5, 2], ("relu", "linear", "relu"), bias=True)
PICTURES = np.random.default_rng(0).integers(0, 256, (120, 9), dtype=np.uint8)


def whole_and_parted(loss, restarts=2, precision="float64"):
    problem = Problem(NETWORK, PICTURES, loss=loss, precision=precision)
    at = np.random.default_rng(1).standard_normal((restarts, NETWORK.parameter_count)).astype(precision)
    sizes = [len(PICTURES) // 3, len(PICTURES) - len(PICTURES) // 3]
    split = PartedObjective([objective_of(problem, at, size, len(PICTURES)) for size in sizes], sizes)
    return at, objective_of(problem, at, len(PICTURES)), split


@pytest.mark.parametrize("examples", [1, 2, 257, 5000])
@pytest.mark.parametrize("bytes_of_one", [1, parts.SMALLEST_PART // 50, parts.SMALLEST_OF_MANY])
def test_parts_cover_a_batch_and_are_about_equal(examples, bytes_of_one):
    sizes = part_sizes(examples, bytes_of_one)
    assert sum(sizes) == examples
    assert max(sizes) - min(sizes) <= 1
    smallest = parts.SMALLEST_PART if len(sizes) <= 2 else parts.SMALLEST_OF_MANY
    assert len(sizes) == 1 or (min(sizes) + 1) * bytes_of_one > smallest


@pytest.mark.parametrize(
    ("loss", "targets"), list(product(["cross_entropy", "absolute_error"], [None, PICTURES[::-1]]))
)
def test_parts_add_up_to_the_whole(loss, targets):
    at, whole, split = whole_and_parted(loss)
    for objective in (whole, split):
        objective.load(PICTURES, targets)
    for ours, theirs in zip(split.evaluate(at), whole.evaluate(at), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(split.losses(at), whole.losses(at))
    np.testing.assert_allclose(split.measure(at).errors, whole.measure(at).errors)


def test_the_number_of_cores_changes_no_bit(monkeypatch):
    at, _, split = whole_and_parted("cross_entropy", precision="float32")
    split.load(PICTURES)
    losses, errors, gradient = split.evaluate(at)
    gradient = gradient.copy()
    monkeypatch.setattr(parts, "side_by_side", lambda work, items: [work(item) for item in items])
    alone = split.evaluate(at)
    for ours, theirs in zip((losses, errors, gradient), alone, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_results_keep_their_order_and_work_is_done_in_several_threads(monkeypatch):
    monkeypatch.setattr(cores, "there_are", lambda: 2)
    begun = threading.Barrier(2)

    def work(item):
        if item in (0, 1):  # each waits for the other, so they run side by side
            begun.wait(timeout=10)
        return item, threading.get_ident()

    answers = side_by_side(work, range(5))
    assert [item for item, _ in answers] == list(range(5))
    assert answers[0][1] == threading.get_ident() != answers[1][1]
    with cores.at_most(1):
        assert {thread for _, thread in side_by_side(work, [2, 3])} == {threading.get_ident()}
    assert side_by_side(work, [7]) == [(7, threading.get_ident())]


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("size", [1, parts.SMALLEST_RANGE, 3 * parts.SMALLEST_RANGE + 1])
def test_ranges_cover_all_values(monkeypatch, count, size):
    monkeypatch.setattr(cores, "there_are", lambda: count)
    covered = np.zeros(size, int)
    for some in parts.ranges(size):
        covered[some] += 1
    assert (covered == 1).all()
    assert len(parts.ranges(size)) <= count


@pytest.mark.parametrize("wrong", [0, 1])
def test_an_error_in_any_thread_is_an_error(wrong):
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda item: 1 // (item - wrong), [0, 1])


# Networks on several cores


@pytest.mark.parametrize(
    ("networks", "bytes_of_one", "count"), [(1, 10**9, 1), (7, 10**6, 3), (2, 2 * 10**6, 2), (99, 1, 1)]
)
def test_shares_cover_all_networks_and_are_worth_a_thread(networks, bytes_of_one, count):
    with cores.at_most(3):
        rows = shares(networks, bytes_of_one)
    assert len(rows) == min(count, cores.there_are())
    assert [index for some in rows for index in range(networks)[some]] == list(range(networks))


@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("restarts", [2, 5])
def test_networks_that_are_shared_out_are_the_same_to_the_bit(monkeypatch, loss, precision, restarts):
    monkeypatch.setattr(parts, "SMALLEST_SHARE", 1)
    monkeypatch.setattr(cores, "there_are", lambda: 2)
    problem = Problem(NETWORK, PICTURES, loss=loss, precision=precision)
    at = np.random.default_rng(1).standard_normal((restarts, NETWORK.parameter_count)).astype(precision)
    with cores.at_most(1):
        together = objective_of(problem, at, len(PICTURES))
    shared = objective_of(problem, at, len(PICTURES))
    assert isinstance(shared, SharedObjective) and not isinstance(together, SharedObjective)
    for objective in (together, shared):
        objective.load(PICTURES)
    elsewhere = at + 1
    for asked in (at, elsewhere):
        for ours, theirs in zip(shared.evaluate(asked), together.evaluate(asked), strict=True):
            np.testing.assert_array_equal(ours, theirs)
        for ours, theirs in zip(shared.measure(asked), together.measure(asked), strict=True):
            np.testing.assert_array_equal(ours, theirs)
        np.testing.assert_array_equal(shared.losses(asked), together.losses(asked))
