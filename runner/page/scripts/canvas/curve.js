"use strict";
/* How the network learned: its error by epoch, beside other networks and limits. */

const CURVES = {
  others: { color: "--faint", width: 1 },
  training: { color: "--muted", width: 2 },
  kept: { color: "--accent", width: 2 },
};
const DOT = 2.5;

class LearningCurve {
  /** `facts` are what `curve.py` makes of a training. */
  static async embed(facts, element) {
    const lines = await Promise.all(
      facts.lines.map(async ({ kind, epochs, values }) => {
        const [x, y] = await Promise.all([epochs, values].map(unpack));
        return { ...CURVES[kind], points: Array.from(x, (epoch, i) => [epoch, y[i]]) };
      }),
    );
    return new LearningCurve(facts, lines, element);
  }

  constructor(facts, lines, element) {
    this.facts = facts;
    this.lines = lines;
    this.epoch = null;
    this.chart = new Chart(element, { ...facts, isWhole: true });
    // The mark moves, the lines stay: it has a canvas of its own.
    this.over = Object.assign(document.createElement("canvas"), { className: "chart" });
    this.over.setAttribute("aria-hidden", "true");
    element.append(this.over);
    new ResizeObserver(() => this.redraw()).observe(element);
    DARK.addEventListener("change", () => this.redraw());
  }

  /** Mark an epoch, null for none. */
  mark(epoch) {
    this.epoch = epoch;
    this.#paintMark(cleared(this.over, this.chart.size));
  }

  redraw() {
    this.chart.measure();
    this.chart.draw((context) => this.#paintLines(context));
    this.mark(this.epoch);
  }

  paint(context) {
    this.#paintLines(context);
    this.#paintMark(context);
  }

  #paintLines(context) {
    const { chart, facts } = this;
    const { ranges: [left, right] } = chart;
    context.lineWidth = 1.5;
    context.setLineDash([6, 4]);
    context.strokeStyle = color("--limit");
    for (const limit of facts.limits) strokeLine(context, ...this.#across([left, limit], [right, limit]));
    context.setLineDash([]);
    for (const line of this.lines) this.#paintLine(context, line);
  }

  #paintMark(context) {
    const { ranges: [, , bottom, top] } = this.chart;
    if (this.epoch === null) return;
    context.lineWidth = 2;
    context.strokeStyle = color("--pin");
    strokeLine(context, ...this.#across([this.epoch, bottom], [this.epoch, top]));
  }

  #paintLine(context, { points, color: variable, width }) {
    const { chart, facts } = this;
    context.strokeStyle = context.fillStyle = color(variable);
    context.lineWidth = width;
    context.lineJoin = "round";
    context.beginPath();
    let isOpen = false;
    for (const point of points) {
      // A logarithm has no place for 0.
      const isShown = Number.isFinite(point[1]) && (point[1] > 0 || !facts.isLogarithmic);
      if (isShown) context[isOpen ? "lineTo" : "moveTo"](...chart.toSpot(point));
      isOpen = isShown;
    }
    context.stroke();
    if (!facts.hasDots) return;
    for (const point of points) {
      context.beginPath();
      context.arc(...chart.toSpot(point), DOT, 0, 2 * Math.PI);
      context.fill();
    }
  }

  #across(...places) {
    return places.map((place) => this.chart.toSpot(place));
  }
}
