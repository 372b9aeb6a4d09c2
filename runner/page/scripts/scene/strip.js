"use strict";
/* Many pictures of one latent number: a histogram for each class, one above the other, over a strip of dots. */

const BINS = 60;
const ROW_SHARE = 0.9; // of its row, that the highest bar of a histogram takes
const ABOVE_DOTS = 8; // CSS pixels between them and the histograms
const NAME_SIZE = 12;

class Strip {
  constructor(map, run) {
    Object.assign(this, { map, run });
    this.places = [];
    this.shown = [];
    map.element.classList.add("histograms");
  }

  paint(context, looks) {
    const { map, run, places } = this;
    const isShown = (index) => !looks.hides(index) && holds(map.ranges, places[index]);
    this.shown = [...places.keys()].filter(isShown);
    this.spots = this.shown.map((index) => map.toSpot(places[index]));
    const classes = [...new Set(this.shown.map((index) => run.classes[index]))].sort((a, b) => a - b);
    const labels = run.classNames.length ? classes : [null];
    const { top } = map.frame;
    const room = (map.toSpot([0, 0])[1] - ABOVE_DOTS - top) / labels.length;
    labels.forEach((label, row) => {
      const members = this.shown.filter((index) => label === null || run.classes[index] === label);
      this.#paintHistogram(context, members, label, looks, top + (row + 1) * room, room);
    });
    this.#paintDots(context, looks);
  }

  /** The bars of some pictures, each in the mean colour of those that it counts. */
  #paintHistogram(context, members, label, looks, base, room) {
    const { left, width } = this.map.frame;
    const bins = Array.from({ length: BINS }, () => []);
    for (const index of members) {
      const share = this.map.chart.x.share(this.places[index][0]);
      bins[Math.min(Math.floor(share * BINS), BINS - 1)].push(index);
    }
    const most = Math.max(...bins.map((bin) => bin.length), 1);
    bins.forEach((bin, i) => {
      if (bin.length === 0) return;
      const height = (bin.length / most) * ROW_SHARE * room;
      context.fillStyle = looks.colorOf(bin[Math.floor(bin.length / 2)]);
      context.fillRect(left + (i * width) / BINS, base - height, width / BINS - 1, height);
    });
    context.strokeStyle = color("--line");
    context.lineWidth = 1;
    strokeLine(context, [left, sharp(base)], [left + width, sharp(base)]);
    if (label !== null && room >= NAME_SIZE) this.#paintName(context, this.run.classNames[label], base - room / 2);
  }

  /** The name of a class, with so much of the surface behind it that it is read over bars, too. */
  #paintName(context, name, middle) {
    const left = this.map.frame.left + 4;
    Object.assign(context, { font: `${NAME_SIZE}px ${FONT}`, textAlign: "left", textBaseline: "middle" });
    context.globalAlpha = DOT_ALPHA;
    context.fillStyle = color("--surface");
    context.fillRect(left - 2, middle - NAME_SIZE / 2, context.measureText(name).width + 4, NAME_SIZE);
    context.globalAlpha = 1;
    context.fillStyle = color("--ink");
    context.fillText(name, left, middle);
  }

  #paintDots(context, looks) {
    context.globalAlpha = DOT_ALPHA;
    this.shown.forEach((index, i) => {
      context.fillStyle = looks.colorOf(index);
      fillDot(context, this.spots[i], looks.isFound(index) ? FOUND_RADIUS : CODE_RADIUS);
    });
    context.globalAlpha = 1;
  }

  /** Names stand beside the histograms. */
  marks() {
    return [];
  }

  /** A pin close to a dot is one on its very code. */
  snap(pin) {
    const found = nearestSpot(this.spots, this.map.toSpot(pin.place));
    return found < 0 ? pin : pinOn(this.shown[found], this.places, this.run);
  }
}
