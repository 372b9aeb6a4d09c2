"""Saved states: the old or the new one is read, never a mix; what is damaged is noticed and named."""

import errno
import os
from array import array
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from watches import Killed

from autoencoder.network import Network
from autoencoder.plan import Plan
from autoencoder.problem import Problem
from autoencoder.training import Ending, train
from fonts import load_fonts
from runner.storage import checkpoints
from runner.storage.checkpoints import (
    FOLDER,
    JOURNAL,
    LARGEST_SHARE,
    SECONDS_BETWEEN_SAVES,
    STATE_FILES,
    CheckpointError,
    CheckpointStore,
    OtherConfigError,
    TimedCheckpoints,
    remove_checkpoints,
)
from training.watch import Watch

CONFIG = {"epochs": 3, "beta": 1.0}
NOTHING = array("d")


def state_of(number):
    return {"epoch": np.array(number), "rule.first": np.full((2, 3), number, np.float32)}


def write(store, number):
    """State number 1, 2, 3… brings as many values to the journal, all equal to its number."""
    store.write(state_of(number), array("d", [number] * number), 1.0)


def read(folder, config=CONFIG):
    """What is wrong, and the number of the state that was found."""
    store = CheckpointStore(folder, config)
    complaints = store.load()
    number = int(store.state["epoch"]) if store.state else 0
    expected = state_of(number) if number else {}
    assert store.state.keys() == expected.keys()
    for name, values in expected.items():
        np.testing.assert_array_equal(store.state[name], values)
        assert store.state[name].dtype == values.dtype
    assert store.journal.tolist() == [float(n) for n in range(1, number + 1) for _ in range(n)]
    return complaints, number


def saved(folder, count=3):
    store = CheckpointStore(folder, CONFIG)
    for number in range(1, count + 1):
        write(store, number)
    return store


def file_of(folder, number):
    return folder / FOLDER / STATE_FILES[number % 2]


def test_nothing_was_saved(tmp_path):
    assert read(tmp_path) == ([], 0)
    remove_checkpoints(tmp_path)


@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_the_newest_state_is_read_and_the_next_follows_it(tmp_path, count):
    saved(tmp_path, count)
    assert read(tmp_path) == ([], count)
    store = CheckpointStore(tmp_path, CONFIG)
    store.load()
    write(store, count + 1)
    assert read(tmp_path) == ([], count + 1)
    assert len(list((tmp_path / FOLDER).iterdir())) == (3 if count else 2)


def test_a_finished_run_leaves_nothing(tmp_path):
    saved(tmp_path)
    remove_checkpoints(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_state_without_journal_has_no_journal_file(tmp_path):
    CheckpointStore(tmp_path, CONFIG).write({"odd name.of/array": np.array("año")}, NOTHING, 0.0)
    store = CheckpointStore(tmp_path, CONFIG)
    assert store.load() == []
    assert store.state["odd name.of/array"].item() == "año"
    assert not (tmp_path / FOLDER / JOURNAL).exists()


DAMAGES = {
    "empty": lambda content: b"",
    "cut": lambda content: content[: len(content) // 2],
    "longer": lambda content: content + b"\0",
    "no hash": lambda content: content.partition(b"\n")[2],
    "another file": lambda content: b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("newest", [True, False])
def test_a_damaged_file_is_named_and_the_other_is_used(tmp_path, damage, newest):
    saved(tmp_path)
    path = file_of(tmp_path, 3 if newest else 2)
    path.write_bytes(damage(path.read_bytes()))
    assert read(tmp_path) == ([f"{path.name} is damaged"], 2 if newest else 3)


@given(place=st.integers(min_value=0), bit=st.integers(0, 7), number=st.sampled_from([2, 3]))
def test_one_wrong_bit_anywhere_is_noticed(tmp_path_factory, place, bit, number):
    folder = tmp_path_factory.mktemp("run")
    saved(folder)
    path = file_of(folder, number)
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(content)
    assert read(folder) == ([f"{path.name} is damaged"], 5 - number)


def test_a_file_that_was_deleted_is_missed(tmp_path):
    saved(tmp_path)
    file_of(tmp_path, 3).unlink()
    assert read(tmp_path) == (["state_1.bin is missing"], 2)


def test_when_both_files_are_damaged_it_says_so(tmp_path):
    saved(tmp_path)
    for name in STATE_FILES:
        (tmp_path / FOLDER / name).write_bytes(b"")
    with pytest.raises(CheckpointError, match=r"state_0\.bin is damaged; state_1\.bin is damaged"):
        read(tmp_path)


def test_the_only_file_is_damaged(tmp_path):
    saved(tmp_path, 1)
    file_of(tmp_path, 1).write_bytes(b"")
    with pytest.raises(CheckpointError, match=r"state_1\.bin is damaged; state_0\.bin is missing"):
        read(tmp_path)


def test_a_file_of_another_version_is_refused(tmp_path):
    store = CheckpointStore(tmp_path, CONFIG)
    store.write({}, NOTHING, 0.0)
    path = file_of(tmp_path, 1)
    for content in (b"no archive", b""):
        path.write_bytes(checkpoints._first_line(content) + content)
        with pytest.raises(CheckpointError, match="another version"):
            read(tmp_path)


def test_another_config_is_refused(tmp_path):
    saved(tmp_path)
    with pytest.raises(OtherConfigError) as refused:
        read(tmp_path, {"epochs": 4, "beta": 1.0, "seed": 0})
    assert refused.value.keys == ["epochs", "seed"]


def test_a_state_newer_than_the_journal_is_not_used(tmp_path):
    saved(tmp_path)
    os.truncate(tmp_path / FOLDER / JOURNAL, 8 * (1 + 2) + 5)
    assert read(tmp_path) == (["journal.bin lacks what belongs to state_1.bin"], 2)


@pytest.mark.parametrize("left", [0, 8, 23])
def test_a_journal_too_short_for_both_is_no_state(tmp_path, left):
    saved(tmp_path)
    os.truncate(tmp_path / FOLDER / JOURNAL, left)
    with pytest.raises(CheckpointError, match=r"belongs to state_1\.bin; .* belongs to state_0\.bin"):
        read(tmp_path)
    (tmp_path / FOLDER / JOURNAL).unlink()
    with pytest.raises(CheckpointError):
        read(tmp_path)


def test_a_wrong_value_in_the_journal_is_noticed(tmp_path):
    saved(tmp_path)
    path = tmp_path / FOLDER / JOURNAL
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    assert read(tmp_path) == (["journal.bin lacks what belongs to state_1.bin"], 2)


def test_a_kill_between_journal_and_state_leaves_the_old_state(tmp_path, monkeypatch):
    store = saved(tmp_path)
    monkeypatch.setattr(checkpoints, "write_whole", raising(Killed()))
    with pytest.raises(Killed):
        write(store, 4)
    monkeypatch.undo()
    assert (tmp_path / FOLDER / JOURNAL).stat().st_size == 8 * (1 + 2 + 3 + 4)
    assert read(tmp_path) == ([], 3)
    again = CheckpointStore(tmp_path, CONFIG)
    again.load()
    write(again, 4)
    assert read(tmp_path) == ([], 4)


def test_what_a_kill_left_half_written_is_cleared_away(tmp_path):
    saved(tmp_path)
    (tmp_path / FOLDER / ".state_0.bin.x7").write_bytes(b"half")
    assert read(tmp_path) == ([], 3)
    assert not (tmp_path / FOLDER / ".state_0.bin.x7").exists()


def raising(error):
    def step(*_args, **_kwargs):
        raise error

    return step


# Every step on the way of a save to the disk.
STEPS = [
    (Path, "mkdir"),
    (Path, "touch"),
    (Path, "open"),
    (os, "fsync"),
    (os, "fdopen"),
    (Path, "chmod"),
    (Path, "replace"),
]


def fails_at(monkeypatch, place, name, call, error):
    """Let the `call`-th call raise before it does anything, or after (a negative one)."""
    real, calls = getattr(place, name), [0]

    def step(*args, **kwargs):
        calls[0] += 1
        result = real(*args, **kwargs) if calls[0] != call else None
        if calls[0] == abs(call):
            raise error
        return result

    monkeypatch.setattr(place, name, step)


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left"), Killed()], ids=["full", "killed"]
)
@pytest.mark.parametrize("call", [1, 2, -1, -2])
@pytest.mark.parametrize(("place", "name"), STEPS, ids=[name for _, name in STEPS])
def test_a_save_that_fails_at_any_step_leaves_the_old_state_or_the_new(
    tmp_path, monkeypatch, place, name, call, error
):
    store = saved(tmp_path)
    fails_at(monkeypatch, place, name, call, error)
    try:
        write(store, 4)
        failed = False
    except (OSError, Killed):
        failed = True
    monkeypatch.undo()
    complaints, number = read(tmp_path)
    assert complaints == []
    assert number in ((3, 4) if failed else (4,))
    # The same process may go on and save again, or else the next one.
    if not failed or isinstance(error, Killed):
        store = CheckpointStore(tmp_path, CONFIG)
        store.load()
    else:
        number = 3
    write(store, number + 1)
    assert read(tmp_path) == ([], number + 1)


@pytest.mark.parametrize("size", [0, 1, 5 * 8, 6 * 8 + 3, 10 * 8, 10 * 8 + 1, 500, 1000])
def test_a_disk_that_takes_only_the_beginning_of_a_file_leaves_the_old_state(tmp_path, size):
    resource = pytest.importorskip("resource", reason="this system has no limit for the size of a file")
    store = saved(tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            write(store, 4)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert read(tmp_path) == ([], 3)
    write(store, 4)
    assert read(tmp_path) == ([], 4)


@pytest.fixture
def clock(monkeypatch):
    """The time that the checkpoints see, as a list of one number."""
    now = [1000.0]
    monkeypatch.setattr(checkpoints, "monotonic", lambda: now[0])
    return now


def watching(store, warnings=None):
    return Watch(checkpoints=TimedCheckpoints(store, [].append if warnings is None else warnings.append))


def test_a_state_is_due_every_few_seconds(tmp_path, clock):
    watch = watching(CheckpointStore(tmp_path, CONFIG))
    saves = []
    for _ in range(100):
        clock[0] += 1
        assert not watch.interrupts(lambda: saves.append(clock[0]) or state_of(1))
    assert np.diff([1000, *saves]).tolist() == [SECONDS_BETWEEN_SAVES] * len(saves)
    assert len(saves) == 100 // SECONDS_BETWEEN_SAVES


def test_short_steps_ask_the_clock_seldom_and_are_saved_in_time(tmp_path, clock, monkeypatch):
    looks = []
    monkeypatch.setattr("runner.storage.checkpoints.monotonic", lambda: looks.append(clock[0]) or clock[0])
    watch = watching(CheckpointStore(tmp_path, CONFIG))
    steps = 0
    while not watch.checkpoints.are_due():
        clock[0] += 2e-4
        steps += 1
    assert SECONDS_BETWEEN_SAVES <= clock[0] - 1000 < SECONDS_BETWEEN_SAVES + 0.02
    assert len(looks) < steps / 40


def test_a_step_that_takes_longer_than_foretold_is_noticed_by_a_stop_at_once(tmp_path, clock):
    watch = watching(CheckpointStore(tmp_path, CONFIG))
    for _ in range(50):  # in the middle of the checks that do not ask the clock
        clock[0] += 1e-6
        assert not watch.interrupts(lambda: pytest.fail("nothing is due"))
    watch.stop.request()
    assert watch.interrupts(lambda: state_of(1))


def test_slow_saves_become_rare(tmp_path, clock):
    watch = watching(CheckpointStore(tmp_path, CONFIG))

    def slow_state():
        clock[0] += 3
        return state_of(1)

    clock[0] += SECONDS_BETWEEN_SAVES
    watch.interrupts(slow_state)
    clock[0] += 0.99 * 3 / LARGEST_SHARE
    assert not watch.checkpoints.are_due()
    clock[0] += 0.02 * 3 / LARGEST_SHARE
    assert watch.checkpoints.are_due()


def test_a_request_to_stop_saves_at_once_and_ends(tmp_path, clock):
    watch = watching(CheckpointStore(tmp_path, CONFIG))
    watch.stop.request()
    assert not watch.has_begun  # It has not come to a step, so nobody may ever ask it.
    assert watch.interrupts(lambda: state_of(1))
    assert watch.has_begun
    store = CheckpointStore(tmp_path, CONFIG)
    store.load()
    assert store.state["epoch"] == 1


def test_a_full_disk_is_told_once_and_loses_nothing_of_the_journal(tmp_path, monkeypatch, clock):
    warnings = []
    kept = watching(CheckpointStore(tmp_path, CONFIG), warnings).checkpoints
    kept.log([1.0])
    kept.save(state_of(1))
    monkeypatch.setattr(checkpoints, "write_whole", raising(OSError(errno.ENOSPC, "No space left")))
    for value in (2.0, 2.0):
        kept.log([value])
        kept.save(state_of(2))
    assert warnings == ["The state of the training cannot be saved (No space left); it goes on."]
    assert read(tmp_path) == ([], 1)
    monkeypatch.undo()
    kept.save(state_of(2))
    assert read(tmp_path) == ([], 2)


PIXELS = load_fonts(["font2"]).pixels[:3]
PROBLEM = Problem(Network.mirrored([35, 2], ("tanh", "linear", "tanh")), PIXELS)


@pytest.mark.parametrize("plan", [Plan("adam", 40), Plan("powell", 1)], ids=lambda plan: plan.minimizer)
def test_a_training_goes_on_from_the_disk_to_the_same_end(tmp_path, monkeypatch, plan):
    (expected,) = train(PROBLEM, replace(plan, seed=4)).networks
    for stop_at in (15, 12, None):
        store = CheckpointStore(tmp_path, CONFIG)
        assert store.load() == []
        watch = watching(store)
        request_stop_at(stop_at, watch, monkeypatch)
        training = train(PROBLEM, replace(plan, seed=4), watch)
        assert (training.ending is Ending.STOPPED) == (stop_at is not None)
    (network,) = training.networks
    assert network.parameters.tobytes() == expected.parameters.tobytes()
    for name in ("loss", "error", "evaluations"):
        assert network.history[name].tobytes() == expected.history[name].tobytes()


def request_stop_at(check, watch, monkeypatch):
    """Request the stop, as a signal would, before the `check`-th step."""
    interrupts, count = watch.interrupts, [0]

    def counting(state):
        count[0] += 1
        if count[0] == check:
            watch.stop.request()
        return interrupts(state)

    monkeypatch.setattr(watch, "interrupts", counting)
