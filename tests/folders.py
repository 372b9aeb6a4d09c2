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
    """Every file below `folder` that does not tell when or where it was written, by its name."""
    found: dict[str, object] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".csv":
            found[name] = timeless_rows(path)
        elif path.name in ("run.json", "summary.json"):
            clocks = ("started", "finished", "command_line", "sha256", "training_seconds", "total_seconds")
            found[name] = {key: value for key, value in read(path).items() if key not in clocks}
        elif path.name not in ("log.txt", "index.html"):
            found[name] = path.read_bytes()
        else:
            found[name] = None
    return found
