"""Codes of pictures that a finished run has not seen: `--encode results/<run> font3`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from pathlib import Path

import numpy as np

from latent.measures import wrong_pixels
from latent.plane import Plane
from runner.classes import label_of, listed_classes
from runner.config.errors import UserError
from runner.console.terminal import Terminal
from runner.data import Data
from runner.library.run import Run, load_run
from runner.models.face import Candidate, Training
from runner.numbers import nats_text, number_text
from runner.page.facts import one
from runner.result.result import Result
from runner.storage.csv_text import Table, csv_text
from runner.storage.folder import OutputFolder
from runner.tables.examples import latent
from runner.tables.pixels import latent_names
from runner.unseen import load_unseen
from training.ending import Ending
from training.history import History

TABLE, OWN_TABLE = "encoded.csv", "latent.csv"
# So many pixels at a time keep the arrays small.
MOST_PIXELS = 10_000_000


@dataclass(frozen=True)
class Seen(Result):
    """What a network makes of some pictures that it has not learned, on the map of those that it has."""

    all_pictures: Data  # of which these are some
    map: Plane

    @cached_property
    def plane(self) -> Plane:
        """The plane in which the codes are drawn."""
        return self.map

    @cached_property
    def wrong(self) -> np.ndarray | None:
        """Which pixels of `outputs` are wrong, `(pictures, pixels)`; None where none of all can be."""
        return wrong_pixels(self.outputs, self.pixels) if self.all_pictures.is_binary else None


def encode_and_save(path: Path, name: str, terminal: Terminal) -> None:
    """Encode the font or the images that are called `name`; a table goes to the folder of the run.

    Raises UserError if there is no finished run, or nothing of that name that it can take.
    """
    run = load_run(path)
    data, remark = load_unseen(name, run.cell, run.stored.is_ink)
    terminal.say(f"{data.description}{remark}")
    data = _with_known_classes(data, run)
    parts = list(_seen(run, data))
    OutputFolder(path).write(TABLE, csv_text(_table(parts)))
    for said, value, beside in _measures(run, parts):
        terminal.say(f"  {said:25} {value:>10}" + (f"   (of its own: {beside})" if beside else ""))
    terminal.say(f"look into {path / TABLE}")


def _with_known_classes(data: Data, run: Run) -> Data:
    """The same with the classes of the run, if its network is given them.

    Raises UserError if a picture has none of these.
    """
    known = run.stored.class_names
    if not known:
        return data
    if data.train.labels is None:
        raise UserError(
            f"--encode: this network is given the class of each {data.noun}, and {data.title} has none;"
            f" put them into sub-folders that are named so: {listed_classes(known)}"
        )
    found = [label_of(name, known) for name in data.class_names]
    if None in found:
        unknown = data.class_names[found.index(None)]
        raise UserError(f"--encode: no class {unknown!r}; this network knows {listed_classes(known)}")
    return replace(
        data, class_names=known, train=replace(data.train, labels=np.array(found)[data.train.labels])
    )


def _seen(run: Run, data: Data) -> Iterator[Seen]:
    """All pictures, so many at a time."""
    training = Training([Candidate(0, run.model, History(0, {}), False)], Ending.FINISHED)
    plane, size = _plane_of(run), max(1, MOST_PIXELS // (prod(data.cell)))
    for start in range(0, len(data.train), size):
        rows = np.arange(start, min(start + size, len(data.train)))
        part = replace(data, train=data.train.take(rows))
        yield Seen(run.config, part, None, training, 0.0, data, plane)


def _plane_of(run: Run) -> Plane:
    """That of the codes of its own pictures. Raises UserError if they are not in its folder."""
    if OWN_TABLE not in run.tables:
        raise UserError(f"--encode: the run has no {OWN_TABLE}, whose map it takes; --resume makes it")
    columns = run.tables[OWN_TABLE]
    return Plane.of(np.column_stack([columns[name] for name in latent_names(run.model.latent_size)]))


def _table(parts: list[Seen]) -> Table:
    """The columns of `latent.csv`; each part counts from 0."""
    tables = [latent(part) for part in parts]
    rows = (row for _, of_part in tables for row in of_part)
    return tables[0][0], ((index, *rest) for index, (_, *rest) in enumerate(rows))


def _measures(run: Run, parts: list[Seen]) -> Iterator[tuple[str, str, str]]:
    """How well they were reconstructed, and beside it how well the run's own pictures were."""
    noun, own = parts[0].data.noun, run.summary
    errors = np.concatenate([part.errors for part in parts])
    # A denoiser's own were noisy, these are not.
    beside = "" if run.config.mode == "DAE" else number_text(own["mean_error"])
    yield f"error of {one(noun)}", number_text(errors.mean()), beside
    if parts[0].wrong is not None:
        right = sum(int((~part.wrong.any(axis=1)).sum()) for part in parts if part.wrong is not None)
        yield f"{noun}s drawn right", f"{right:,} of {len(errors):,}", ""
    if parts[0].nats is not None:
        nats = np.concatenate(
            [part.nats + part.codes.kl.sum(axis=1) for part in parts if part.nats is not None]
        )
        beside = own.get("test_negative_elbo", own.get("negative_elbo"))
        yield f"−ELBO of {one(noun)}", nats_text(nats.mean()), f"{nats_text(beside)} nats"
