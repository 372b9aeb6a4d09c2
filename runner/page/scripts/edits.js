"use strict";
/* What can be done to a picture: rows of values 0…1, of `[rows, columns]`. Each returns a new one. */

const SOFT = 0.5; // pixels inside and outside of its edge in which a brush fades
const STRIDE = 0.25; // pixels from dab to dab
// Of the side of a field of 28 pixels, MNIST fits its digits into 20.
const FITTED_SHARE = 20 / 28;

function inverted(picture) {
  return picture.map((value) => 1 - value);
}

/** Moved by whole pixels, down and to the right; what comes in is 0. */
function shifted(picture, [rows, columns], [down, right]) {
  return picture.map((_, index) => {
    const [row, column] = [Math.floor(index / columns) - down, (index % columns) - right];
    const inside = row >= 0 && row < rows && column >= 0 && column < columns;
    return inside ? picture[row * columns + column] : 0;
  });
}

/** Each pixel is the largest of itself and those above, below and beside it. */
function thickened(picture, cell) {
  const around = [[-1, 0], [1, 0], [0, -1], [0, 1]].map((step) => shifted(picture, cell, step));
  return picture.map((value, index) => Math.max(value, ...around.map((other) => other[index])));
}

/** A stroke of a brush over a picture; a pixel is covered as far as the brush ever covered it. */
class Stroke {
  /** A round soft brush of a radius in pixels, which leaves a level; of radius 0 it is a pencil. */
  constructor(picture, [rows, columns], { radius, level }) {
    Object.assign(this, { before: picture, rows, columns, radius, level, last: null });
    this.cover = new Float64Array(picture.length);
  }

  /** Go straight on to a point, `[x, y]` in pixels. */
  to([x, y]) {
    const [fromX, fromY] = this.last ?? [x, y];
    const steps = Math.ceil(Math.hypot(x - fromX, y - fromY) / STRIDE) || 1;
    for (let step = 1; step <= steps; step++) {
      this.#dab(fromX + (step / steps) * (x - fromX), fromY + (step / steps) * (y - fromY));
    }
    this.last = [x, y];
  }

  /** The picture with the stroke on it. */
  get picture() {
    return this.before.map((value, index) => value + this.cover[index] * (this.level - value));
  }

  #dab(x, y) {
    for (let index = 0; index < this.cover.length; index++) {
      const [row, column] = [Math.floor(index / this.columns), index % this.columns];
      this.cover[index] = Math.max(this.cover[index], this.#coverOf(row, column, x, y));
    }
  }

  #coverOf(row, column, x, y) {
    if (this.radius === 0) return Number(Math.floor(x) === column && Math.floor(y) === row);
    const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y);
    return Math.min(Math.max(this.radius + SOFT - distance, 0), 1);
  }
}

/**
 * Centred as MNIST is: what is drawn is fitted, in its proportions, into a box of 20/28 of the picture, each
 * pixel a mean over the area that it covers, and moved by whole pixels until its centre of mass is nearest to
 * the middle. An empty picture stays as it is.
 */
function centred(picture, cell) {
  const box = boundsOf(picture, cell);
  if (!box) return picture.slice();
  const [height, width] = [box.bottom - box.top, box.right - box.left];
  const room = cell.map((side) => Math.max(1, Math.round(side * FITTED_SHARE)));
  const scale = Math.min(room[0] / height, room[1] / width);
  const size = [height, width].map((side) => Math.max(1, Math.round(side * scale)));
  const [down, across] = [areaShares(height, size[0]), areaShares(width, size[1])];
  const fitted = new Float64Array(size[0] * size[1]);
  down.forEach((rowShares, row) =>
    across.forEach((columnShares, column) => {
      for (const [y, rowShare] of rowShares) {
        for (const [x, columnShare] of columnShares) {
          const value = picture[(box.top + y) * cell[1] + box.left + x];
          fitted[row * size[1] + column] += rowShare * columnShare * value;
        }
      }
    }),
  );
  return placedByMass(fitted, size, cell);
}

/** The rows and columns, ends excluded, in which there is something; null if there is nothing. */
function boundsOf(picture, [rows, columns]) {
  const box = { top: rows, bottom: 0, left: columns, right: 0 };
  picture.forEach((value, index) => {
    if (!(value > 0)) return;
    const [row, column] = [Math.floor(index / columns), index % columns];
    box.top = Math.min(box.top, row);
    box.bottom = Math.max(box.bottom, row + 1);
    box.left = Math.min(box.left, column);
    box.right = Math.max(box.right, column + 1);
  });
  return box.bottom > 0 ? box : null;
}

/** For each of `size` equal parts of a line of `length`, the places that it covers, and its share of each. */
function areaShares(length, size) {
  const step = length / size;
  return Array.from({ length: size }, (_, part) => {
    const [start, end] = [part * step, (part + 1) * step];
    const shares = [];
    for (let place = Math.floor(start); place < Math.min(Math.ceil(end - 1e-9), length); place++) {
      shares.push([place, (Math.min(end, place + 1) - Math.max(start, place)) / step]);
    }
    return shares;
  });
}

/** A small picture in an empty one of a `cell`, its centre of mass nearest to the middle. */
function placedByMass(small, [height, width], [rows, columns]) {
  const mass = small.reduce((sum, value) => sum + value, 0);
  const mean = (place) => small.reduce((sum, value, i) => sum + value * (place(i) + 0.5), 0) / mass;
  const top = Math.round(rows / 2 - mean((i) => Math.floor(i / width)));
  const left = Math.round(columns / 2 - mean((i) => i % width));
  const result = new Float64Array(rows * columns);
  small.forEach((value, i) => {
    const [row, column] = [top + Math.floor(i / width), left + (i % width)];
    const inside = row >= 0 && row < rows && column >= 0 && column < columns;
    if (inside) result[row * columns + column] = value;
  });
  return result;
}
