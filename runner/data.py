"""The data of a run: pictures, whatever they were read from."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from runner.sampling import of_each_class, spread

# Rows and columns of a picture, and of one in colour its channels.
Cell = tuple[int, ...]
# So many pictures can each be drawn, listed and named; of more, a sample is.
MOST_FEW = 300


@dataclass(frozen=True)
class Pictures:
    """Some pictures of one size, and what they are called."""

    # (pictures, pixels), row by row and in colour three to a pixel: float64 of 0…1, or bytes 0…255
    pixels: np.ndarray
    names: list[str]  # of each picture
    labels: np.ndarray | None = None  # the class of each picture, (pictures,)
    columns: dict[str, list] = field(default_factory=dict)  # what identifies a picture in a table

    def __len__(self) -> int:
        return len(self.pixels)

    @property
    def captions(self) -> list[str]:
        """The names as a picture shows them, where a digit needs no word."""
        return [name.removeprefix("digit ") for name in self.names]

    def levels(self, rows: slice | np.ndarray = slice(None)) -> np.ndarray:
        """The pixels `(rows, pixels)` of some pictures as numbers 0…1; bytes become float32."""
        pixels = self.pixels[rows]
        return pixels / np.float32(255) if pixels.dtype == np.uint8 else pixels

    def labels_of(self, rows: slice | np.ndarray) -> np.ndarray | None:
        """The classes of some pictures `(rows,)`; None without classes."""
        return None if self.labels is None else self.labels[rows]

    def take(self, rows: np.ndarray) -> "Pictures":
        """Some of them."""
        return replace(
            self,
            pixels=self.pixels[rows],
            names=[self.names[row] for row in rows],
            labels=self.labels_of(rows),
            columns={name: [values[row] for row in rows] for name, values in self.columns.items()},
        )


@dataclass(frozen=True)
class Data:
    """Pictures to learn, and pictures to be judged by where there are some that nobody learned."""

    title: str  # what was read, in words: `font2`
    noun: str  # what one of them is called: `character`, `image`
    cell: Cell
    train: Pictures
    test: Pictures | None
    class_names: list[str]  # by label; empty without classes
    source: str  # where it was found, in words; empty if the title says it
    sha256: str  # of the content
    is_ink: bool = True  # whether 0 is paper and 1 is ink; otherwise 0 is black and 1 is white
    is_shuffled: bool = False  # whether the judged pictures come in no order
    remarks: tuple[str, ...] = ()  # what reading it had to decide, and what it passed over

    @property
    def rows(self) -> int:
        """Of a picture."""
        return self.cell[0]

    @property
    def columns(self) -> int:
        """Of a picture."""
        return self.cell[1]

    @property
    def channels(self) -> int:
        """1, or 3 of a picture in colour."""
        return channels_of(self.cell)

    @property
    def judged(self) -> Pictures:
        """The pictures that a network is judged by: the test part, or all if there is none."""
        return self.test or self.train

    @property
    def part(self) -> str:
        """What to call them before the noun: `test `, or nothing."""
        return "test " if self.test else ""

    @property
    def is_few(self) -> bool:
        """Whether each of the judged pictures is drawn, listed and named."""
        return len(self.judged) <= MOST_FEW

    @cached_property
    def is_binary(self) -> bool:
        """Whether every pixel is 0 or 1, so that a pixel can be wrong; none in colour is."""
        if self.channels > 1:
            return False
        parts = [part.pixels for part in self._parts]
        highest = 255 if self.train.pixels.dtype == np.uint8 else 1
        return all(bool(((pixels == 0) | (pixels == highest)).all()) for pixels in parts)

    @property
    def facts(self) -> dict[str, Any]:
        """What was read, as `run.json` keeps it; `lowest` and `highest` are pixels that occur."""
        lowest, highest = self._extremes
        return {
            "description": self.description,
            "remarks": list(self.remarks),
            "train": len(self.train),
            "test": len(self.test) if self.test else 0,
            "rows": self.rows,
            "columns": self.columns,
            "channels": self.channels,
            "lowest": lowest,
            "highest": highest,
            "classes": len(self.class_names),
        }

    @property
    def description(self) -> str:
        """What was read, in a line: `faces: 900 + 100 images of 32×32 pixels, grey levels 0…255`."""
        counts = " + ".join(f"{len(part):,}" for part in self._parts)
        pictures = f"{counts} {self.noun}{'s' * (counts != '1')} of {self.columns}×{self.rows} pixels"
        kind = "in colour, levels" if self.channels > 1 else "grey levels"
        levels = "0 and 1" if self.is_binary else "{} {:g}…{:g}".format(kind, *self._extremes)
        classes = len(self.class_names)
        in_classes = f", {classes:,} class{'es' * (classes != 1)}" * (classes > 0)
        return f"{self.title}: {pictures}, {levels}{in_classes}"

    @cached_property
    def _extremes(self) -> tuple[float, float]:
        """The lowest and the highest pixel."""
        pixels = [part.pixels for part in self._parts]
        return min(part.min().item() for part in pixels), max(part.max().item() for part in pixels)

    @property
    def _parts(self) -> list[Pictures]:
        return [self.train, *([self.test] if self.test else [])]

    def sample(self, most: int) -> np.ndarray:
        """The rows of at most so many judged pictures, for pictures and tables.

        Of pictures in no order the first will do; others may be sorted, and it is spread over each class.
        """
        count, labels = len(self.judged), self.judged.labels
        if count <= most or self.is_shuffled:
            return np.arange(min(count, most))
        return spread(count, most) if labels is None else of_each_class(labels, most)

    def as_ink(self, levels: np.ndarray) -> np.ndarray:
        """Numbers 0…1 as they are drawn: 0 is paper, 1 is ink."""
        return levels if self.is_ink else 1 - levels


def channels_of(cell: Cell) -> int:
    """1 of a grey picture, 3 of one in colour."""
    return cell[2] if len(cell) > 2 else 1
