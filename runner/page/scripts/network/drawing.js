"use strict";
/* Networks that take longer than a frame of the screen to draw a picture: coarsely at once, then as it is. */

const FRAME = 16; // milliseconds
const REST = 80; // so long a code stays before a slow network is asked to draw it
const COARSEST = 16; // cells

/** The same function, which knows as `milliseconds` the shortest time that it has taken. */
function timed(work) {
  const measured = (...values) => {
    const start = performance.now();
    const result = work(...values);
    measured.milliseconds = Math.min(measured.milliseconds ?? Infinity, performance.now() - start);
    return result;
  };
  return measured;
}

/**
 * Take `steps` in turn, as many at a time as fit the `patience`, the first ones now; `onPause` comes after
 * each time. Returns a function that ends it.
 */
function inFrames(steps, onPause, patience = FRAME) {
  const waiting = steps[Symbol.iterator]();
  let later = null;
  const work = () => {
    const end = performance.now() + patience;
    let step;
    do {
      step = waiting.next();
      step.value?.();
    } while (!step.done && performance.now() < end);
    if (!step.done) later = setTimeout(work);
    onPause();
  };
  work();
  return () => clearTimeout(later);
}

/** The same, but the next frame of the screen comes first. */
function inFramesAfterNext(steps, onPause, patience) {
  let end = () => (end = null);
  requestAnimationFrame(() => setTimeout(() => {
    if (end) end = inFrames(steps, onPause, patience);
  }));
  return () => end?.();
}

/** The cells of so many rows and columns: every 16th of both, then every 8th, and at last all. */
function coarseToFine(rows, columns) {
  const order = new Set();
  for (let step = COARSEST; step >= 1; step /= 2) {
    for (let row = 0; row < rows; row += step) {
      for (let column = 0; column < columns; column += step) order.add(row * columns + column);
    }
  }
  return [...order];
}

/** The picture of a cell, or as long as there is none that of the next coarser one. */
function finest(pictures, index, columns) {
  const [row, column] = [Math.floor(index / columns), index % columns];
  for (let step = 1; step <= COARSEST; step *= 2) {
    const picture = pictures[(row - (row % step)) * columns + column - (column % step)];
    if (picture) return picture;
  }
  return null;
}

/** Where one code after the other is drawn; what is drawn is given to `draw`. */
class Drawing {
  constructor(run, draw) {
    this.run = run;
    this.draw = draw;
  }

  /** Draw a code, of the class with that label if the network is given one. */
  show(code, label = this.run.label) {
    const { run, draw } = this;
    clearTimeout(this.later);
    if (!(run.decode.milliseconds > FRAME)) return void draw(run.decode(code, label));
    const coarse = label === run.label && run.coarse(code);
    if (coarse) draw(coarse);
    this.later = setTimeout(() => draw(run.decode(code, label)), REST);
  }
}
