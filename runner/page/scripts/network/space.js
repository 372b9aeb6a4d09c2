"use strict";
/*
 * Spaces turn places `[x, y]` of a map into codes and back. Of more than two numbers a map shows a slice:
 * it is parallel to its plane and goes through one code, whose other numbers all its places have.
 */

/** The slice through a code that is parallel to a plane. */
function sliceSpace(plane, through) {
  const start = project(plane, through);
  return {
    project: (code) => project(plane, code),
    lift: (place) =>
      Array.from(through, (value, i) =>
        plane.axes.reduce((sum, axis, k) => sum + (place[k] - start[k]) * axis[i], value),
      ),
  };
}

/** The plane of two of so many numbers. */
function coordinatePlane(numbers, latent) {
  const unit = (number) => Array.from({ length: latent }, (_, i) => Number(i === number));
  return { origin: unit(-1), axes: numbers.map(unit), labels: numbers.map((number) => `z${number + 1}`) };
}

/** The same, with shares of a standard normal for the `varied` numbers: places are from 0 to 1. */
function priorSpace({ shares, values }, varied, through) {
  return {
    lift: (place) => {
      const code = Array.from(through);
      varied.forEach((number, axis) => (code[number] = interpolate(shares, values, place[axis])));
      return code;
    },
    project: (code) =>
      [0, 1].map((axis) => (axis in varied ? interpolate(values, shares, code[varied[axis]]) : 0)),
  };
}

/** The value at `x` of the line through the points of two rising tables; flat beyond their ends. */
function interpolate(from, to, x) {
  if (x <= from[0]) return to[0];
  const next = from.findIndex((value) => value >= x);
  if (next < 0) return to.at(-1);
  const share = (x - from[next - 1]) / (from[next] - from[next - 1]);
  return to[next - 1] + share * (to[next] - to[next - 1]);
}
