"""What is in the folders of runs, ready to be compared."""

import csv
import json
from pathlib import Path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def timeless_rows(path: Path) -> list[dict[str, str]]:
    """The rows without what a clock wrote."""
    return [{name: text for name, text in row.items() if "seconds" not in name} for row in rows(path)]


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def content(folder: Path) -> dict[str, object]:
    """Every file below `folder` by its name; None for one that tells when or where it was written."""
    found: dict[str, object] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".csv":
            found[name] = timeless_rows(path)
        elif path.name in ("run.json", "summary.json"):
            clocks = ("started", "finished", "command_line", "sha256")
            facts = {key: value for key, value in read(path).items() if key not in clocks}
            found[name] = {key: value for key, value in facts.items() if "seconds" not in key}
        elif path.name != "log.txt" and path.suffix != ".html":
            found[name] = path.read_bytes()
        else:
            found[name] = None
    return found


def put(
    place: Path, name: str, status="done", started="2026-11-22T14:30:05+00:00", summary=None, **config
) -> Path:
    """The folder of a run, as much of it as a list looks at."""
    folder = place / name
    folder.mkdir(parents=True, exist_ok=True)
    facts = {"status": status, "started": started}
    for file, content in (("run", facts), ("config", config), ("summary", summary or {})):
        (folder / f"{file}.json").write_text(json.dumps(content))
    return folder
