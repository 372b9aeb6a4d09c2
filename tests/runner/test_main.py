"""The command as a user runs it, in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from loading import SLIDES

from tools.reference import ROOT

MAIN = str(ROOT / "main.py")


def call(*words, cwd, **environment):
    return subprocess.run(
        [sys.executable, MAIN, *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


def test_the_block_of_the_slides_runs_as_it_was_printed(tmp_path):
    (tmp_path / "config.json").write_text("{" + SLIDES + "}")
    for words in ([], ["minimizer=powell", "epochs=2"]):
        done = call(*words, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert "[35, 20, 2, 20, 35] learned font2" in done.stdout
    plots = tmp_path / "results" / "latest" / "plots"
    assert len(list(plots.iterdir())) == 8 + len(list(plots.glob("training.*"))) == 10


def run_code(code, cwd):
    """Python code after an import of `main`, in a process of its own."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from main import main; {code}"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, timeout=60, check=True
    )


def test_it_runs_without_display_and_home_and_imports_no_tensorflow(tmp_path):
    (tmp_path / "config.json").write_text('{"epochs": 1}')
    strangers = "{'tensorflow', 'keras'} & set(sys.modules)"
    code = (
        f"import runpy, sys; sys.argv[0] = {MAIN!r}; sys.path.insert(0, {str(ROOT)!r})\n"
        f"try: runpy.run_path({MAIN!r}, run_name='__main__')\n"
        f"finally: assert not {strangers}"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--quiet"],
        cwd=tmp_path,
        env={"LANG": "C", "PATH": os.environ["PATH"], "MPLCONFIGDIR": str(tmp_path / "mpl")},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "results" / "latest" / "plots" / "error.png").exists()


def test_a_rejected_config_loads_nothing_heavy_and_writes_nothing(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    code = "assert main(['epochs=0', 'bta=1']) == 2; assert not {'numpy', 'matplotlib'} & set(sys.modules)"
    done = run_code(code, tmp_path)
    assert done.stderr.startswith("error: the command line has 2 problems:\n  epochs: got 0;")
    assert [path.name for path in tmp_path.iterdir()] == ["config.json"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nothing.json"], "nothing.json: no such file"),
        (["font_set=font7"], "font_set: no font 'font7'"),
        (["--name", "../x"], "--name: got '../x'"),
    ],
)
def test_mistakes_end_with_code_2_one_message_and_no_traceback(tmp_path, words, message):
    (tmp_path / "config.json").write_text("{}")
    done = call(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {message}")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize("size", [{"restarts": 3}, {"noisy_copies": 20}], ids=["restarts", "copies"])
def test_threads_and_hash_seed_change_no_byte(tmp_path, size):
    config = {"epochs": 100, "plots": False, "neurons_per_layer": [64, 64], "fresh_noise": True, **size}
    (tmp_path / "config.json").write_text(json.dumps({**config, "mode": "DAE"}))
    call("--name", "plain", cwd=tmp_path)
    plain = tmp_path / "results" / "plain"
    names = sorted({path.name for path in plain.glob("*.csv")} - {"metrics.csv", "restarts.csv"})
    assert "grid.csv" in names
    for threads in ("1", "2"):
        call("--name", threads, cwd=tmp_path, OPENBLAS_NUM_THREADS=threads, PYTHONHASHSEED=threads)
        for name in names:  # the other two have seconds in them
            assert (plain / name).read_bytes() == (tmp_path / "results" / threads / name).read_bytes()


def test_control_c_ends_cleanly(tmp_path):
    (tmp_path / "config.json").write_text('{"epochs": 10000000}')
    running = subprocess.Popen([sys.executable, MAIN], cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    record = tmp_path / "results" / "latest" / "run.json"
    for _ in range(200):
        if record.exists():
            break
        time.sleep(0.05)
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    assert "Traceback" not in said
    assert json.loads(record.read_text())["status"] == "interrupted"
