"use strict";
/* What lies over a map as SVG: marks, the path between two pins, the pins, a region, and the point. */

const PIN_RADIUS = 9;

class Overlay {
  constructor(map) {
    this.map = map;
    this.element = svg("svg", { class: "overlay", "aria-hidden": "true" });
    map.element.append(this.element);
  }

  draw() {
    const { map } = this;
    const shapes = [...map.marks.flatMap((mark) => this.#markShapes(mark)), ...this.#pathShapes()];
    for (const { place } of map.pins) shapes.push(circle(map.toSpot(place), PIN_RADIUS, "pin"));
    if (map.region) shapes.push(this.#box(map.region));
    if (map.point) {
      const spot = map.toSpot(map.point);
      shapes.push(circle(spot, 7, "halo"), circle(spot, 2.5, "point"));
    }
    this.element.replaceChildren(...shapes);
    // A ring on the edge of the frame is whole.
    const { left, top, width, height } = map.frame;
    const [right, bottom] = [map.chart.size[0] - left - width, map.chart.size[1] - top - height];
    const inset = [top, right, bottom, left].map((side) => `${side - PIN_RADIUS - 2}px`).join(" ");
    this.element.style.clipPath = `inset(${inset})`;
  }

  /**
   * A mark has a place, a class for style.css, and a text, a radius, places that are its `outline`, or one that
   * it comes `from`, or from which an arrow with so large a `head` leads to it.
   */
  #markShapes({ place, kind, text, radius, from, head, outline }) {
    const { map } = this;
    const [x, y] = map.toSpot(place);
    const shapes = [];
    if (outline) shapes.push(line(outline.map((at) => map.toSpot(at)), `${kind} outline`));
    if (head) shapes.push(line(arrow(map.toSpot(from), [x, y], head), kind));
    else if (from) shapes.push(line([map.toSpot(from), [x, y]], `${kind} trail`));
    if (radius) shapes.push(circle([x, y], radius, kind));
    if (text) {
      const label = svg("text", { x, y, class: kind });
      label.textContent = text;
      shapes.push(label);
    }
    return shapes;
  }

  #pathShapes() {
    const spots = this.map.path.map((place) => this.map.toSpot(place));
    if (spots.length === 0) return [];
    return [line(spots, "path"), ...spots.slice(1, -1).map((spot) => circle(spot, 3, "step"))];
  }

  #box([left, right, bottom, top]) {
    const [[x, y], [endX, endY]] = [this.map.toSpot([left, top]), this.map.toSpot([right, bottom])];
    return svg("rect", { x, y, width: endX - x, height: endY - y, class: "region" });
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

/** The spots of an arrow in one line: to its tip, and along both sides of its head. */
function arrow(from, tip, head) {
  const angle = Math.atan2(tip[1] - from[1], tip[0] - from[0]);
  const side = (turn) => [0, 1].map((axis) => tip[axis] - head * [Math.cos, Math.sin][axis](angle + turn));
  return [from, tip, side(0.5), tip, side(-0.5)];
}

function line(spots, kind) {
  return svg("polyline", { points: spots.map((spot) => spot.join(",")).join(" "), class: kind });
}
