"use strict";
/* The characters as marks on the map. */

// Of the map, that all glyphs together may cover.
const GLYPH_SHARE = 0.13;
const LARGEST_GLYPH_SCALE = 3;
const LEVELS_ON_A_LINE = 6;

/** The characters on the map, each drawn at its code, or beside it where codes lie close together. */
class Glyphs {
  constructor(map, places, wrong, [rows, columns]) {
    this.map = map;
    this.places = places;
    this.tile = [columns + 2, rows + 2];
    this.spots = [];
    const all = places.map((_, index) => index);
    this.groups = [
      ["learned", all.filter((index) => wrong[index] === 0)],
      ["missed", all.filter((index) => wrong[index] > 0)],
    ];
  }

  /** Size and place of every glyph for the present size of the map. */
  arrange() {
    const { map, places } = this;
    const { width, height } = map.frame;
    const [columns, rows] = this.tile;
    const share = map.oneLine ? GLYPH_SHARE / 2 : GLYPH_SHARE;
    const scale = Math.sqrt((share * width * height) / (places.length * columns * rows));
    // Whole pixels are crisp; half ones are, too, on the small screens that need them.
    const side = scale < 1 ? 0.5 : Math.min(LARGEST_GLYPH_SCALE, Math.floor(scale));
    this.size = [columns * side, rows * side];
    const box = this.size.map((length) => length + 3);
    const starts = places.map((place) => map.toSpot(place));
    this.spots = spread(map.oneLine ? stacked(starts, box) : starts, box);
    const ends = this.spots.map((spot) => map.toPlace(spot));
    for (const [name, members] of this.groups) {
      const { glyph, data_source } = this.#renderer(name);
      glyph.dw = { value: this.size[0], units: "screen" };
      glyph.dh = { value: this.size[1], units: "screen" };
      const place = (axis) => Float64Array.from(members, (index) => ends[index][axis]);
      data_source.data = { ...data_source.data, x: place(0), y: place(1) };
    }
    Object.assign(this.#renderer("frames").glyph, {
      width: { value: this.size[0], units: "screen" },
      height: { value: this.size[1], units: "screen" },
    });
    const leaders = this.#renderer("leaders").data_source;
    const end = (axis) => Float64Array.from(ends, (place) => place[axis]);
    leaders.data = { ...leaders.data, x1: end(0), y1: end(1) };
  }

  /** Colours: learned characters in ink, the others in their own. */
  dress() {
    this.#mapper("learned").palette = [color("--tile"), color("--ink")];
    this.#mapper("missed").palette = [color("--missed-tile"), color("--missed")];
    const territories = this.#mapper("territories");
    const steps = territories.palette.length - 1;
    const shade = (i) => mix(color("--territory"), color("--surface"), Math.sqrt(i / steps));
    territories.palette = territories.palette.map((_, i) => shade(i));
  }

  /** The character drawn at a spot, −1 for none. */
  at([x, y]) {
    const [width, height] = this.size;
    return this.spots.findIndex(
      ([left, top]) => Math.abs(left - x) <= width / 2 + 1 && Math.abs(top - y) <= height / 2 + 1,
    );
  }

  #renderer(name) {
    return this.map.plot.renderers.find((renderer) => renderer.name === name);
  }

  #mapper(name) {
    return this.#renderer(name).glyph.color_mapper;
  }
}

/** Spots on one line, raised in turn so that glyphs find room above it. */
function stacked(spots, [, height]) {
  const order = spots.map((_, index) => index).sort((a, b) => spots[a][0] - spots[b][0]);
  const result = [];
  order.forEach((index, rank) => {
    const level = (rank % LEVELS_ON_A_LINE) + 1;
    result[index] = [spots[index][0], spots[index][1] - level * 1.15 * height];
  });
  return result;
}

/** Move boxes of one size apart until none covers another, as `spread` of runner/style.py does. */
function spread(spots, [width, height], rounds = 400) {
  const golden = Math.PI * (3 - Math.sqrt(5));
  // A tiny spiral parts boxes at the very same spot.
  const moved = spots.map(([x, y], i) => {
    const reach = 0.01 * Math.sqrt(i * golden);
    return [x + reach * width * Math.cos(i * golden), y + reach * height * Math.sin(i * golden)];
  });
  for (let round = 0; round < rounds; round++) {
    const steps = moved.map(() => [0, 0]);
    let touching = false;
    for (let i = 0; i < moved.length; i++) {
      for (let j = 0; j < i; j++) {
        const apart = [moved[i][0] - moved[j][0], moved[i][1] - moved[j][1]];
        const overlap = [width - Math.abs(apart[0]), height - Math.abs(apart[1])];
        if (overlap[0] <= 0 || overlap[1] <= 0) continue;
        touching = true;
        const axis = overlap[0] / width < overlap[1] / height ? 0 : 1;
        const push = 0.3 * Math.sign(apart[axis]) * overlap[axis];
        steps[i][axis] += push;
        steps[j][axis] -= push;
      }
    }
    if (!touching) break;
    const limit = [0.3 * width, 0.3 * height];
    moved.forEach((spot, i) => {
      for (const axis of [0, 1]) spot[axis] += clamp(steps[i][axis], -limit[axis], limit[axis]);
    });
  }
  return moved;
}
