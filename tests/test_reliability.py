"""The promises of the README in their short forms; `make soak` has the long ones."""

import pytest
from soak import (
    configs,
    cost,
    data,
    determinism,
    disks,
    divergence,
    kills,
    memory,
    resuming,
    signals,
    sizes,
    surroundings,
    tables,
    unsafe,
)


def kept(*findings):
    for finding in findings:
        assert finding.failures == [], finding.promise
    if reasons := [finding.skipped for finding in findings if finding.skipped]:
        pytest.skip("; ".join(reasons))


@pytest.fixture
def place(tmp_path):
    """A folder that is not there yet."""
    return tmp_path / "place"


def test_killed_runs_leave_whole_files_and_end_in_the_same_bytes(place):
    kept(*kills.random_moments(place, {"gradient_descent, mini-batches": 3, "powell": 1}))


def test_a_kill_during_a_save(place):
    kept(kills.every_step_of_a_save(place, stride=23))


def test_little_is_lost(place):
    kept(cost.lost(place, {"momentum": 1}, longest=2))


def test_a_signal_ends_a_run_cleanly(place):
    # How long it takes is measured on a quiet machine.
    finding = signals.while_it_trains(place, ["momentum"])
    assert [line for line in finding.failures if not line.startswith("slower")] == []


def test_a_signal_at_any_moment(place):
    kept(signals.random_moments(place, {"lbfgs": 2}))


def test_two_signals(place):
    kept(signals.twice_in_a_row(place, [0.05]))


def test_wrong_configs(place):
    kept(configs.wrong_configs(place, 300, in_processes=2))


def test_typos(place):
    kept(configs.typos(place, rounds=3))


def test_oversized_requests(place):
    kept(sizes.oversized(place, sizes.REQUESTS[::3]))


def test_small_disks(place):
    kept(disks.too_small(place, [2**16, 2**23]))


def test_a_disk_that_fills_up(place):
    kept(disks.filled_up(place, [5000]))


def test_results_that_cannot_be_written(place):
    kept(disks.cannot_be_written(place))


def test_divergence(place):
    kept(divergence.run_off(place, divergence.CASES[1::6]))


def test_damaged_images(place):
    kept(data.flipped_bits(place / "flipped", 150), data.wrong_files(place / "wrong", in_processes=1))


def test_a_known_data_set_is_known_by_its_content():
    kept(data.known_set(2))


def test_no_network(place):
    kept(surroundings.no_network(place))


def test_bare_environments(place):
    kept(surroundings.headless(place, with_images=False))


def test_runs_side_by_side(place):
    kept(determinism.at_once(place, 4))


def test_the_same_bytes_under_other_circumstances(place):
    kept(determinism.same_bytes(place, ["DAE, fresh noise"]))


def test_tables(place):
    kept(tables.characters(place))


def test_nothing_unsafe_is_read():
    kept(unsafe.loading())


def test_many_runs_in_one_process(place):
    kept(memory.long_life(place, 8))


def test_what_resume_says(place):
    kept(resuming.every_folder(place))
