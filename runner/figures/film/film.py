"""`training.gif` and its first frame: codes on the map, what the network draws, and its error so far."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from latent.measures import wrong_pixels
from runner.figures.film.curve import CurvePanel
from runner.figures.film.ink import (
    BLUE,
    ORANGE,
    cut_out,
    image_of,
    mixed,
    of_class,
    paste,
    shaded,
    text,
    with_edge,
)
from runner.figures.film.stage import Stage
from runner.figures.film.tiles import sheet, tiles
from runner.models.face import reconstruct
from runner.numbers import number_text
from runner.result.learning import learning
from runner.result.moments import Moment
from runner.result.result import Result

# All lengths are pixels.
WIDTH, HEIGHT = 960, 540
LEFT, TOP, SIDE = 24, 50, 457
RIGHT, ACROSS = 516, 420
DRAWN_TOP, DRAWN_HEIGHT = 92, 200
CURVE_TOP, CURVE_HEIGHT = 334, 194
TITLE, WORDS, SMALL = 19, 15, 12
# Milliseconds: of all frames together, as long as each can be seen, and of the first and the last.
WHOLE, SHORTEST, LONGEST, FIRST, LAST = 6000, 100, 500, 900, 3000
DOT = 3
# The longer side of a picture on the map, and where there are many.
LARGEST_TILE, SMALL_TILE, MANY = 24, 14, 100
MOST_DRAWN, GAP = 40, 6
DISC = (np.hypot(*np.mgrid[-4:5, -4:5]) < 4.3).astype(float)


@dataclass(frozen=True)
class Film:
    """Frames of palette numbers `(rows, columns)`."""

    frames: list[np.ndarray]

    def gif(self) -> bytes:
        """The film, which begins again after its end."""
        first, *others = map(image_of, self.frames)
        each = int(np.clip(WHOLE / len(self.frames), SHORTEST, LONGEST))
        durations = [FIRST, *[each] * (len(others) - 1), LAST]
        buffer = io.BytesIO()
        first.save(buffer, "GIF", save_all=True, append_images=others, duration=durations, loop=0)
        return buffer.getvalue()

    def png(self) -> bytes:
        """The first frame."""
        buffer = io.BytesIO()
        image_of(self.frames[0]).save(buffer, "PNG")
        return buffer.getvalue()


def training_film(result: Result) -> Film:
    """A frame for each moment of a training."""
    return Film(list(_Camera(result).frames()))


class _Camera:
    """Paints moments onto what stays the same in all frames."""

    def __init__(self, result: Result):
        self._result, self._rows = result, result.moving
        self._places = [self._places_of(codes) for codes in result.moving_codes]
        self._stage = Stage.of(self._places, SIDE)
        self._learning = learning(result)
        self._curve = CurvePanel(self._learning, CURVE_HEIGHT, ACROSS)
        self._curves = self._curve.whole()
        self._background = self._painted()

    def frames(self) -> Iterator[np.ndarray]:
        """One after the other."""
        return map(self._frame, self._result.moments, self._places)

    @property
    def _tells_learned(self) -> bool:
        return self._result.data.is_few and self._result.data.is_binary

    def _places_of(self, codes: np.ndarray) -> np.ndarray:
        """Where the codes are; of one number each has a line of its own, in the order of the end."""
        places = self._result.plane.project(codes)
        if self._result.plane.labels[1]:
            return places
        order = self._result.places[self._rows, 0].argsort().argsort()
        return np.column_stack([places[:, 0], -order])

    def _painted(self) -> np.ndarray:
        result = self._result
        data, labels = result.data, result.plane.labels
        frame = np.zeros((HEIGHT, WIDTH), np.uint8)
        title = f"{_counted(len(data.judged), data.part + data.noun)} through"
        paste(frame, text(f"{title} {_counted(result.model.latent_size, 'number')}", TITLE), LEFT, 12)
        paste(frame, self._stage.empty(), LEFT, TOP)
        paste(frame, text(" · ".join(filter(None, labels)), SMALL), LEFT, TOP + SIDE + 8)
        if self._tells_learned:
            colors = text("not yet learned", SMALL, ORANGE), text("learned", SMALL, BLUE)
            for part, right in zip(colors, (LEFT + SIDE - 66, LEFT + SIDE), strict=True):
                paste(frame, part, right - part.shape[1], TOP + SIDE + 8)
        paste(frame, text("what the network makes of them", SMALL), RIGHT, DRAWN_TOP - 20)
        paste(frame, text(f"{self._learning.title}: {self._learning.unit}", SMALL), RIGHT, CURVE_TOP - 22)
        paste(frame, self._curve.empty(), RIGHT, CURVE_TOP)
        return frame

    def _frame(self, moment: Moment, places: np.ndarray) -> np.ndarray:
        frame, result = self._background.copy(), self._result
        rows = np.arange(len(result.pixels)) if result.data.is_few else result.shown
        outputs = reconstruct(moment.model, result.inputs[0][rows], result.data.judged.labels_of(rows))
        learned = None
        if self._tells_learned:
            learned = wrong_pixels(outputs, result.pixels[rows]).sum(axis=1) == 0
        paste(frame, text(self._words(moment, learned), WORDS), RIGHT, 36)
        paste(frame, text(f"epoch {moment.epoch:,}", TITLE), RIGHT, 12)
        self._put_map(frame[TOP : TOP + SIDE, LEFT : LEFT + SIDE], places, learned)
        self._put_drawn(frame, outputs[:MOST_DRAWN])
        self._put_curve(frame[CURVE_TOP:, RIGHT:], moment.epoch)
        return frame

    def _words(self, moment: Moment, learned: np.ndarray | None) -> str:
        error = self._learning.curves[-1].at(moment.epoch)
        measure = self._learning.title.split(" by ")[0].lower()
        words = [] if error is None else [f"{measure} {number_text(error)}"]
        if learned is not None:
            words.append(f"{learned.sum()} of {len(learned)} learned")
        return " · ".join(words)

    def _put_map(self, panel: np.ndarray, places: np.ndarray, learned: np.ndarray | None) -> None:
        data = self._result.data
        if not data.is_few:
            labels = data.judged.labels
            colors = of_class(np.zeros(len(places), int) if labels is None else labels[self._rows])
            return self._stage.put_dots(panel, places, colors, DOT)
        pictures = data.as_ink(data.judged.levels()).reshape(-1, *data.cell)
        inks = np.zeros(len(pictures), int) if learned is None else 2 - learned
        painted = tiles(pictures, LARGEST_TILE if len(pictures) <= MANY else SMALL_TILE)
        parts = mixed(1 - painted) if data.channels > 1 else shaded(painted, inks[:, None, None])
        self._stage.put_tiles(panel, places, with_edge(cut_out(parts)) if data.is_ink else parts)
        return None

    def _put_drawn(self, frame: np.ndarray, outputs: np.ndarray) -> None:
        data = self._result.data
        laid = sheet(data.as_ink(outputs).reshape(-1, *data.cell), (DRAWN_HEIGHT, ACROSS), GAP)
        paste(frame, mixed(1 - laid) if data.channels > 1 else shaded(laid), RIGHT, DRAWN_TOP)

    def _put_curve(self, panel: np.ndarray, epoch: int) -> None:
        """The curves up to an epoch, and a dot where they are."""
        end = self._curve.column(epoch) + 1
        panel[:CURVE_HEIGHT, :end] = self._curves[:, :end]
        spot = self._curve.spot(epoch)
        if spot is not None:
            column, row = spot
            paste(panel, cut_out(shaded(DISC, BLUE)), column - len(DISC) // 2, row - len(DISC) // 2)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
