"use strict";
/* How a map is used: with the mouse, with fingers, with the wheel, and with keys. */

const TAP_SLOP = 8; // CSS pixels
const KEY_STEPS = 60; // across the map
const KEY_ZOOM = 1.5;
const WHEEL_ZOOM = { 0: 0.002, 1: 0.05, 2: 1 }; // doublings, for pixels, lines and pages
const PINCH_ZOOM = 0.01; // of a touch pad, which tells it as the wheel with Ctrl
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

class Gestures {
  constructor(map) {
    this.map = map;
    this.fingers = new Map();
    this.pressed = null;
    const on = (type, listener) =>
      map.element.addEventListener(type, (event) => listener.call(this, event), { passive: false });
    on("pointerdown", this.#down);
    on("pointermove", this.#move);
    on("pointerup", this.#up);
    on("pointercancel", this.#cancel);
    on("wheel", this.#wheel);
    on("keydown", this.#key);
    on("pointerleave", this.#leave);
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") map.clear();
    });
  }

  #spot({ clientX, clientY }) {
    const box = this.map.element.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  }

  #down(event) {
    const { map } = this;
    const spot = this.#spot(event);
    map.element.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, spot);
    const isFirst = event.isPrimary && event.button === 0;
    const selects = isFirst && (event.shiftKey || map.selects);
    this.pressed = isFirst ? { spot, last: spot, selects, isMoved: false } : null;
    if (isFirst && !selects) this.#lead(spot);
  }

  #move(event) {
    const { map, pressed } = this;
    const spot = this.#spot(event);
    if (this.fingers.size > 1) return void this.#pinch(event.pointerId, spot);
    if (this.fingers.has(event.pointerId)) this.fingers.set(event.pointerId, spot);
    if (!pressed) return void this.#lead(spot);
    pressed.isMoved ||= Math.hypot(spot[0] - pressed.spot[0], spot[1] - pressed.spot[1]) >= TAP_SLOP;
    if (pressed.selects) {
      map.select(map.toPlace(pressed.spot), map.toPlace(spot));
    } else if (event.pointerType !== "mouse") {
      this.#lead(spot); // a finger leads the point, two fingers move the map
    } else if (pressed.isMoved) {
      map.panBy([spot[0] - pressed.last[0], spot[1] - pressed.last[1]]);
      pressed.last = spot;
    }
  }

  /** Lead the point to a spot: it also moves without the reader, when the map changes. */
  #lead(spot) {
    const { map } = this;
    map.moveTo(map.toPlace(spot));
    map.onLed(map.point);
  }

  /** Two fingers: what lay under them stays under them. */
  #pinch(id, spot) {
    const { map, fingers } = this;
    const before = [...fingers.values()].slice(0, 2);
    fingers.set(id, spot);
    const after = [...fingers.values()].slice(0, 2);
    const [[from, reach], [to, newReach]] = [before, after].map(([one, other]) => [
      [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2],
      Math.hypot(one[0] - other[0], one[1] - other[1]),
    ]);
    map.panBy([to[0] - from[0], to[1] - from[1]]);
    if (reach > 0 && newReach > 0) map.zoomBy(newReach / reach, map.toPlace(to));
  }

  #up(event) {
    const { map, pressed } = this;
    const place = map.toPlace(this.#spot(event));
    if (pressed?.selects) map.endSelection();
    else if (pressed && !pressed.isMoved) map.pin(place);
    else if (pressed && event.pointerType !== "mouse") map.follow(place);
    this.#cancel(event);
  }

  #cancel(event) {
    this.fingers.delete(event.pointerId);
    this.pressed = null;
  }

  /** What the mouse points at is a glance only. */
  #leave({ pointerType }) {
    if (pointerType === "mouse") this.map.settle();
  }

  #wheel(event) {
    const { map } = this;
    const doublings = -event.deltaY * (event.ctrlKey ? PINCH_ZOOM : WHEEL_ZOOM[event.deltaMode]);
    // Nothing to zoom out of: the page scrolls on.
    if (doublings <= 0 && map.isWhole) return;
    event.preventDefault();
    const place = map.toPlace(this.#spot(event));
    map.zoomBy(2 ** doublings, place);
  }

  #key(event) {
    const { map } = this;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    const actions = {
      Enter: () => (map.corner ? map.endSelection() : map.pin(map.point)),
      "+": () => map.zoomBy(KEY_ZOOM, map.point),
      "=": () => map.zoomBy(KEY_ZOOM, map.point),
      "-": () => map.zoomBy(1 / KEY_ZOOM, map.point),
      0: () => map.showWhole(),
      s: () => map.beginSelection(),
    };
    const action = arrow ? () => this.#step(arrow, event.shiftKey ? 5 : 1) : actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  #step([right, up], times) {
    const { map } = this;
    const [low, high, bottom, top] = map.ranges;
    const step = times / KEY_STEPS;
    map.follow([map.point[0] + right * step * (high - low), map.point[1] + up * step * (top - bottom)]);
    map.onLed(map.point);
  }
}
