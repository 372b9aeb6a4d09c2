"""Which folders are those of finished runs."""

from pathlib import Path

from runner.config.errors import UserError, did_you_mean
from runner.storage.latest import followed
from runner.storage.record import RunRecord


def finished_run(path: str | Path) -> RunRecord:
    """The run in the folder at `path`. Raises UserError, with the remedy, if none has ended there."""
    folder = followed(Path(path).expanduser())
    if not folder.is_dir():
        raise UserError(f"{path}: there is no such folder{_near(folder)}; the newest run is results/latest")
    if not (folder / "run.json").exists():
        raise UserError(f"{path}: is no run{_run_inside(folder)}")
    if not (folder / "config.json").exists():
        raise UserError(f"{path}: is a comparison; name one of the runs that it compares")
    record = RunRecord.read(folder)
    if record.config.get("sweep"):
        raise UserError(f"{path}: is a sweep{_run_inside(folder)}")
    if not record.is_settled:
        reason = f", {record.reason}" if record.reason else ""
        raise UserError(
            f"{path}: is not finished ({record.status}{reason}); go on with it:"
            f" python main.py --resume {path}"
        )
    return record


def _near(folder: Path) -> str:
    """The run beside it that may be meant."""
    return did_you_mean(folder.name, [path.parent.name for path in folder.parent.glob("*/run.json")])


def _run_inside(folder: Path) -> str:
    """What to name instead, if there are runs in the folder."""
    runs = sorted(path.parent for path in folder.glob("*/run.json"))
    return f"; name one of the runs in it, e.g. {runs[0]}" if runs else "; runs are the folders of results/"
