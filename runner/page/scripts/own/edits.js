"use strict";
/*
 * What can be done to a picture: rows of values 0…1, of a cell `[rows, columns]`, or in colour `[rows, columns, 3]`
 * with three values to a pixel. Each returns a new one. To shift, thicken and centre, 0 is the ground on which there is
 * something, more or less than 0.
 */

const SOFT = 0.5; // pixels inside and outside of its edge in which a brush fades
const STRIDE = 0.25; // pixels from dab to dab
// Of the side of a field of 28 pixels, MNIST fits its digits into 20.
const FITTED_SHARE = 20 / 28;

function inverted(picture) {
  return picture.map((value) => 1 - value);
}

/** Row, column and channel of a value. */
function positionOf(index, [, columns, channels = 1]) {
  const pixel = Math.floor(index / channels);
  return [Math.floor(pixel / columns), pixel % columns, index % channels];
}

/** Moved by whole pixels, down and to the right; what comes in is 0. */
function shifted(picture, cell, [down, right]) {
  const result = new Float64Array(picture.length);
  putInto(result, cell, picture, cell, [down, right]);
  return result;
}

/** Put a picture into a larger or equal one, its corner at a row and a column; what lies outside is lost. */
function putInto(result, [rows, columns, channels = 1], picture, cell, [top, left]) {
  picture.forEach((value, index) => {
    const [row, column, channel] = positionOf(index, cell);
    const [y, x] = [row + top, column + left];
    if (y >= 0 && y < rows && x >= 0 && x < columns) result[(y * columns + x) * channels + channel] = value;
  });
}

/** Each pixel is the one that is farthest from 0 of itself and those above, below and beside it. */
function thickened(picture, cell) {
  const around = [[-1, 0], [1, 0], [0, -1], [0, 1]].map((step) => shifted(picture, cell, step));
  const farther = (one, other) => (Math.abs(other) > Math.abs(one) ? other : one);
  return picture.map((value, index) => around.reduce((most, other) => farther(most, other[index]), value));
}

/** An edit for pictures on a ground of 0, of one on a `ground` with a level in each channel. */
function overGround(edit, picture, ground) {
  const levelAt = (index) => ground[index % ground.length];
  const drawn = edit(picture.map((value, index) => value - levelAt(index)));
  return drawn.map((value, index) => Math.min(Math.max(value + levelAt(index), 0), 1));
}

/** What most pictures have in their corners, a level in each channel; of ink on paper it is 0. */
function groundOf({ pixels, names, cell: [rows, columns, channels = 1], isInk }) {
  const corners = [0, columns - 1, (rows - 1) * columns, rows * columns - 1];
  return Array.from({ length: channels }, (_, channel) => {
    const levels = names.flatMap((_, index) =>
      corners.map((corner) => pixels[(index * rows * columns + corner) * channels + channel]),
    );
    return isInk ? 0 : levels.sort((a, b) => a - b)[Math.floor(levels.length / 2)] / 255;
  });
}

/** A stroke of a brush over a picture; a pixel is covered as far as the brush ever covered it. */
class Stroke {
  /** A round soft brush of a radius in pixels, which leaves a level in each channel; of radius 0 it is a pencil. */
  constructor(picture, cell, { radius, levels }) {
    Object.assign(this, { before: picture, cell, radius, levels, last: null });
    this.cover = new Float64Array(cell[0] * cell[1]);
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
    const { cover, levels } = this;
    const cut = (value, index) => cover[Math.floor(index / levels.length)] * (levels[index % levels.length] - value);
    return this.before.map((value, index) => value + cut(value, index));
  }

  #dab(x, y) {
    const [, columns] = this.cell;
    this.cover.forEach((before, pixel) => {
      const now = this.#coverOf(Math.floor(pixel / columns), pixel % columns, x, y);
      if (now > before) this.cover[pixel] = now;
    });
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
 * that of the middle pixel, of 28 the one before which 14 lie. 9,996 of MNIST's 10,000 test digits stay as they
 * are, and so does an empty picture.
 */
function centred(picture, cell) {
  const box = boundsOf(picture, cell);
  if (!box) return picture.slice();
  const [rows, columns, channels = 1] = cell;
  const [height, width] = [box.bottom - box.top, box.right - box.left];
  const room = [rows, columns].map((side) => Math.max(1, Math.round(side * FITTED_SHARE)));
  const scale = Math.min(room[0] / height, room[1] / width);
  const [down, across] = [height, width].map((side) => areaShares(side, Math.max(1, Math.round(side * scale))));
  const size = [down.length, across.length, channels];
  const fitted = new Float64Array(down.length * across.length * channels).map((_, index) => {
    const [row, column, channel] = positionOf(index, size);
    let sum = 0;
    for (const [y, rowShare] of down[row]) {
      for (const [x, columnShare] of across[column]) {
        const pixel = (box.top + y) * columns + box.left + x;
        sum += rowShare * columnShare * picture[pixel * channels + channel];
      }
    }
    return sum;
  });
  const result = new Float64Array(picture.length);
  putInto(result, cell, fitted, size, cornerByMass(fitted, size, cell));
  return result;
}

/** The rows and columns, ends excluded, in which there is something; null if there is nothing. */
function boundsOf(picture, cell) {
  const box = { top: cell[0], bottom: 0, left: cell[1], right: 0 };
  picture.forEach((value, index) => {
    if (value === 0) return;
    const [row, column] = positionOf(index, cell);
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

/** Row and column for the corner of a small picture in a `cell`, so that its mass lies in the middle pixel. */
function cornerByMass(small, size, cell) {
  const mass = small.reduce((sum, value) => sum + Math.abs(value), 0);
  return [0, 1].map((axis) => {
    const moment = small.reduce((sum, value, i) => sum + Math.abs(value) * positionOf(i, size)[axis], 0);
    return Math.round(Math.floor(cell[axis] / 2) - moment / mass);
  });
}
