"use strict";
/* Few pictures as marks on the map. */

// Of the map, that all glyphs together may cover.
const GLYPH_SHARE = 0.13;
const LARGEST_GLYPH_SCALE = 3;
const SMALLEST_GLYPH = 10;
const SMALL_TILE = 16;
const LARGEST_TILE = 32;
const CODE_RADIUS = 2;

/** The pictures on the map, each drawn at its code, or beside it where codes lie close together. */
class Glyphs {
  constructor(map, run) {
    this.map = map;
    this.run = run;
    this.sprites = new Sprites(run);
    this.places = [];
    this.spots = [];
  }

  /** Size and spot of every glyph for the present size of the map. */
  arrange() {
    const { map, places } = this;
    this.size = this.#fittingSize();
    const box = this.size.map((length) => length + 3);
    const starts = places.map((place) => map.toSpot(place));
    this.spots = spread(map.oneLine ? stacked(starts, box) : starts, box);
  }

  #fittingSize() {
    const { map, places } = this;
    const shrunk = Math.max(1, Math.ceil(Math.max(...this.run.cell) / LARGEST_TILE));
    const [rows, columns] = this.sprites.form.map((side) => side / shrunk);
    const { width, height } = map.frame;
    const share = map.oneLine ? GLYPH_SHARE / 2 : GLYPH_SHARE;
    const scale = Math.sqrt((share * width * height) / (places.length * columns * rows));
    const side = glyphScale(scale, Math.max(rows, columns));
    return [columns * side, rows * side];
  }

  paint(context, legend) {
    this.arrange();
    const shown = [...this.places.keys()].filter((index) => !legend.hides(index));
    const codes = this.places.map((place) => this.map.toSpot(place));
    context.strokeStyle = context.fillStyle = color("--accent");
    context.lineWidth = 1;
    for (const index of shown) {
      strokeLine(context, codes[index], this.spots[index]);
      fillDot(context, codes[index], CODE_RADIUS);
    }
    for (const index of shown) this.#paintOne(context, index, legend);
  }

  #paintOne(context, index, legend) {
    const [[x, y], [width, height]] = [this.spots[index], this.size];
    const isMissed = this.run.wrong?.[index] > 0;
    drawSprite(context, this.sprites.of(index, isMissed), [x, y], this.size);
    const frame = [x - width / 2, y - height / 2, width, height];
    if (isMissed) {
      // Colour alone does not tell everybody which ones were missed.
      context.lineWidth = 1;
      context.strokeStyle = color("--missed");
      context.setLineDash([4, 3]);
      context.strokeRect(...frame);
      context.setLineDash([]);
    }
    if (legend.isEmpty) return;
    context.lineWidth = 2;
    context.strokeStyle = legend.colorOf(index);
    context.strokeRect(...frame);
  }

  /** Names stand beside no class: each picture is seen itself. */
  marks() {
    return [];
  }

  /** A pin on a glyph is one on its very code. */
  snap(pin, legend) {
    const [x, y] = this.map.toSpot(pin.place);
    const [width, height] = this.size;
    const index = this.spots.findIndex(
      ([left, top], i) =>
        Math.abs(left - x) <= width / 2 + 1 && Math.abs(top - y) <= height / 2 + 1 && !legend.hides(i),
    );
    return index < 0 ? pin : { index, place: this.places[index], code: this.run.codes[index] };
  }
}

/** How many CSS pixels one of a tile takes: whole ones are crisp, half ones are, too, for small tiles. */
function glyphScale(scale, side) {
  if (scale >= 1) return Math.min(LARGEST_GLYPH_SCALE, Math.floor(scale));
  return side < SMALL_TILE ? 0.5 : Math.max(scale, SMALLEST_GLYPH / side);
}

function fillDot(context, [x, y], radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
