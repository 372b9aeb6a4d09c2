"use strict";
/*
 * What a layer makes of its sums, and the slopes of a loss by them from those by what it made. ACTIVATIONS and
 * SLOPES are written by packing.py.
 */

/** One value for each sum. */
class Units {
  constructor(name, beta) {
    Object.assign(this, { apply: ACTIVATIONS[name], slope: SLOPES[name], beta });
  }

  forward(sums, values) {
    const { apply, beta } = this;
    for (let i = 0; i < sums.length; i++) values[i] = apply(sums[i], beta);
  }

  /** `slopes` and `deltas`, those by the sums, may be one array. */
  backward(slopes, sums, values, deltas) {
    const { slope, beta } = this;
    for (let i = 0; i < sums.length; i++) deltas[i] = slopes[i] * slope(sums[i], values[i], beta);
  }

  /** Loss and error of a network whose codes are the values of this layer: those of what it draws. */
  judged(measures) {
    return measures;
  }
}
