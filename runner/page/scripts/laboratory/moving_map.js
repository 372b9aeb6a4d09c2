"use strict";
/* The codes of a network in training: each picture at its code as it is now. */

const SHRUNKEN = 0.4; // of a side of the map that the codes fill, before it shows less
const MOVING_SIDE = 28; // CSS pixels of the largest picture
const MOVING_SHARE = 0.2; // of the map, that all pictures together may cover
const ON_LINE = 0.7; // of the height of a strip, for all levels of pictures above the line
const EDGE = 0.035; // of a side of the map: half a picture
// Two corners of what is always seen of normals: where they collapse, all of them lie in its middle.
const PRIOR = [
  [-1, -1],
  [1, 1],
];

class MovingMap {
  /** `canvas` shows what the network draws of the code at the point. */
  constructor(element, canvas, laboratory) {
    this.laboratory = laboratory;
    this.canvas = canvas;
    this.axes = [0, 1]; // the numbers that are shown
    this.choice = new AxisChoice([byId("training-x"), byId("training-y")], (axes) => this.#along(axes));
    const space = { lift: (place) => this.#codeAt(place), project: (code) => this.#placeOf(code) };
    this.map = new LatentMap(element, { space, oneLine: false, ranges: [-1, 1, -1, 1], labels: ["", ""] });
    this.map.onPaint = (context) => this.#paint(context);
    this.map.onPoint = (place) => this.#drawAt(place);
    this.map.onPins = () => (this.map.pins = []);
  }

  /** Begin with another network: show what it makes of the pictures, and point at the first. */
  begin(state) {
    const { map, laboratory } = this;
    const { latent } = laboratory.settings;
    const { run, set } = laboratory;
    this.sprites = new Sprites({ ...run, picture: (index) => set.picture(index) });
    map.oneLine = latent === 1;
    map.element.classList.toggle("line", map.oneLine);
    byId("training-axes").hidden = latent < 3;
    if (latent !== this.latent) {
      this.latent = latent;
      this.choice.offer(latent);
      this.axes = [0, 1];
    }
    this.#look(state, state.codes[0]);
  }

  /** Let the axes be those of two numbers; the point keeps its code. */
  #along(axes) {
    const code = this.#codeAt(this.map.point);
    this.axes = axes;
    this.#look(this.state, code);
  }

  /** Show a state along the axes by now, and point at a code. */
  #look(state, code) {
    const { map, axes } = this;
    this.choice.dress(axes);
    map.chart.labels = map.oneLine ? ["z1", ""] : axes.map((number) => latentNames(this.latent)[number]);
    map.point = null;
    this.ranges = null;
    this.show(state);
    map.moveTo(this.#placeOf(code));
  }

  /**
   * Show the `codes` of the pictures, how many pixels of each are `wrong`, what `decode` draws, and where the
   * reader's `own` picture lies, if there is one.
   */
  show(state) {
    this.state = state;
    this.places = state.codes.map((code) => this.#placeOf(code));
    this.map.marks = state.own ? [{ place: this.#placeOf(state.own), kind: "own", radius: 9 }] : [];
    this.#fit();
    this.map.repaint();
    if (this.map.point) this.#drawAt(this.map.point);
  }

  /** Follow the codes: at once where they leave the map, and where they fill little of it. */
  #fit() {
    const { places } = this;
    const shown = this.laboratory.isVariational ? [...places, ...PRIOR] : places;
    const wanted = extentOf(shown, this.map.oneLine);
    const now = this.ranges;
    const axes = this.map.oneLine ? [0] : [0, 2];
    const leaves = !now || places.some((place) => axes.some((i) => isAtEdge(place[i / 2], now[i], now[i + 1])));
    const shrinks = now && axes.some((i) => wanted[i + 1] - wanted[i] < SHRUNKEN * (now[i + 1] - now[i]));
    if (!leaves && !shrinks) return;
    if (wanted.every(Number.isFinite)) this.map.show((this.ranges = wanted));
  }

  /** Where a code lies on the map. */
  #placeOf(code) {
    return this.axes.map((number) => code[number] ?? 0);
  }

  /** The code at a place; numbers that the map does not show are those of the mean picture. */
  #codeAt(place) {
    const { codes } = this.state;
    const mean = (i) => codes.reduce((sum, code) => sum + code[i], 0) / codes.length;
    return Array.from({ length: this.latent }, (_, i) => place[this.axes.indexOf(i)] ?? mean(i));
  }

  #drawAt(place) {
    const { run } = this.laboratory;
    drawPicture(this.canvas, this.state.decode(this.#codeAt(place)), run);
    byId("training-class").textContent = run.isConditional ? ` as ${run.classNames[run.label]}` : "";
  }

  #paint(context) {
    const { map, sprites } = this;
    const [rows, columns] = sprites.form;
    const room = Math.sqrt((MOVING_SHARE * map.frame.width * map.frame.height) / this.places.length);
    const level = map.oneLine ? (ON_LINE * map.frame.height) / (LEVELS_ON_A_LINE + 1) : MOVING_SIDE;
    const scale = Math.min(room, MOVING_SIDE, level) / Math.max(rows, columns);
    const size = [columns * scale, rows * scale];
    const spots = this.places.map((place) => map.toSpot(place));
    // Ink on paper is seen through other paper.
    if (this.laboratory.run.isInk) context.globalCompositeOperation = DARK.matches ? "lighten" : "darken";
    (map.oneLine ? stacked(spots, size) : spots).forEach((spot, index) => {
      drawSprite(context, sprites.of(index, this.state.wrong?.[index] > 0), spot, size);
    });
  }
}

/** Whether a picture there would be cut off at an end of an axis. */
function isAtEdge(value, low, high) {
  return Math.min(value - low, high - value) < EDGE * (high - low);
}
