"use strict";
/* Which part of the plane a map shows. Ranges are left, right, bottom, top. */

const MARGIN = 0.08;
const ABOVE_LINE = [-0.2, 1];

/** The ranges of a map of all `places`. On a line pictures stand above it. */
function extentOf(places, oneLine) {
  const [x, y] = [0, 1].map((axis) => bounds(places.map((place) => place[axis])));
  return [...x, ...(oneLine ? ABOVE_LINE : y)];
}

/** The limits of an axis that shows `values` with a margin. */
function bounds(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const margin = MARGIN * (high - low) || 1;
  return [low - margin, high + margin];
}

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}
