"""What a run tells about itself in `run.json`, and what is known of a run that is on disk."""

import json
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from runner import VERSION
from runner.config.errors import UserError
from runner.storage.folder import OutputFolder, read_whole

LIBRARIES = ("numpy", "scipy", "autograd", "matplotlib", "pydantic", "pillow", "tensorflow")
DIVERGED = "the training diverged"


def json_text(value: Any) -> str:
    """Indented JSON; NaN is an error, not a word that other readers refuse."""
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


@contextmanager
def status(folder: OutputFolder, **known: Any) -> Iterator[dict[str, Any]]:
    """Keep `run.json` true: `running` at first, and how it ended when the block is left.

    Yields the facts, which the block may change; they begin with what is `known` beforehand.
    """
    facts = {
        "status": "running",
        "started": _now(),
        "finished": None,
        "command_line": sys.argv,
        **_surroundings(),
        **known,
    }
    folder.write("run.json", json_text(facts))
    try:
        yield facts
        if facts["status"] == "running":
            facts["status"] = "done"
    except KeyboardInterrupt:
        facts["status"] = "interrupted"
        raise
    except BaseException as error:
        facts |= {"status": "failed", "reason": f"{type(error).__name__}: {error}"}
        raise
    finally:
        files = {name: sha256 for name, sha256 in folder.written.items() if name != "run.json"}
        facts |= {"finished": _now(), "sha256": files}
        folder.sync()
        folder.write("run.json", json_text(facts))


def reading_lines(data: dict[str, Any]) -> list[str]:
    """What a run says of the data it read, from what `run.json` keeps of them."""
    return [data["description"], *(f"  {remark}" for remark in data["remarks"])]


@dataclass(frozen=True)
class RunRecord:
    """A run as its folder tells it.

    `config` has every key (of a run that could not start, those that were given); `status` is `running`,
    `done`, `failed` or `interrupted`; `summary` is empty for a run without numbers; `reading` says in
    lines what data it read, and `data_sha256` is None for one that learned nothing itself; `missing`
    says of files that could not be made why; `started` is a time as ISO 8601 writes it.
    """

    path: Path
    config: dict[str, Any]
    status: str
    reason: str | None
    summary: dict[str, Any]
    data_sha256: str | None = None
    reading: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    started: str | None = None

    @classmethod
    def read(cls, path: Path) -> "RunRecord":
        """Read the folder of a run. Raises UserError if it is none."""
        facts = _read_json(path, "run.json")
        if "status" not in facts:
            raise UserError(f"{path / 'run.json'}: has no status; is this a run of Latent Lab?")
        summary = _read_json(path, "summary.json") if (path / "summary.json").exists() else {}
        config, data = _read_json(path, "config.json"), facts.get("data")
        reason, sha256 = facts.get("reason"), facts.get("data_sha256")
        reading = reading_lines(data) if data else []
        missing, started = facts.get("missing", {}), facts.get("started")
        return cls(path, config, facts["status"], reason, summary, sha256, reading, missing, started)

    @classmethod
    def read_if_whole(cls, path: Path) -> "RunRecord | None":
        """The same; None if there is none, or none that can be read: the power may have been cut."""
        try:
            return cls.read(path)
        except UserError:
            return None

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.path.name

    @property
    def is_settled(self) -> bool:
        """Whether running it again would only repeat it: it is done, or it diverged, and lacks no file."""
        has_ended = self.status == "done" or (self.status == "failed" and self.reason == DIVERGED)
        return has_ended and not self.missing


def _read_json(path: Path, name: str) -> dict[str, Any]:
    try:
        content = json.loads(read_whole(path, name))
    except ValueError as error:
        raise UserError(f"{path / name}: is not JSON ({error})") from None
    if not isinstance(content, dict):
        raise UserError(f"{path / name}: is not a JSON object")
    return content


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


@cache
def _surroundings() -> dict[str, Any]:
    """The versions of everything, which do not change while a process runs."""
    return {
        "latent_lab": VERSION,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "git_commit": _git_commit(),
    }


def _version(library: str) -> str | None:
    """The installed version, or None: TensorFlow may be missing."""
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _git_commit() -> str | None:
    """The commit of the code that runs, or None outside a checkout."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--verify", "HEAD"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() or None
