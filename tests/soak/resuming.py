"""What `--resume` says to each kind of folder."""

import json
import shutil
import signal
from pathlib import Path

from .finding import Finding
from .folders import broken, differences
from .modes import MODES, prepare
from .processes import Ended, Running, run, words_of
from .stopping import NAME, PLACE, RESUME, reference


def every_folder(workspace: Path) -> Finding:
    """Finished, edited, one checkpoint damaged, both damaged, running elsewhere."""
    known = reference(workspace, "rmsprop")
    folder = prepare(workspace / "here", "rmsprop")
    failures = []

    def judge(case: str, ended: Ended, code: int, words: str) -> None:
        wrong = ended.failures(code)
        said = ended.said + ended.complained
        wrong += [] if words in said else [f"does not say {words!r}: {said[-300:]!r}"]
        failures.extend(f"{case}: {line}" for line in [*wrong, *broken(folder / "results")])

    running = Running([*words_of(MODES["rmsprop"]), *NAME], folder, 0.05)
    checkpoint = folder / PLACE / "checkpoint"
    running.wait_for((checkpoint / "state_0.bin").exists)
    running.process.send_signal(signal.SIGSTOP)  # or it might end meanwhile
    judge("running elsewhere", run(RESUME, folder), 2, "another process is running it at this moment")
    running.stop(signal.SIGKILL)
    killed = workspace / "killed"
    shutil.copytree(folder / PLACE, killed)

    _edit(folder / PLACE / "config.json", beta=2.0, seed=4)
    judge("edited", run(RESUME, folder), 2, "was started with another beta and seed")
    for damaged, words in (
        (1, "is damaged; going on from the one before"),
        (2, "starting from the beginning"),
    ):
        shutil.rmtree(folder / PLACE)
        shutil.copytree(killed, folder / PLACE)
        newest = sorted(checkpoint.glob("state_*"), key=lambda path: path.stat().st_mtime)[-damaged:]
        for path in newest:
            _damage(path)
        judge(f"{damaged} damaged", run(RESUME, folder), 0, words)
        failures += [f"{damaged} damaged: {line}" for line in differences(known.path, folder / PLACE)]
    judge("finished", run(RESUME, folder), 0, "is finished (done); there is nothing to go on with")
    done = "finished, edited, one and two checkpoints damaged, running in another process"
    figure = f"{5 - len({line.partition(':')[0] for line in failures})} of 5 told what is so"
    return Finding("--resume says what is so", done, figure, "5 of 5", failures)


def _edit(path: Path, **keys) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **keys}))


def _damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
