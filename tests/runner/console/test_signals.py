"""Signals: the first one asks a training to end, and none is lost."""

import gc
import os
import signal
import sys
import threading
import time

import pytest

from runner.console.signals import (
    SIGNALS,
    Interrupted,
    as_interruption,
    asking_to_stop,
    hear_signals,
    naming_the_way_back,
)


@pytest.fixture(autouse=True)
def handlers(monkeypatch):
    """Every test begins as `main.py` does, and leaves the handlers as they were."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    hear_signals()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def send(number):
    os.kill(os.getpid(), number)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_is_raised_with_the_exit_code_of_shells(number, code):
    with pytest.raises(Interrupted) as raised:
        send(number)
    assert raised.value.exit_code == code


def in_a_destructor():
    class Dying:
        def __del__(self):
            send(signal.SIGTERM)

    Dying()


def while_garbage_is_collected():
    def send_once(phase, info):
        gc.callbacks.remove(send_once)
        send(signal.SIGTERM)

    gc.callbacks.append(send_once)
    gc.collect()


@pytest.mark.parametrize("passed_over", [in_a_destructor, while_garbage_is_collected])
def test_a_signal_that_python_passes_over_comes_again(passed_over, capsys):
    with pytest.raises(Interrupted) as raised:
        passed_over()
        for _ in range(500):
            time.sleep(0.01)
    assert raised.value.exit_code == 143
    assert capsys.readouterr().err == ""


def test_other_exceptions_that_python_passes_over_are_told(capsys):
    class Dying:
        def __del__(self):
            raise ZeroDivisionError

    Dying()
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_it_passes_by_those_who_catch_exceptions():
    assert issubclass(Interrupted, KeyboardInterrupt)
    assert not issubclass(Interrupted, Exception)


@pytest.mark.parametrize("number", SIGNALS)
def test_the_first_signal_asks_and_the_second_one_is_raised(number):
    asked = []
    with asking_to_stop(lambda: asked.append(1) or True) as received:
        send(number)
        assert (received, asked) == ([number], [1])
        with pytest.raises(Interrupted):
            send(number)
    assert asked == [1]


def test_a_signal_that_nobody_would_hear_of_is_raised_at_once():
    with asking_to_stop(lambda: False) as received:
        with pytest.raises(Interrupted):
            send(signal.SIGINT)
        assert received == [signal.SIGINT]  # Whoever raised it may have swallowed it.


def test_a_library_that_turns_a_signal_into_an_error_before_the_first_step_has_not_failed():
    with pytest.raises(Interrupted) as raised, as_interruption(), asking_to_stop(lambda: False):
        try:
            send(signal.SIGINT)
        except Interrupted:
            raise ImportError("the library cannot be loaded") from None
    assert raised.value.exit_code == 130


def test_afterwards_signals_are_raised_again():
    with asking_to_stop(lambda: True) as received:
        pass
    with pytest.raises(Interrupted):
        send(signal.SIGTERM)
    assert received == []


def test_a_thread_hears_of_no_signals_and_leaves_the_handlers_alone():
    before = signal.getsignal(signal.SIGINT)
    found = []

    def run():
        with asking_to_stop(lambda: True) as received:
            found.append((signal.getsignal(signal.SIGINT), received))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert found == [(before, [])]


def test_the_way_back_is_named_once_and_only_after_an_interruption(tmp_path):
    said = []
    with naming_the_way_back(tmp_path, said.append):
        pass
    with pytest.raises(ValueError, match="other"), naming_the_way_back(tmp_path, said.append):
        raise ValueError("other")
    assert said == []
    with pytest.raises(Interrupted), naming_the_way_back(tmp_path, said.append):
        raise Interrupted(signal.SIGINT)
    assert said == [f"interrupted; go on with: python main.py --resume {tmp_path}"]


def test_what_a_library_makes_of_a_signal_is_an_interruption_all_the_same():
    with pytest.raises(Interrupted) as raised, as_interruption():
        try:
            send(signal.SIGTERM)
        except Interrupted:
            raise ImportError("the library cannot be loaded") from None
    assert raised.value.exit_code == 143


def test_other_exceptions_stay_what_they_are():
    with pytest.raises(ImportError, match="missing"), as_interruption():
        raise ImportError("missing")
