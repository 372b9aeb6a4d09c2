"use strict";
/* Many pictures as dots on the map. */

const DOT_ALPHA = 0.75;
const DOT_RADIUS = 2.75;
// With the ten colours, enough for sixty classes: the corners of a dot in units of its radius, none if round.
const DOT_SHAPES = [
  null,
  [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  [[0, -1.2], [1.1, 0.8], [-1.1, 0.8]],
  [[0, -1.3], [1, 0], [0, 1.3], [-1, 0]],
  [[0, 1.2], [1.1, -0.8], [-1.1, -0.8]],
  Array.from({ length: 10 }, (_, corner) => {
    const [reach, angle] = [corner % 2 ? 0.6 : 1.4, (corner * Math.PI) / 5];
    return [reach * Math.sin(angle), -reach * Math.cos(angle)];
  }),
];

class Dots {
  constructor(map, run) {
    this.map = map;
    this.run = run;
    this.places = [];
  }

  paint(context, legend) {
    const { map, run } = this;
    context.globalAlpha = DOT_ALPHA;
    this.places.forEach((place, index) => {
      if (legend.hides(index)) return;
      context.fillStyle = legend.colorOf(index);
      const shape = Math.floor(run.classes[index] / run.colors.length) % DOT_SHAPES.length;
      fillShape(context, map.toSpot(place), DOT_RADIUS, DOT_SHAPES[shape]);
    });
    context.globalAlpha = 1;
  }

  /** The name of each class that is seen, at the median of its pictures. */
  marks(legend) {
    return legend.shown().map((label) => {
      const members = this.places.filter((_, index) => this.run.classes[index] === label);
      const place = [0, 1].map((axis) => median(members.map((member) => member[axis])));
      return { place, kind: "class", text: this.run.classNames[label].replace("digit ", "") };
    });
  }

  snap(pin) {
    return pin;
  }
}

function fillShape(context, [x, y], radius, corners) {
  if (!corners) return void fillDot(context, [x, y], radius);
  context.beginPath();
  for (const [right, down] of corners) context.lineTo(x + radius * right, y + radius * down);
  context.fill();
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
