"""The result of a run that has come to its end, from the files of its folder and the data it learned."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from runner.config.errors import UserError
from runner.config.file import load_config
from runner.config.keys import Config
from runner.data import Data
from runner.loading import load_data
from runner.models.face import Candidate, Training
from runner.models.noise import noise_of
from runner.result.model_file import read_model
from runner.result.moments import FILE, read_moments
from runner.result.result import Result
from runner.result.summary import Numbers
from runner.storage.csv_text import Columns, columns_of
from runner.storage.folder import OutputFolder
from runner.storage.record import RunRecord
from training.ending import Ending
from training.history import History
from training.moments import Moments


@dataclass(frozen=True)
class RestoredResult(Result):
    """A result with the network that was kept; its numbers are those that were saved, of all networks."""

    saved: Numbers

    @cached_property
    def summary(self) -> Numbers:
        """The final numbers."""
        return self.saved


def restored_result(folder: OutputFolder) -> Result:
    """The result that a run had, but for the networks of its `restarts` that were not kept.

    Raises UserError if one of its files is missing or damaged, and if its data cannot be found or are
    others than it learned.
    """
    record, config = RunRecord.read(folder.path), load_config(folder.path / "config.json")
    data = _same_data(config, record)
    diverged = record.status == "failed"
    model = read_model(folder.read("model.npz"), config).model
    history, seed = _history(folder), _seed_of_the_kept(folder)
    ending = Ending.DIVERGED if diverged else Ending.FINISHED
    training = Training([Candidate(seed, model, history, diverged, _moments(folder))], ending)
    numbers = {name: value for name, value in record.summary.items() if name != "total_seconds"}
    return RestoredResult(
        config, data, noise_of(config), training, numbers.get("training_seconds", 0.0), numbers
    )


def _same_data(config: Config, record: RunRecord) -> Data:
    """The data of a run, read again. Raises UserError if they have changed."""
    if "image_colors" not in record.config:  # Before there was such a key, all were read in grey.
        config = config.model_copy(update={"image_colors": "grey"})
    data = load_data(config)
    if record.data_sha256 not in (None, data.sha256):
        key = "font_set" if config.data == "font" else "vae_dataset"
        raise UserError(
            f"{key}: {data.title} is no longer what {record.path} learned; put back what it was, or train"
            f" anew: python main.py {record.path / 'config.json'}"
        )
    return data


def _history(folder: OutputFolder) -> History:
    with _table(folder, "metrics.csv") as columns:
        epochs = columns.pop("epoch")
        return History(int(epochs[0]) if len(epochs) else 0, columns)


def _moments(folder: OutputFolder) -> Moments:
    """Those of a run that has pictures; others, and those of earlier versions, have none."""
    return read_moments(folder.read(FILE)) if (folder.path / FILE).exists() else Moments.none()


def _seed_of_the_kept(folder: OutputFolder) -> int:
    with _table(folder, "restarts.csv") as columns:
        return int(columns["seed"][columns["error"].argmin()])


@contextmanager
def _table(folder: OutputFolder, name: str) -> Iterator[Columns]:
    """The columns of a table; UserError if they are not what the block takes them for."""
    content = folder.read(name)
    try:
        yield columns_of(content.decode())
    except (ValueError, LookupError) as error:
        raise UserError(f"{folder.path / name}: is not the table that the run wrote ({error})") from None
