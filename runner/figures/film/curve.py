"""The error curve of a film, which grows from frame to frame: drawn once, more and more of it is shown."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from matplotlib.ticker import MaxNLocator
from PIL import Image, ImageDraw

from runner.figures.film.ink import BLUE, FAINT, GREEN, cut_out, paste, shaded, text
from runner.figures.style import thinned
from runner.result.learning import Curve, Learning

LABEL = 11  # pixels
LEFT, BELOW, MARGIN = 52, 22, 6
FINE = 4  # so many times finer, a curve is drawn before its edges are smoothed
MOST_POINTS = 1500
LEVEL_OF_OTHERS, DASH = 0.4, 6


@dataclass(frozen=True)
class CurvePanel:
    """A panel of so many pixels with the curves of a training over the logarithm of 1 + epoch."""

    learned: Learning
    height: int
    width: int

    def empty(self) -> np.ndarray:
        """Axes, numbers and limits, as palette numbers `(height, width)`."""
        panel = np.zeros((self.height, self.width), np.uint8)
        for value in self._ticks():
            row = self._row(value)
            panel[row, LEFT:] = FAINT
            label = text(f"{value:g}", LABEL)
            paste(panel, label, LEFT - label.shape[1] - 5, row - label.shape[0] // 2)
        limits = sorted(self.learned.limits.items(), key=lambda item: item[1])
        for name, limit in limits:
            row, label = self._row(limit), text(name, LABEL, GREEN)
            dashes = LEFT + np.flatnonzero(np.arange(self.width - LEFT) % DASH < DASH // 2)
            panel[row, dashes] = shaded(np.ones(()), GREEN)
            above = row - label.shape[0] if name == limits[-1][0] else row + 1
            paste(panel, label, self.width - label.shape[1], above)
        for epoch in self._epoch_ticks():
            label = text(f"{epoch:,}", LABEL)
            left = min(self.column(epoch) - label.shape[1] // 2, self.width - label.shape[1])
            paste(panel, label, left, self.height - BELOW + 5)
        panel[self.height - BELOW, LEFT:] = shaded(np.full(1, LEVEL_OF_OTHERS))[0]
        return panel

    def whole(self) -> np.ndarray:
        """The same with all of the curves."""
        panel = self.empty()
        *beside, judged = self.learned.curves
        for curve in beside:
            paste(panel, cut_out(shaded(LEVEL_OF_OTHERS * self._line(curve))), 0, 0)
        paste(panel, cut_out(shaded(self._line(judged), BLUE)), 0, 0)
        return panel

    def column(self, epoch: int) -> int:
        """Where an epoch is."""
        share = np.log1p(epoch) / max(np.log1p(self._last), 1e-9)
        return LEFT + round(share * (self.width - LEFT - MARGIN))

    def spot(self, epoch: int) -> tuple[int, int] | None:
        """Column and row of the end of the judged curve at an epoch."""
        value = self.learned.curves[-1].at(epoch)
        if value is None or not self._is_drawn(np.array(value)):
            return None
        return self.column(epoch), self._row(value)

    @property
    def _last(self) -> int:
        return int(max((curve.epochs[-1] for curve in self.learned.curves if len(curve.epochs)), default=1))

    def _is_drawn(self, values: np.ndarray) -> np.ndarray:
        return np.isfinite(values) & ((values > 0) | (not self.learned.is_logarithmic))

    @cached_property
    def _range(self) -> tuple[float, float]:
        """The lowest and the highest value, in the units of the axis."""
        curves = [curve.values[self._is_drawn(curve.values)] for curve in self.learned.curves]
        values = np.concatenate([*curves, [value for value in self.learned.limits.values() if value > 0]])
        low, high = (values.min(), values.max()) if len(values) else (0.1, 1.0)
        low, high = self._scaled(low), self._scaled(high)
        room = 0.04 * (high - low) or 0.5
        return low - room, high + room

    def _scaled(self, value):
        return np.log10(value) if self.learned.is_logarithmic else value

    def _row(self, value: float) -> int:
        low, high = self._range
        return round((high - self._scaled(value)) / (high - low) * (self.height - BELOW))

    def _ticks(self) -> list[float]:
        low, high = self._range
        is_logarithmic = self.learned.is_logarithmic
        if is_logarithmic and high - low > 1:
            powers = MaxNLocator(5, integer=True).tick_values(low, high)
            return [10.0**power for power in powers if low <= power <= high]
        ends = (10**low, 10**high) if is_logarithmic else (low, high)
        return [tick for tick in MaxNLocator(4).tick_values(*ends) if ends[0] <= tick <= ends[1]]

    def _epoch_ticks(self) -> list[int]:
        decades = [10**power for power in range(8) if 10**power < self._last / 2]
        return [0, *(decades[1:] or decades), self._last]

    def _line(self, curve: Curve) -> np.ndarray:
        """How much of each pixel a curve covers `(height, width)`, 0 to 1."""
        size = FINE * self.width, FINE * self.height
        image = Image.new("L", size)
        known = self._is_drawn(curve.values)
        epochs, values = curve.epochs[known], curve.values[known]
        if len(values):
            places, values = thinned(values, MOST_POINTS).T
            points = [
                (FINE * self.column(epoch), FINE * self._row(value))
                for epoch, value in zip(epochs[places.astype(int)], values, strict=True)
            ]
            ImageDraw.Draw(image).line(points, 255, 2 * FINE, "curve")
        return np.asarray(image.reduce(FINE)) / 255
