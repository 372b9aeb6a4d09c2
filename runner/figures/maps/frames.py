"""The frame of a map: axes in which a place, in the numbers of the latent space, is also one in points."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from runner.figures.maps.placing import Offsets, Placed, fullest, placed, stacked
from runner.figures.style import GREY, PALE, new_figure

# Inches of a map and of one with much on it, and of the strip that is the map of one latent number.
MAP, LARGE_MAP, STRIP, LARGE_STRIP = (8, 7.4), (10.5, 9.6), (8, 4.2), (10.5, 4.2)
MANY_BOXES = 48
# Shares of a frame that are left free around the places: the first with room for all boxes, or for most.
MARGINS = 0.06, 0.16
# Points between the line of a latent space of one number and the lower edge; of a strip at least and most.
FLOOR, LOWEST, HIGHEST = 12.0, 90.0, 620.0


@dataclass(frozen=True)
class Map:
    """A figure with one axes for `places` `(n, 2)`, which on a strip all lie on a line."""

    figure: Figure
    axes: Axes
    places: np.ndarray
    is_strip: bool

    @classmethod
    def of(
        cls, title: str, labels: tuple[str, str], places: np.ndarray, boxes: int = 0, right=0.2
    ) -> "Map":
        """An empty map with room for so many boxes, and with `right` inches free beside it."""
        is_strip, is_large = not labels[1], boxes > MANY_BOXES
        width, height = ((STRIP, LARGE_STRIP) if is_strip else (MAP, LARGE_MAP))[is_large]
        size = width + right - 0.2, height
        figure, axes = new_figure(size, title, " ", left=0.2 if is_strip else 0.95, right=right)
        axes.set_xlabel(labels[0])
        axes.set_ylabel(labels[1])
        axes.grid(color=PALE)
        axes.set_axisbelow(True)
        if is_strip:
            axes.set_yticks([])
            axes.spines["left"].set_visible(False)
        drawn = cls(figure, axes, places, is_strip)
        drawn.look_from(MARGINS[0])
        return drawn

    def say(self, text: str) -> None:
        """Put a line below the title."""
        self.figure.texts[1].set_text(text)

    @property
    def area(self) -> np.ndarray:
        """Width and height of the frame in points."""
        return np.array(self.axes.get_position().size * self.figure.get_size_inches() * 72)

    def measured(self, artists) -> np.ndarray:
        """Width and height of texts, `(n, 2)`, in points."""
        sizes = [artist.get_window_extent().size for artist in artists]
        return np.reshape(sizes, (-1, 2)) * 72 / self.figure.dpi

    def look_from(self, margin: float) -> None:
        """Let the frame hold all places, with such a share of it free on each side."""
        low, high = self.places.min(axis=0), self.places.max(axis=0)
        width = np.where(high > low, high - low, 1.0)
        low, high = np.where(high > low, low, low - 0.5), np.where(high > low, high, high + 0.5)
        spare = width * margin / (1 - 2 * margin)
        self.axes.set_xlim(low[0] - spare[0], high[0] + spare[0])
        if self.is_strip:  # What belongs to a place stands above it; a unit is the height of the frame.
            floor = FLOOR / self.area[1]
            self.axes.set_ylim(-floor, 1 - floor)
        else:
            self.axes.set_ylim(low[1] - spare[1], high[1] + spare[1])

    def in_points(self, places: np.ndarray) -> np.ndarray:
        """Places `(n, 2)` from the lower left corner of the frame."""
        low, high = np.transpose([self.axes.get_xlim(), self.axes.get_ylim()])
        return (places - low) / (high - low) * self.area

    def from_points(self, points: np.ndarray) -> np.ndarray:
        """The same the other way round."""
        low, high = np.transpose([self.axes.get_xlim(), self.axes.get_ylim()])
        return low + points / self.area * (high - low)

    def arrange(
        self,
        places: np.ndarray,
        sizes: np.ndarray,
        dots: np.ndarray,
        offsets: Offsets,
        shortest: float = 0.0,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Find room for boxes of `sizes` `(n, 2)` points for the `places` `(n, 2)`; the limits grow for it.

        The boxes keep clear of `dots` `(m, 2)`, and stand at some of the `offsets`, or on a strip above
        their places. Returns the rows of those that have found room, and their centres in points; draws
        the lines that lead there, but none that is shorter than so many points.
        """
        is_strip = self.is_strip
        found = self._stacked(places, sizes) if is_strip else self._found(places, sizes, dots, offsets)
        rows = np.flatnonzero(found.has_room)
        centres, ends = found.centres[rows], found.ends[rows]
        ways = np.hypot(*(ends - self.in_points(places[rows])).T)
        lines = np.stack([places[rows], self.from_points(ends)], axis=1)[ways > shortest]
        self.axes.add_collection(LineCollection(lines, colors=GREY, linewidths=0.6, zorder=1.5))
        return rows, centres

    def _stacked(self, places, sizes) -> Placed:
        """Room above the line, in a strip that is as high as that needs."""
        highest = stacked(self.in_points(places), sizes, (self.area[0], HIGHEST))
        top = np.nanmax(highest.centres[:, 1] + sizes[:, 1] / 2)
        self._become(min(max(top + FLOOR, LOWEST), HIGHEST))
        return stacked(self.in_points(places), sizes, self.area)

    def _become(self, height: float) -> None:
        """Let the frame be so many points high; what is around it stays as it is."""
        width, before = self.figure.get_size_inches()
        box = self.axes.get_position()
        after = before + (height - self.area[1]) / 72
        self.figure.set_size_inches(width, after)
        bottom, above = box.y0 * before / after, (1 - box.y1) * before / after
        self.axes.set_position((box.x0, bottom, box.width, 1 - above - bottom))
        for text in self.figure.texts:
            text.set_y(1 - (1 - text.get_position()[1]) * before / after)
        self.look_from(MARGINS[0])

    def _found(self, places, sizes, dots, offsets: Offsets) -> Placed:
        """Room in the narrowest limits in which all find some, or most of them."""
        tries = []
        for margin in MARGINS:
            self.look_from(margin)
            tries.append(placed(self.in_points(places), sizes, self.in_points(dots), self.area, offsets))
            if tries[-1].has_room.all():
                return tries[-1]
        best = fullest(tries)
        self.look_from(MARGINS[tries.index(best)])
        return best
