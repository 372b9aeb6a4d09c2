"""The terminal: lines for files and pipes, a bar for people, silence when asked."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from runner.console import terminal
from runner.console.terminal import SECONDS_BETWEEN_LINES, Terminal

ROOT = Path(__file__).parents[3]


@pytest.fixture
def clock(monkeypatch):
    """The time that the terminal sees, as a list of one number."""
    now = [1000.0]
    monkeypatch.setattr(terminal, "monotonic", lambda: now[0])
    return now


def test_what_is_said_is_printed_and_logged(capsys):
    speaker = Terminal()
    speaker.say("first")
    speaker.say()
    speaker.say("año ×\nsecond line")
    assert speaker.log == "first\n\naño ×\nsecond line\n"
    assert capsys.readouterr().out == speaker.log


def test_quiet_prints_nothing_but_logs(capsys):
    speaker = Terminal(quiet=True)
    speaker.say("first")
    assert capsys.readouterr().out == ""
    assert speaker.log == "first\n"


def test_nothing_said_is_an_empty_log():
    assert Terminal().log == ""


def test_no_line_while_little_time_has_passed(capsys, clock):
    with Terminal().progress(100) as report:
        for epoch in range(1, 101):
            clock[0] += 0.99 * SECONDS_BETWEEN_LINES / 100
            report(epoch, 1.0)
    assert capsys.readouterr().out == ""


def test_a_plain_line_carries_epoch_error_and_time_left(capsys, clock):
    with Terminal().progress(400, "nats") as report:
        clock[0] += 3600  # An hour of preparation, which does not come again.
        report(0, 1.0)
        clock[0] += 10
        report(100, 0.123456)
    first, second = capsys.readouterr().out.splitlines()
    assert first == "epoch 0 of 400, nats 1"
    assert second == "epoch 100 of 400, nats 0.1235, 30 s left"  # 10 s for a quarter


def test_the_time_left_of_a_training_that_goes_on_is_that_of_its_new_epochs(capsys, clock):
    with Terminal().progress(400) as report:
        report(300, 1.0)
        clock[0] += 10
        report(350, 1.0)
    assert capsys.readouterr().out == "epoch 350 of 400, error 1, 10 s left\n"


def test_plain_lines_come_every_few_seconds_and_not_more_often(capsys, clock):
    with Terminal().progress(60) as report:
        for epoch in range(1, 61):
            clock[0] += 1
            report(epoch, 1 / epoch)
    lines = capsys.readouterr().out.splitlines()
    epochs = [int(re.match(r"epoch (\d+) of 60, ", line)[1]) for line in lines]
    assert epochs == list(range(5, 61, 5))


def test_plain_lines_have_no_control_characters(capsys, clock):
    speaker = Terminal()
    with speaker.progress(3) as report:
        for epoch, error in enumerate([1e300, float("nan"), 1e-300], start=1):
            clock[0] += 60
            report(epoch, error)
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 3
    assert out.replace("\n", "").isprintable()
    assert out == speaker.log


def test_what_is_noted_is_logged_and_not_printed(capsys):
    speaker = Terminal()
    speaker.note("Traceback …")
    assert capsys.readouterr().out == ""
    assert speaker.log == "Traceback …\n"


def test_files_that_take_long_are_named_every_few_seconds(capsys, clock):
    with Terminal().working("drawing") as report:
        for number in range(1, 13):
            clock[0] += 1
            report(f"{number}.png")
    assert capsys.readouterr().out == "drawing 5.png\ndrawing 10.png\n"


def test_the_very_first_report_may_be_epoch_0(capsys, clock):
    with Terminal().progress(10) as report:
        clock[0] += 60
        report(0, 5.0)
    assert "epoch 0 of 10, error 5" in capsys.readouterr().out


def test_quiet_progress_prints_nothing(capsys, clock):
    with Terminal(quiet=True).progress(10) as report:
        clock[0] += 60
        report(5, 1.0)
    assert capsys.readouterr().out == ""


def test_an_error_in_the_training_passes_through():
    with pytest.raises(ZeroDivisionError), Terminal().progress(10):
        raise ZeroDivisionError


def on_a_terminal(code: str) -> str:
    """What a Python program shows on a terminal of its own."""
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "LINES": "30"}
    for switch in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        environment.pop(switch, None)
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=slave, env=environment) as process:
        os.close(slave)
        shown = b""
        try:
            while part := os.read(master, 4096):
                shown += part
        except OSError:  # Linux's way to say that the program is gone
            pass
        os.close(master)
    assert process.returncode == 0
    return shown.decode()


PROGRAM = """
from runner.console.terminal import Terminal
terminal = Terminal(quiet={quiet})
with terminal.progress(40) as report:
    report(7, 0.123456)
terminal.say("done")
assert terminal.log == "done\\n"
"""


FILES = """
from runner.console.terminal import Terminal
terminal = Terminal(quiet={quiet})
with terminal.working("drawing") as report:
    report("error.png")
    terminal.say("one failed")
    report("[b]map.png")
terminal.say("done")
assert terminal.log == "one failed\\ndone\\n"
"""


def left_on_screen(shown: str) -> list[str]:
    """The lines that remain, after the few things that a progress bar does to a screen."""
    lines, row = [""], 0
    for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|\n|[^\x1b\n]+", shown):
        if part == "\n":
            row += 1
            lines += [""] * (row == len(lines))
        elif part == "\x1b[2K":
            lines[row] = ""
        elif part.endswith("A"):
            row -= int(part[2:-1])
        elif not part.startswith("\x1b"):
            lines[row] += part.replace("\r", "")
    return [line for line in lines if line]


def test_a_live_bar_shows_epoch_and_error():
    shown = on_a_terminal(PROGRAM.format(quiet=False))
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert re.search(r"epoch\s+7/40\b.*error 0\.1235", plain)


def test_a_live_bar_leaves_no_trace():
    shown = on_a_terminal(PROGRAM.format(quiet=False))
    assert left_on_screen(shown) == ["done"]
    assert shown.count("\x1b[?25l") == shown.count("\x1b[?25h")  # the cursor is back


def test_the_file_that_is_made_is_shown_and_leaves_no_trace():
    shown = on_a_terminal(FILES.format(quiet=False))
    assert "drawing error.png …" in shown
    assert "drawing [b]map.png …" in shown
    assert left_on_screen(shown) == ["one failed", "done"]
    assert shown.count("\x1b[?25l") == shown.count("\x1b[?25h")


@pytest.mark.parametrize("program", [PROGRAM, FILES])
def test_a_quiet_terminal_stays_empty(program):
    assert on_a_terminal(program.format(quiet=True)) == ""


def test_a_reader_who_leaves_ends_nothing():
    code = (
        "from runner.console.terminal import Terminal as T; t = T(); [t.say(c) for c in 'ab']; print(t.log)"
    )
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
