"use strict";
/* Boxes of one size that shall not cover each other: spots are their middles. */

const LEVELS_ON_A_LINE = 6;
const ROUNDS = 400;
const PUSH = 0.3; // of an overlap, and of a box, in a round

/** Spots on one line, raised in turn so that boxes find room above it. */
function stacked(spots, [, height]) {
  const order = spots.map((_, index) => index).sort((a, b) => spots[a][0] - spots[b][0]);
  const result = [];
  order.forEach((index, rank) => {
    const level = (rank % LEVELS_ON_A_LINE) + 1;
    result[index] = [spots[index][0], spots[index][1] - level * 1.15 * height];
  });
  return result;
}

/** Move boxes apart until none covers another. */
function spread(spots, size) {
  const golden = Math.PI * (3 - Math.sqrt(5));
  // A tiny spiral parts boxes at the very same spot.
  const moved = spots.map(([x, y], i) => {
    const reach = 0.01 * Math.sqrt(i * golden);
    return [x + reach * size[0] * Math.cos(i * golden), y + reach * size[1] * Math.sin(i * golden)];
  });
  const order = [...moved.keys()];
  for (let round = 0; round < ROUNDS && pushApart(moved, order, size); round++);
  return moved;
}

/** One round: each box is pushed by all that it touches. Returns whether any did. */
function pushApart(moved, order, [width, height]) {
  order.sort((a, b) => moved[a][0] - moved[b][0]);
  const steps = moved.map(() => [0, 0]);
  let touching = false;
  for (let place = 0; place < order.length; place++) {
    const i = order[place];
    // Those farther along cannot touch it either.
    for (let next = place + 1; next < order.length; next++) {
      const j = order[next];
      const apart = [moved[i][0] - moved[j][0], moved[i][1] - moved[j][1]];
      const overlap = [width - Math.abs(apart[0]), height - Math.abs(apart[1])];
      if (overlap[0] <= 0) break;
      if (overlap[1] <= 0) continue;
      touching = true;
      const axis = overlap[0] / width < overlap[1] / height ? 0 : 1;
      const push = PUSH * Math.sign(apart[axis]) * overlap[axis];
      steps[i][axis] += push;
      steps[j][axis] -= push;
    }
  }
  moved.forEach((spot, i) => {
    spot[0] += clamp(steps[i][0], -PUSH * width, PUSH * width);
    spot[1] += clamp(steps[i][1], -PUSH * height, PUSH * height);
  });
  return touching;
}
