"use strict";
/* Parts of a map, in numbers. Ranges are left, right, bottom, top. */

const NEAREST_VIEW = 2000; // times
const FARTHEST_VIEW = 1 / 4;

/** The ranges that show everything `factor` times as large, and leave `place` where it is. */
function zoomed(ranges, whole, [x, y], factor, oneLine) {
  const now = (whole[1] - whole[0]) / (ranges[1] - ranges[0]);
  const times = clamp(factor * now, FARTHEST_VIEW, NEAREST_VIEW) / now;
  const around = (edge, middle) => middle + (edge - middle) / times;
  const [left, right, bottom, top] = ranges;
  const sides = [around(left, x), around(right, x)];
  return oneLine ? [...sides, bottom, top] : [...sides, around(bottom, y), around(top, y)];
}

/** The ranges moved by `[x, y]`; their middle stays within the `whole`. */
function panned([left, right, bottom, top], whole, [x, y], oneLine) {
  const step = (low, high, by, from, to) => clamp((low + high) / 2 + by, from, to) - (low + high) / 2;
  const across = step(left, right, x, whole[0], whole[1]);
  const up = oneLine ? 0 : step(bottom, top, y, whole[2], whole[3]);
  return [left + across, right + across, bottom + up, top + up];
}

/** By how much to move the ranges so that `place` lies within them. */
function missing([left, right, bottom, top], [x, y]) {
  const beyond = (value, low, high) => value - clamp(value, low, high);
  return [beyond(x, left, right), beyond(y, bottom, top)];
}

/** The ranges between two corners. */
function between(one, other) {
  const [x, y] = [0, 1].map((axis) => [one[axis], other[axis]].sort((a, b) => a - b));
  return [...x, ...y];
}

/** Whether a place lies within ranges. */
function holds([left, right, bottom, top], [x, y]) {
  return x >= left && x <= right && y >= bottom && y <= top;
}
