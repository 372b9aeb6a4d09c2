"""Finished runs on disk, without training them again."""

from pathlib import Path

from runner.console.terminal import Terminal
from runner.files import write_pictures, write_tables
from runner.result.moments import FILE, moments_bytes
from runner.result.result import Result
from runner.storage.folder import OutputFolder
from runner.storage.record import json_text, status


def save_run(result: Result, folder: Path) -> OutputFolder:
    """The folder of a run that had this result; without pages, and with pictures if it has `plots`."""
    output, terminal = OutputFolder.make(folder, "run"), Terminal(quiet=True)
    output.write("config.json", json_text(result.config.model_dump()))
    with status(output, data=result.data.facts, data_sha256=result.data.sha256):
        output.write("model.npz", result.model_bytes())
        if result.config.plots:
            output.write(FILE, moments_bytes(result.best.moments))
        assert write_tables(result, output, terminal) == {}
        if result.config.plots:
            assert write_pictures(result, output, terminal) == {}
        output.write("summary.json", json_text({**result.summary, "total_seconds": 1.5}))
        output.write("log.txt", "")
    return output
