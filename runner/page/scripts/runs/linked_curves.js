"use strict";
/* The curves of several runs; the one that is pointed at says whose it is, and leads there. */

const NEAR = 14; // CSS pixels

class LinkedCurves {
  constructor({ label, isLogarithmic, lines }, element, link) {
    this.lines = lines.map((line) => ({ ...line, color: "--faint", width: 1.2 }));
    this.link = link;
    this.chosen = null;
    const facts = { labels: ["epoch", label], isLogarithmic, ranges: rangesOf(lines, isLogarithmic) };
    this.curve = new LearningCurve({ ...facts, limits: [], hasDots: false }, this.lines, element);
    element.addEventListener("pointermove", (event) => this.choose(this.#near(element, event)));
    element.addEventListener("click", (event) => {
      this.choose(this.#near(element, event));
      if (this.chosen && event.pointerType !== "touch") follow(this.chosen.link);
    });
    this.choose(this.lines[0]);
  }

  /** Let one of the lines stand out, and tell of it. */
  choose(line) {
    if (!line || line === this.chosen) return;
    this.chosen = line;
    for (const one of this.lines) Object.assign(one, { color: "--faint", width: 1.2 });
    Object.assign(line, { color: "--accent", width: 3 });
    // The last one lies above the others.
    this.curve.lines = [...this.lines.filter((one) => one !== line), line];
    this.curve.redraw();
    const words = [line.run, line.label, cellText(line.error)].filter(Boolean).join(" · ");
    Object.assign(this.link, { textContent: words, hidden: false });
    this.link.toggleAttribute("href", Boolean(line.link));
    if (line.link) this.link.href = line.link;
  }

  #near(element, event) {
    const box = element.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let best = { line: null, distance: NEAR };
    for (const line of this.lines) {
      const spots = line.points.map((point) => this.curve.chart.toSpot(point));
      for (let i = 1; i < spots.length; i++) {
        const distance = distanceToLine([x, y], spots[i - 1], spots[i]);
        if (distance < best.distance) best = { line, distance };
      }
    }
    return best.line;
  }
}

function distanceToLine([x, y], [fromX, fromY], [toX, toY]) {
  const [wide, high] = [toX - fromX, toY - fromY];
  const share = ((x - fromX) * wide + (y - fromY) * high) / (wide ** 2 + high ** 2 || 1);
  const on = Math.min(Math.max(share, 0), 1);
  return Math.hypot(x - fromX - on * wide, y - fromY - on * high);
}

/** Left, right, bottom and top of all lines, with some room above and below. */
function rangesOf(lines, isLogarithmic) {
  const points = lines.flatMap((line) => line.points);
  const isShown = (value) => Number.isFinite(value) && (value > 0 || !isLogarithmic);
  const values = points.map(([, value]) => value).filter(isShown);
  const epochs = points.map(([epoch]) => epoch);
  const [first, last] = epochs.length ? [Math.min(...epochs), Math.max(...epochs)] : [0, 1];
  const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [0.1, 1];
  const room = 0.06 * (high - low) || 1;
  const upright = isLogarithmic ? [low / 1.6, high * 1.6] : [low - room, high + room];
  return [first, last > first ? last : first + 1, ...upright];
}
