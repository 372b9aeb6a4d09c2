"use strict";
/* Few pictures on the map: each is drawn. */

// Of the map, that all pictures which are seen may cover.
const GLYPH_SHARE = 0.13;
const LARGEST_GLYPH_SCALE = 3;
const LARGEST_ZOOMED_SCALE = 6;
const SMALLEST_GLYPH = 10;
const SMALL_TILE = 16;
const LARGEST_TILE = 32;

class Glyphs {
  constructor(map, run) {
    this.map = map;
    this.run = run;
    this.sprites = new Sprites(run);
    this.places = [];
    this.shown = [];
    this.spots = [];
  }

  /**
   * Size and spot of every picture for the present size of the map; `shown` are those with a spot. What was
   * arranged stays until there are other places, or another view of them.
   */
  arrange(looks) {
    const { map, places } = this;
    const asked = [places, map.ranges, map.frame.width, map.frame.height];
    if (asked.every((part, i) => part === this.arranged?.[i])) return;
    this.arranged = asked;
    this.shown = [...places.keys()].filter((index) => holds(map.ranges, places[index]));
    this.size = this.#fittingSize(this.shown.length);
    const starts = this.shown.map((index) => map.toSpot(places[index]));
    this.spots = placedTiles(starts, this.size, map.oneLine);
    const isSeen = this.shown.map((index) => !looks.hides(index));
    this.shown = this.shown.filter((_, i) => isSeen[i]);
    this.spots = this.spots.filter((_, i) => isSeen[i]);
  }

  #fittingSize(count) {
    const { map } = this;
    const shrunk = Math.max(1, Math.ceil(Math.max(...this.run.cell) / LARGEST_TILE));
    const [rows, columns] = this.sprites.form.map((side) => side / shrunk);
    const { width, height } = map.frame;
    const share = map.oneLine ? GLYPH_SHARE / 2 : GLYPH_SHARE;
    const scale = Math.sqrt((share * width * height) / (Math.max(count, 1) * columns * rows));
    const most = map.isWhole ? LARGEST_GLYPH_SCALE : LARGEST_ZOOMED_SCALE;
    const side = glyphScale(scale, Math.max(rows, columns), most);
    return [columns * side, rows * side];
  }

  paint(context, looks) {
    this.arrange(looks);
    const tiles = this.shown.map((index, i) => {
      const isMissed = this.run.wrong?.[index] > 0;
      return {
        ...{ at: this.map.toSpot(this.places[index]), spot: this.spots[i] },
        ...{ image: this.sprites.of(index, isMissed), color: looks.colorOf(index) },
        ...{ isMissed, isFound: looks.isFound(index) },
      };
    });
    paintTiles(context, tiles, this.size);
  }

  /** Names stand beside no class: each picture is seen itself. */
  marks() {
    return [];
  }

  /** A pin on a picture is one on its very code. */
  snap(pin) {
    const found = tileAt(this.spots, this.size, this.map.toSpot(pin.place));
    return found < 0 ? pin : pinOn(this.shown[found], this.places, this.run);
  }
}

/** How many CSS pixels one of a tile takes: whole ones are crisp, half ones are, too, for small tiles. */
function glyphScale(scale, side, most) {
  if (scale >= 1) return Math.min(most, Math.floor(scale));
  return side < SMALL_TILE ? 0.5 : Math.max(scale, SMALLEST_GLYPH / side);
}
