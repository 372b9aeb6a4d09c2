"""Where names and thumbnails stand on a map: at their places, beside them, or a line away from them.

None covers another, a line, or the dot of a place, and none is cut off by the frame. All lengths are
points; places `(n, 2)` are measured from the lower left corner of the frame. Cost grows linearly with their
number: what is taken is marked on a raster, so that nobody is asked for all others.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

# Kept free around the dot of a place, and around a box.
DOT, GAP = 3.5, 2
# The distances at which room is looked for, and the directions.
NEAREST, FARTHEST, GROWTH, DIRECTIONS = 1.0, 80.0, 1.2, 32
# What counts as if a box stood farther away: a share for standing among the neighbours of its place, and
# points for a line that crosses another, or a dot.
INWARD, CROSSING = 0.2, 40.0
NEIGHBOURS = 32
# So often, what has found no room is placed first; so many points of a line are looked at.
ROUNDS, SAMPLES = 2, 40

Offsets = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, eq=False)
class Placed:
    """The centres of boxes, and where the lines from their places to them end; NaN without room."""

    centres: np.ndarray  # (n, 2)
    ends: np.ndarray  # (n, 2)

    @property
    def has_room(self) -> np.ndarray:
        """Which boxes have found room, `(n,)`."""
        return np.isfinite(self.centres[:, 0])


def placed(places: np.ndarray, sizes: np.ndarray, dots: np.ndarray, area, offsets: Offsets) -> Placed:
    """Find room for a box of `sizes` `(n, 2)` for each of the `places`, inside `area` (width, height).

    `dots` `(…, 2)` are what boxes keep clear of, but for the one at their own place. `offsets(size)` are
    where the centre of a box may stand `(candidates, 2)`, seen from its place.
    """
    outward, order = _surroundings(places)
    tries = []
    for _ in range(ROUNDS):
        tries.append(_one_by_one(_Board(dots, area), places, sizes, outward, order, offsets))
        has_room = tries[-1].has_room
        if has_room.all():
            break
        # What has found no room comes first.
        order = order[np.argsort(has_room[order], kind="stable")]
    return fullest(tries)


def fullest(tries: list[Placed]) -> Placed:
    """The try in which most boxes have found room; of several the first."""
    return max(tries, key=lambda tried: tried.has_room.sum())


def _one_by_one(board, places, sizes, outward, order, offsets: Offsets) -> Placed:
    """Each box takes the best place that those before it in an `order` have left."""
    centres, ends = np.full(places.shape, np.nan), np.full(places.shape, np.nan)
    for index in order:
        size, place = sizes[index], places[index]
        candidates = offsets(size)
        lengths = np.hypot(*candidates.T)
        costs = lengths + INWARD * (lengths - candidates @ outward[index])
        found = board.best(place, size, candidates, costs)
        if found is not None:
            centres[index], ends[index] = found
            board.mark(place, *found, size)
    return Placed(centres, ends)


def stacked(places: np.ndarray, sizes: np.ndarray, area) -> Placed:
    """Boxes of `sizes` `(n, 2)` above places on a line, each as low as those on its left let it be."""
    left = np.clip(places[:, 0] - sizes[:, 0] / 2, 0, area[0] - sizes[:, 0])
    floor, height = places[:, 1].max(initial=0) + DOT + GAP, sizes[:, 1].max(initial=1) + GAP
    free_from = np.zeros(max(1, int((area[1] - floor) / height)))
    centres = np.full(places.shape, np.nan)
    for index in np.argsort(left, kind="stable"):
        level = int(np.argmax(free_from <= left[index]))
        if free_from[level] <= left[index]:
            free_from[level] = left[index] + sizes[index, 0] + GAP
            centres[index] = left[index] + sizes[index, 0] / 2, floor + level * height + sizes[index, 1] / 2
    return Placed(centres, places)


def apart(places: np.ndarray, size: np.ndarray) -> np.ndarray:
    """The rows of places, in their order, at which a box of that `size` covers none at an earlier one."""
    near = cKDTree(places / size).query_ball_point(places / size, 1.0, p=np.inf)
    is_free = np.ones(len(places), bool)
    for row, others in enumerate(near):
        if is_free[row]:
            is_free[[other for other in others if other > row]] = False
    return np.flatnonzero(is_free)


def beside(size: np.ndarray) -> np.ndarray:
    """Offsets all around a place, to the right and above first."""
    radii = DOT + np.geomspace(NEAREST, FARTHEST, int(np.log(FARTHEST / NEAREST) / np.log(GROWTH)))
    turns = np.pi / 8 + np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS
    ways = np.column_stack([np.cos(turns), np.sin(turns)])
    # The edge of the box is at the radius, not its centre.
    reach = np.clip(1.4 * ways, -1, 1) * size / 2
    return (radii[:, None, None] * ways + reach).reshape(-1, 2)


def at(size: np.ndarray) -> np.ndarray:
    """The place itself, and all around it."""
    return np.concatenate([np.zeros((1, 2)), beside(size)])


class _Board:
    """What is taken of an area, in squares of a point: where boxes and lines lie."""

    def __init__(self, dots: np.ndarray, area):
        self._limit = np.array([int(side) for side in area])
        shape = self._limit[::-1]
        self._boxes, self._lines = np.zeros(shape, bool), np.zeros(shape, bool)
        columns, rows = np.floor(dots).astype(int).T
        inside = ((dots >= 0) & (dots < self._limit)).all(axis=1)
        counts = np.zeros(shape + 1, np.int32)
        np.add.at(counts, (rows[inside] + 1, columns[inside] + 1), 1)
        # How many dots there are below and left of a square.
        self._dots = counts.cumsum(axis=0).cumsum(axis=1)

    def best(self, place, size, offsets, costs) -> tuple[np.ndarray, np.ndarray] | None:
        """The offset with room at the least cost, as a centre, and where the line to it ends."""
        centres = place + offsets
        low, high = _corners(centres, size)
        possible = np.flatnonzero((low >= 0).all(axis=1) & (high <= self._limit).all(axis=1))
        possible = possible[self._keep_clear(place, centres[possible], size)]
        possible = possible[self._may_be_free(low[possible], high[possible])]
        ends = np.clip(place, centres[possible] - size / 2, centres[possible] + size / 2)
        costs = costs[possible] + self._crossings(place, ends)
        for index in np.argsort(costs, kind="stable"):
            if not np.isfinite(costs[index]):
                break
            chosen = possible[index]
            if self._is_free(low[chosen], high[chosen]):
                return centres[chosen], ends[index]
        return None

    def mark(self, place, centre, end, size) -> None:
        """Take what a box and its line need."""
        self._lines[self._squares(_along(place, end[None], 0.5)[0])] = True
        (left, bottom), (right, top) = _corners(centre, size)
        self._boxes[bottom + GAP : top - GAP, left + GAP : right - GAP] = True

    def _is_free(self, low, high) -> bool:
        """Whether between these corners lies no box, and no line but in the gaps."""
        (left, bottom), (right, top) = low, high
        inside = self._lines[bottom + GAP : top - GAP, left + GAP : right - GAP]
        return not (self._boxes[bottom:top, left:right].any() or inside.any())

    def _may_be_free(self, low, high) -> np.ndarray:
        """Whether no box lies at nine points between the corners: that rules out most that have no room."""
        shares = np.array([0, 0.5, 1])
        columns, rows = (
            (low[:, axis, None] + shares * (high - low - 1)[:, axis, None]).astype(int) for axis in (0, 1)
        )
        return ~self._boxes[rows[:, :, None], columns[:, None, :]].any(axis=(1, 2))

    def _keep_clear(self, place, centres, size) -> np.ndarray:
        """Whether boxes at `centres` cover no dot but that of their place."""
        low, high = (
            np.clip(np.round(centres + sign * (size / 2 + DOT)), 0, self._limit).astype(int)
            for sign in (-1, 1)
        )
        square = np.floor(place)
        own = ((low <= square) & (square < high)).all(axis=1)
        return self._dots_within(low, high) <= own

    def _dots_within(self, low, high) -> np.ndarray:
        """How many dots lie in rectangles between corners `(…, 2)`."""
        (left, bottom), (right, top), dots = low.T, high.T, self._dots
        return dots[top, right] - dots[bottom, right] - dots[top, left] + dots[bottom, left]

    def _crossings(self, place, ends) -> np.ndarray:
        """What the lines to `ends` cost for what they cross; boxes are too much."""
        rows, columns = self._squares(_along(place, ends, None))
        hits_box = self._boxes[rows, columns].any(axis=1)
        hits_line = self._lines[rows, columns].any(axis=1)
        corners = np.stack([columns, rows], axis=-1)
        near = [np.clip(corners + reach, 0, self._limit).reshape(-1, 2) for reach in (-1, 2)]
        hits_dots = self._dots_within(*near).reshape(rows.shape).max(axis=1, initial=0)
        costs = np.where(hits_box, np.inf, CROSSING * (hits_line + hits_dots))
        return np.where(np.hypot(*(ends - place).T) > DOT + GAP, costs, 0)

    def _squares(self, points) -> tuple[np.ndarray, np.ndarray]:
        columns, rows = np.moveaxis(np.clip(np.floor(points), 0, self._limit - 1).astype(int), -1, 0)
        return rows, columns


def _corners(centres, size) -> tuple[np.ndarray, np.ndarray]:
    """The squares of the lower left corners of boxes with their gaps, and those beyond the others."""
    low, high = centres - size / 2 - GAP, centres + size / 2 + GAP
    return np.floor(low).astype(int), np.ceil(high).astype(int)


def _along(place, ends, step: float | None) -> np.ndarray:
    """Places on the lines from the edge of a dot to `ends` `(n, 2)`: a `step` apart, or SAMPLES on each.

    A line that is too short to be seen has its end alone.
    """
    lengths = np.hypot(*(ends - place).T)
    count = SAMPLES if step is None else max(2, int(lengths.max(initial=0) / step))
    starts = np.minimum(DOT / np.maximum(lengths, DOT), 1)[:, None]
    shares = starts + np.linspace(0, 1, count) * (1 - starts)
    return place + shares[..., None] * (ends - place)[:, None]


def _surroundings(places) -> tuple[np.ndarray, np.ndarray]:
    """For each place the direction away from its neighbours, and an order: the most crowded come first."""
    count = min(NEIGHBOURS + 1, len(places))
    distances, rows = cKDTree(places).query(places, range(1, count + 1))
    away = places - places[rows].mean(axis=1)
    lengths = np.hypot(*away.T)[:, None]
    outward = np.divide(away, lengths, out=np.zeros_like(away), where=lengths > 0)
    return outward, np.argsort(distances.mean(axis=1), kind="stable")
