"use strict";
/* Many pictures on the map: a dot for each, and where there is room for them, the pictures themselves. */

const DOT_ALPHA = 0.75;
const DOT_RADIUS = 2.75;
const FOUND_RADIUS = 6;
const DOT_REACH = 7; // CSS pixels around a dot in which it is meant
const THUMBNAIL = 28; // CSS pixels of the larger side
const THUMBNAIL_SHARE = 0.3; // of the map, that they may cover
// The name of a class in CSS pixels; long ones may touch, so that they stay near their pictures.
const [LETTER_WIDTH, NAME_HEIGHT, MOST_ASIDE] = [9, 15, 60];
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
    this.sprites = new Sprites(run);
    const [rows, columns] = this.sprites.form;
    const scale = THUMBNAIL / Math.max(rows, columns);
    this.size = [columns, rows].map((side) => side * (scale > 2 ? Math.floor(scale) : scale));
    this.places = [];
    this.shown = [];
    this.spots = [];
  }

  /** Whether what is seen of the map has room for pictures. */
  get hasRoom() {
    const { width, height } = this.map.frame;
    return this.shown.length * this.size[0] * this.size[1] < THUMBNAIL_SHARE * width * height;
  }

  paint(context, looks) {
    const { map, places } = this;
    const isShown = (index) => !looks.hides(index) && holds(map.ranges, places[index]);
    this.shown = [...places.keys()].filter(isShown);
    const starts = this.shown.map((index) => map.toSpot(places[index]));
    this.isClose = this.hasRoom;
    this.spots = this.isClose ? placedTiles(starts, this.size, map.oneLine) : starts;
    if (this.isClose) this.#paintPictures(context, starts, looks);
    else this.#paintDots(context, looks);
  }

  #paintPictures(context, starts, looks) {
    const tiles = this.shown.map((index, i) => ({
      ...{ at: starts[i], spot: this.spots[i], image: this.sprites.of(index) },
      ...{ color: looks.colorOf(index), isMissed: false, isFound: looks.isFound(index) },
    }));
    paintTiles(context, tiles, this.size);
  }

  #paintDots(context, looks) {
    const { run, shown, spots } = this;
    context.globalAlpha = DOT_ALPHA;
    shown.forEach((index, i) => {
      context.fillStyle = looks.colorOf(index);
      const shape = Math.floor(run.classes[index] / run.colors.length) % DOT_SHAPES.length;
      fillShape(context, spots[i], DOT_RADIUS, DOT_SHAPES[shape]);
    });
    context.globalAlpha = 1;
    context.strokeStyle = color("--ink");
    context.lineWidth = 1.5;
    shown.forEach((index, i) => {
      if (!looks.isFound(index)) return;
      context.beginPath();
      context.arc(...spots[i], FOUND_RADIUS, 0, 2 * Math.PI);
      context.stroke();
    });
  }

  /** The name of each class that is seen, at the median of its pictures, or beside it where another one is. */
  marks(legend) {
    const { map, run, places } = this;
    const members = Map.groupBy(places.keys(), (index) => run.classes[index]);
    const labels = legend.shown();
    const names = labels.map((label) => run.classNames[label].replace("digit ", ""));
    const middles = labels.map((label) => {
      const inside = members.get(label).map((index) => places[index]);
      return [0, 1].map((axis) => median(inside.map((place) => place[axis])));
    });
    const longest = names.reduce((most, { length }) => Math.max(most, length), 0);
    const size = [Math.min(LETTER_WIDTH * longest, MOST_ASIDE), NAME_HEIGHT];
    const spots = spread(middles.map((place) => map.toSpot(place)), size);
    return names.map((text, i) => ({ place: map.toPlace(spots[i]), kind: "class", text }));
  }

  /** A pin on a picture, or close to its dot, is one on its very code. */
  snap(pin) {
    const spot = this.map.toSpot(pin.place);
    const found = this.isClose ? tileAt(this.spots, this.size, spot) : nearestSpot(this.spots, spot);
    return found < 0 ? pin : pinOn(this.shown[found], this.places, this.run);
  }
}

/** Which of the spots is nearest to another one, −1 if none is close to it. */
function nearestSpot(spots, [x, y]) {
  const distances = spots.map((spot) => Math.hypot(spot[0] - x, spot[1] - y));
  const best = distances.indexOf(Math.min(...distances));
  return distances[best] <= DOT_REACH ? best : -1;
}

function fillShape(context, [x, y], radius, corners) {
  if (!corners) return void fillDot(context, [x, y], radius);
  context.beginPath();
  for (const [right, down] of corners) context.lineTo(x + radius * right, y + radius * down);
  context.fill();
}

function median(values) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)];
}
