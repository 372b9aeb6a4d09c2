"use strict";
/* The codes of a network in training: each picture at its code as it is now. */

const SHRUNKEN = 0.4; // of a side of the map that the codes fill, before it shows less
const MOVING_SIDE = 28; // CSS pixels of the largest picture
const MOVING_SHARE = 0.2; // of the map, that all pictures together may cover
const ON_LINE = 0.7; // of the height of a strip, for all levels of pictures above the line
const EDGE = 0.035; // of a side of the map: half a picture

class MovingMap {
  /** `canvas` shows what the network draws of the code at the point. */
  constructor(element, canvas, laboratory) {
    this.laboratory = laboratory;
    this.canvas = canvas;
    const space = { lift: (place) => this.#codeAt(place), project: placeOf };
    this.map = new LatentMap(element, { space, oneLine: false, ranges: [-1, 1, -1, 1], labels: ["", ""] });
    this.map.onPaint = (context) => this.#paint(context);
    this.map.onPoint = (place) => this.#drawAt(place);
    this.map.onPins = () => (this.map.pins = []);
  }

  /** Begin with another network: show what it makes of the pictures, and point at the first. */
  begin(state) {
    const { map, laboratory } = this;
    this.sprites = new Sprites({ ...laboratory.run, picture: (index) => laboratory.picture(index) });
    map.oneLine = laboratory.settings.latent === 1;
    map.element.classList.toggle("line", map.oneLine);
    map.chart.labels = map.oneLine ? ["z1", ""] : ["z1", "z2"];
    map.point = null;
    this.ranges = null;
    this.show(state);
    map.moveTo(placeOf(this.codes[0]));
  }

  /**
   * Show the `codes` of the pictures, how many pixels of each are `wrong`, what `decode` draws, and where the
   * reader's `own` picture lies, if there is one.
   */
  show({ codes, wrong, decode, own }) {
    Object.assign(this, { codes, wrong, decode });
    this.map.marks = own ? [{ place: placeOf(own), kind: "own", radius: 9 }] : [];
    this.#fit();
    this.map.repaint();
    if (this.map.point) this.#drawAt(this.map.point);
  }

  /** Follow the codes: at once where they leave the map, and where they fill little of it. */
  #fit() {
    const places = this.codes.map(placeOf);
    const wanted = extentOf(places, this.map.oneLine);
    const now = this.ranges;
    const axes = this.map.oneLine ? [0] : [0, 2];
    const leaves = !now || places.some((place) => axes.some((i) => isAtEdge(place[i / 2], now[i], now[i + 1])));
    const shrinks = now && axes.some((i) => wanted[i + 1] - wanted[i] < SHRUNKEN * (now[i + 1] - now[i]));
    if (!leaves && !shrinks) return;
    if (wanted.every(Number.isFinite)) this.map.show((this.ranges = wanted));
  }

  /** The code at a place; numbers that the map does not show are those of the mean picture. */
  #codeAt([x, y]) {
    const { latent } = this.laboratory.settings;
    const mean = (i) => this.codes.reduce((sum, code) => sum + code[i], 0) / this.codes.length;
    return Array.from({ length: latent }, (_, i) => [x, y][i] ?? mean(i));
  }

  #drawAt(place) {
    drawPicture(this.canvas, this.decode(this.#codeAt(place)), this.laboratory.run);
  }

  #paint(context) {
    const { map, sprites } = this;
    const [rows, columns] = sprites.form;
    const room = Math.sqrt((MOVING_SHARE * map.frame.width * map.frame.height) / this.codes.length);
    const level = map.oneLine ? (ON_LINE * map.frame.height) / (LEVELS_ON_A_LINE + 1) : MOVING_SIDE;
    const scale = Math.min(room, MOVING_SIDE, level) / Math.max(rows, columns);
    const size = [columns * scale, rows * scale];
    const spots = this.codes.map((code) => map.toSpot(placeOf(code)));
    // Ink on paper is seen through other paper.
    if (this.laboratory.run.isInk) context.globalCompositeOperation = DARK.matches ? "lighten" : "darken";
    (map.oneLine ? stacked(spots, size) : spots).forEach((spot, index) => {
      drawSprite(context, sprites.of(index, this.wrong?.[index] > 0), spot, size);
    });
  }
}

/** Whether a picture there would be cut off at an end of an axis. */
function isAtEdge(value, low, high) {
  return Math.min(value - low, high - value) < EDGE * (high - low);
}

/** Where a code lies on a map of its first two numbers. */
function placeOf(code) {
  return [code[0], code[1] ?? 0];
}
