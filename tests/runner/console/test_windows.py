"""The main job where what POSIX alone has is hidden, as on Windows."""

import subprocess
import sys

from tools.reference import ROOT

HIDING = """
import builtins, os, pathlib, signal, sys
sys.path.insert(0, {root!r})
sys.modules["fcntl"] = None
del signal.pthread_sigmask

opened = os.open
def os_open(path, *rest, **more):
    if os.path.isdir(path):
        raise PermissionError(13, "Permission denied")
    return opened(path, *rest, **more)
os.open = os_open

def symlink_to(self, *rest, **more):
    raise OSError(22, "A required privilege is not held by the client")
pathlib.Path.symlink_to = symlink_to

from main import main
from runner.console.process import tune_process
tune_process()
sys.exit(main(sys.argv[1:]))
"""


def run(folder, *words):
    return subprocess.run(
        [sys.executable, "-c", HIDING.format(root=str(ROOT)), *words],
        cwd=folder,
        env={"PATH": "", "PYTHONIOENCODING": "cp1252", "SYSTEMROOT": "", "HOME": str(folder)},
        capture_output=True,
        text=True,
        encoding="cp1252",
        check=False,
    )


def test_a_run_its_decoding_and_a_sweep(tmp_path):
    (tmp_path / "config.json").write_text('{"epochs": 30, "font_subset_size": 6}')
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "accumulated error" in done.stdout
    latest = tmp_path / "results" / "latest"
    assert (tmp_path / "results" / latest.read_text() / "explore.html").exists()
    assert run(tmp_path, "--decode", "results/latest", "0,0.2").returncode == 0
    sweep = '{"epochs": 5, "font_subset_size": 4, "plots": false, "sweep": [{"seed": [0, 1]}]}'
    (tmp_path / "sweep.json").write_text(sweep)
    assert run(tmp_path, "sweep.json", "--jobs", "2").returncode == 0
