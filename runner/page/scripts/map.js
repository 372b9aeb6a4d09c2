"use strict";
/*
 * The latent map: a chart, and over it a point that follows pointer and arrow keys, up to two pins with the
 * path between them, and marks. Places are `[x, y]` of the axes, spots are in CSS pixels.
 */

const TAP_SLOP = 8;
const KEY_STEPS = 60;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

class LatentMap {
  /**
   * `space` turns places into codes and back; `oneLine` says that all places have y = 0; `ranges` and
   * `labels` are those of the axes.
   */
  constructor(element, { space, oneLine, ranges, labels }) {
    this.element = element;
    this.space = space;
    this.oneLine = oneLine;
    this.point = null;
    this.pins = [];
    this.marks = [];
    this.path = [];
    // What the page does about it.
    this.onPaint = () => {};
    this.onPoint = () => {};
    this.onPins = () => {};
    this.snap = (pin) => pin;
    element.classList.toggle("line", oneLine);
    this.chart = new Chart(element, { ranges, labels });
    this.overlay = svg("svg", { class: "overlay", "aria-hidden": "true" });
    element.append(this.overlay);
    this.wishes = new Set();
    this.#listen();
    new ResizeObserver(() => this.repaint()).observe(element);
  }

  /** The box of the axes within the element: left, top, width, height. */
  get frame() {
    return this.chart.frame;
  }

  get ranges() {
    return this.chart.ranges;
  }

  toSpot(place) {
    return this.chart.toSpot(place);
  }

  toPlace(spot) {
    return this.chart.toPlace(spot);
  }

  moveTo(place) {
    this.point = this.#within(place);
    this.#wish("point");
  }

  /** Pin a place: a first one, a second one, and with a third it starts anew. */
  pin(place) {
    const pin = this.snap({ place: this.#within(place) });
    this.point = pin.place;
    this.pins = this.pins.length === 2 ? [pin] : [...this.pins, pin];
    this.onPins(this.pins);
    this.#wish("point");
  }

  clear() {
    this.pins = [];
    this.onPins(this.pins);
    this.draw();
  }

  /** Show other ranges: left, right, bottom, top. */
  show(ranges) {
    this.chart.show(ranges);
    this.repaint();
  }

  /** Draw everything again with the next frame of the screen. */
  repaint() {
    this.#wish("paint");
  }

  /** Draw what lies over the chart. */
  draw() {
    const shapes = [...this.marks.flatMap((mark) => this.#markShapes(mark)), ...this.#pathShapes()];
    for (const { place } of this.pins) shapes.push(circle(this.toSpot(place), 9, "pin"));
    if (this.point) {
      const spot = this.toSpot(this.point);
      shapes.push(circle(spot, 7, "halo"), circle(spot, 2.5, "point"));
    }
    this.overlay.replaceChildren(...shapes);
  }

  /** A mark has a place, a class for style.css, and a text, a radius, an outline, or a place that it comes from. */
  #markShapes({ place, kind, text, radius, from, outline }) {
    const [x, y] = this.toSpot(place);
    const shapes = [];
    if (from) shapes.push(line([this.toSpot(from), [x, y]], `${kind} trail`));
    if (outline) shapes.push(line(outline.map((point) => this.toSpot(point)), `${kind} outline`));
    if (radius) shapes.push(circle([x, y], radius, kind));
    if (text) {
      const label = svg("text", { x, y, class: kind });
      label.textContent = text;
      shapes.push(label);
    }
    return shapes;
  }

  #pathShapes() {
    if (this.path.length === 0) return [];
    const spots = this.path.map((place) => this.toSpot(place));
    return [line(spots, "path"), ...spots.slice(1, -1).map((spot) => circle(spot, 3, "step"))];
  }

  #within([x, y]) {
    const [left, right, bottom, top] = this.ranges;
    return [clamp(x, left, right), this.oneLine ? 0 : clamp(y, bottom, top)];
  }

  /** Several wishes within one frame of the screen are one. */
  #wish(kind) {
    if (this.wishes.size === 0) requestAnimationFrame(() => this.#fulfil());
    this.wishes.add(kind);
  }

  #fulfil() {
    const isPainted = this.wishes.has("paint");
    const isMoved = this.wishes.has("point");
    this.wishes.clear();
    if (isPainted) {
      this.chart.measure();
      this.chart.draw((context) => this.onPaint(context));
    }
    if (isMoved) this.onPoint(this.point);
    this.draw();
  }

  #listen() {
    const { element } = this;
    const spot = (event) => {
      const box = element.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    let pressed = null;
    const on = (type, listener) => element.addEventListener(type, listener);
    on("pointerdown", (event) => {
      pressed = event.isPrimary && event.button === 0 ? spot(event) : null;
      this.moveTo(this.toPlace(spot(event)));
    });
    on("pointermove", (event) => this.moveTo(this.toPlace(spot(event))));
    on("pointerup", (event) => {
      const [x, y] = spot(event);
      if (pressed && Math.hypot(x - pressed[0], y - pressed[1]) < TAP_SLOP) this.pin(this.toPlace([x, y]));
      pressed = null;
    });
    on("keydown", (event) => this.#key(event));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.clear();
    });
  }

  #key(event) {
    const arrow = ARROWS[event.key];
    if (!arrow && event.key !== "Enter") return;
    event.preventDefault();
    if (!arrow) return void this.pin(this.point);
    const [left, right, bottom, top] = this.ranges;
    const step = (event.shiftKey ? 5 : 1) / KEY_STEPS;
    const [x, y] = this.point;
    this.moveTo([x + arrow[0] * step * (right - left), y + arrow[1] * step * (top - bottom)]);
  }
}

function svg(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function circle([cx, cy], r, kind) {
  return svg("circle", { cx, cy, r, class: kind });
}

function line(spots, kind) {
  return svg("polyline", { points: spots.map((spot) => spot.join(",")).join(" "), class: kind });
}

/** A code or place as text, `(0.52, −1.30)`. */
function pointText(code) {
  const shown = Array.from(code.slice(0, 6), (value) => value.toFixed(2).replace("-", "−"));
  return `(${shown.join(", ")}${code.length > 6 ? ", …" : ""})`;
}
