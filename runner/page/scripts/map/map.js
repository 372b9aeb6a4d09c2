"use strict";
/*
 * The latent map: a chart, of which a part can be shown, and over it a point that follows pointer and keys,
 * up to two pins with the path between them, a region, and marks. Places are `[x, y]` of the axes, spots are
 * in CSS pixels.
 */

class LatentMap {
  /**
   * `space` turns places into codes and back; `oneLine` says that all places have y = 0; `ranges` and
   * `labels` are those of the axes.
   */
  constructor(element, { space, oneLine, ranges, labels }) {
    this.element = element;
    this.space = space;
    this.oneLine = oneLine;
    this.whole = ranges;
    this.point = null;
    this.pins = [];
    this.region = null;
    this.marks = [];
    this.path = [];
    // What the page does about it.
    this.onPaint = () => {};
    this.onPoint = () => {};
    this.onLed = () => {};
    this.onPins = () => {};
    this.onView = () => {};
    this.onRegion = () => {};
    this.snap = (pin) => pin;
    element.classList.toggle("line", oneLine);
    this.chart = new Chart(element, { ranges, labels });
    this.overlay = new Overlay(this);
    this.wishes = new Set();
    new Gestures(this);
    new ResizeObserver(() => this.repaint()).observe(element);
  }

  /** The box of the axes within the element: left, top, width, height. */
  get frame() {
    return this.chart.frame;
  }

  /** What of the map is seen: left, right, bottom, top. */
  get ranges() {
    return this.chart.ranges;
  }

  get isWhole() {
    return this.ranges.every((edge, i) => edge === this.whole[i]);
  }

  toSpot(place) {
    return this.chart.toSpot(place);
  }

  toPlace(spot) {
    return this.chart.toPlace(spot);
  }

  /** Let the map have other ranges, and show all of them. */
  show(ranges) {
    this.whole = ranges;
    this.view(ranges);
  }

  showWhole() {
    this.view(this.whole);
  }

  /** Show some ranges of the map. */
  view(ranges) {
    this.chart.show(ranges);
    this.onView();
    this.repaint();
  }

  /** Show everything `factor` times as large; `place` stays where it is. */
  zoomBy(factor, place) {
    this.view(zoomed(this.ranges, this.whole, place, factor, this.oneLine));
  }

  /** Move what is seen by so many CSS pixels to the right and down. */
  panBy([right, down]) {
    const [left, end, bottom, top] = this.ranges;
    const { width, height } = this.frame;
    const by = [(-right / width) * (end - left), (down / height) * (top - bottom)];
    this.view(panned(this.ranges, this.whole, by, this.oneLine));
  }

  moveTo(place) {
    const [left, right, bottom, top] = this.ranges;
    this.point = [clamp(place[0], left, right), this.oneLine ? 0 : clamp(place[1], bottom, top)];
    if (this.corner) this.select(this.corner, this.point);
    this.#wish("point");
  }

  /** Move the point, and if need be what is seen. */
  follow(place) {
    const by = missing(this.ranges, place);
    if (by[0] || by[1]) this.view(panned(this.ranges, this.whole, by, this.oneLine));
    this.moveTo(place);
    this.settled = this.space.lift(this.point);
  }

  /** Move the point back to where it was before the mouse led it. */
  settle() {
    if (this.settled) this.moveTo(this.space.project(this.settled));
  }

  /** Pin a place: a first one, a second one, and with a third it starts anew. A pin keeps its code. */
  pin(place) {
    this.moveTo(place);
    const pin = this.snap({ place: this.point });
    pin.code ??= this.space.lift(pin.place);
    this.point = pin.place;
    this.settled = pin.code;
    this.pins = this.pins.length === 2 ? [pin] : [...this.pins, pin];
    this.onPins(this.pins);
  }

  /** Choose the region between two corners. */
  select(one, other) {
    this.region = between(one, other);
    if (this.oneLine) this.region.splice(2, 2, ...this.ranges.slice(2));
    this.draw();
  }

  /** Choose a region with the keys: the first corner is the point, the other one follows it. */
  beginSelection() {
    if (this.corner) return void this.endSelection();
    this.corner = this.point;
    this.select(this.corner, this.point);
  }

  endSelection() {
    this.corner = null;
    this.onRegion(this.region);
  }

  clear() {
    this.pins = [];
    this.onPins(this.pins);
    this.clearRegion();
  }

  clearRegion() {
    this.region = this.corner = null;
    this.onRegion(null);
    this.draw();
  }

  /** Draw what lies over the chart again with the next frame of the screen. */
  draw() {
    this.#wish("overlay");
  }

  /** Draw everything again with the next frame of the screen. */
  repaint() {
    this.#wish("paint");
  }

  /** Several wishes within one frame of the screen are one. */
  #wish(kind) {
    if (this.wishes.size === 0) requestAnimationFrame(() => this.#fulfil());
    this.wishes.add(kind);
  }

  #fulfil() {
    const wishes = this.wishes;
    // Who wishes for the overlay meanwhile has it at the end.
    this.wishes = new Set(["overlay"]);
    if (wishes.has("paint")) {
      this.chart.measure();
      this.chart.draw((context) => this.onPaint(context));
    }
    if (wishes.has("point")) this.onPoint(this.point);
    this.overlay.draw();
    this.wishes.delete("overlay");
    if (this.wishes.size) requestAnimationFrame(() => this.#fulfil());
  }
}

/** A code or place as text, `(0.52, −1.30)`. */
function pointText(code) {
  const shown = Array.from(code.slice(0, 6), (value) => value.toFixed(2).replace("-", "−"));
  return `(${shown.join(", ")}${code.length > 6 ? ", …" : ""})`;
}
