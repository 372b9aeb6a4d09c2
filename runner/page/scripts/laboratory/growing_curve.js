"use strict";
/* The error of a network in training as it falls, over the curve of the run. */

const MOST_POINTS = 600;
// So far from the edges are the highest and the lowest error, as a factor: in logarithms, and else.
const [BEYOND, BESIDE] = [1.6, 1.05];

class GrowingCurve {
  /** `facts` and `lines` are those of the run's curve. */
  constructor(element, { facts, lines }) {
    this.line = { ...CURVES.kept, points: [] };
    const before = lines.map((line) => ({ ...line, color: "--faint" }));
    this.curve = new LearningCurve({ ...facts, hasDots: false }, [...before, this.line], element);
    this.ranges = facts.ranges;
    this.beyond = facts.isLogarithmic ? BEYOND : BESIDE;
  }

  /** Show the errors by epoch so far, of so many epochs. */
  show(errors, epochs) {
    const error = errors.at(-1);
    let [, right, bottom, top] = this.ranges;
    if (Number.isFinite(error) && error > 0) {
      [bottom, top] = [Math.min(bottom, error / this.beyond), Math.max(top, error * this.beyond)];
    }
    this.ranges = [0, Math.max(right, epochs), bottom, top];
    this.line.points = thinnedCurve(errors);
    this.curve.chart.show(this.ranges);
    this.curve.redraw();
  }
}

/** `[epoch, value]` of at most so many epochs, the last one among them. */
function thinnedCurve(values) {
  const step = Math.ceil(values.length / MOST_POINTS);
  const points = [];
  for (let epoch = 0; epoch < values.length; epoch += step) points.push([epoch, values[epoch]]);
  const last = values.length - 1;
  if (points.at(-1)[0] !== last) points.push([last, values[last]]);
  return points;
}
