"use strict";
/* A normal around a code, as a map shows it. */

const DEVIATIONS = 2; // of the normal, to its outline
const OUTLINE_POINTS = 60;

/** The ellipse of two standard deviations around a normal, as a linear space shows it. */
function normalOutline(space, mean, deviations) {
  const [x, y] = space.project(mean);
  let [xx, xy, yy] = [0, 0, 0];
  deviations.forEach((deviation, i) => {
    const moved = Float64Array.from(mean);
    moved[i] += DEVIATIONS * deviation;
    const place = space.project(moved);
    const [right, up] = [place[0] - x, place[1] - y];
    [xx, xy, yy] = [xx + right * right, xy + right * up, yy + up * up];
  });
  // The triangular root of the covariance turns a circle into its ellipse.
  const across = Math.sqrt(xx);
  const slant = across ? xy / across : 0;
  const up = Math.sqrt(Math.max(yy - slant * slant, 0));
  return Array.from({ length: OUTLINE_POINTS + 1 }, (_, i) => {
    const angle = (2 * Math.PI * i) / OUTLINE_POINTS;
    return [x + across * Math.cos(angle), y + slant * Math.cos(angle) + up * Math.sin(angle)];
  });
}
