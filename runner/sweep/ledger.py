"""Which runs of a sweep have ended: in memory, and as the table on disk that grows with them."""

import sys
from dataclasses import replace
from pathlib import Path
from time import monotonic

from runner.compare.comparison import Comparison
from runner.compare.report import save_table
from runner.config.errors import UserError, listed
from runner.storage.folder import OutputFolder
from runner.storage.record import RunRecord
from runner.sweep.execution import SweepRun

SECONDS_BETWEEN_TABLES = 1.0
LARGEST_SHARE = 0.02


class Ledger:
    """The runs of a sweep that have ended, and the table of them on disk."""

    def __init__(self, folder: OutputFolder, keys: list[str], runs: list[SweepRun]):
        """Begin with what earlier calls finished."""
        self._folder, self._keys, self._runs = folder, keys, runs
        self.records = self._settled(runs)
        self._save_due = monotonic() + SECONDS_BETWEEN_TABLES

    @property
    def comparison(self) -> Comparison:
        """The runs in the order of the sweep."""
        ended = [self.records[run.path] for run in self._runs if run.path in self.records]
        return Comparison(self._keys, ended)

    def add(self, record: RunRecord) -> None:
        """Add a run that ended; the table follows as often as is good for the disk."""
        self.records[record.path] = self._kept(record)
        began = monotonic()
        if began > self._save_due:
            self.save()
            # A long table takes long: all together never more than that share of the time.
            took = monotonic() - began
            self._save_due = monotonic() + max(SECONDS_BETWEEN_TABLES, took / LARGEST_SHARE)

    def add_what_others_ended(self) -> None:
        """Add the runs that other shards settled meanwhile."""
        self.records |= self._settled([run for run in self._runs if run.path not in self.records])

    def count(self, status: str) -> int:
        """How many ended in that way."""
        return sum(record.status == status for record in self.records.values())

    def save(self) -> None:
        """Write the table."""
        save_table(self._folder, self.comparison)

    def _settled(self, runs: list[SweepRun]) -> dict[Path, RunRecord]:
        """What earlier calls finished. Raises UserError for a run with another config than is planned."""
        records = {}
        for run in runs:
            if run.planned.config is None:
                continue
            if (record := RunRecord.read_if_whole(run.path)) is None:
                continue
            planned = run.planned.config.model_dump()
            changed = [key for key, value in planned.items() if record.config.get(key) != value]
            if record.is_settled and changed:
                raise UserError(
                    f"{run.path}: was run with another {listed(changed)} than the sweep's config.json"
                    " has now; put that back, or start a new sweep"
                )
            if record.is_settled:
                records[run.path] = self._kept(record)
        return records

    def _kept(self, record: RunRecord) -> RunRecord:
        """What the table tells of a run, its names shared with the others: of ten thousand it counts."""
        config = {key: record.config[key] for key in self._keys if key in record.config}
        summary = {sys.intern(name): figure for name, figure in record.summary.items()}
        return replace(record, config=config, summary=summary, reading=[])
