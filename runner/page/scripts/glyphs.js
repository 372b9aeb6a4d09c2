"use strict";
/* Few pictures as marks on the map. */

// Of the map, that all glyphs together may cover.
const GLYPH_SHARE = 0.13;
const LARGEST_GLYPH_SCALE = 3;
const SMALLEST_GLYPH = 10;
const SMALL_TILE = 16;
const LEVELS_ON_A_LINE = 6;
const GREY_LEVELS = 64;

/** The pictures on the map, each drawn at its code, or beside it where codes lie close together. */
class Glyphs {
  constructor(map, run) {
    this.map = map;
    this.run = run;
    this.places = run.codes.map((code) => project(run.plane, code));
    this.spots = [];
    const all = this.places.map((_, index) => index);
    this.groups = run.wrong
      ? { learned: all.filter((i) => run.wrong[i] === 0), missed: all.filter((i) => run.wrong[i] > 0) }
      : { pictures: all };
  }

  /** Size and place of every glyph for the present size of the map. */
  arrange() {
    const { map, places } = this;
    if (map.space.isRegion) return;
    this.size = this.#fittingSize();
    const box = this.size.map((length) => length + 3);
    const starts = places.map((place) => map.toSpot(place));
    this.spots = spread(map.oneLine ? stacked(starts, box) : starts, box);
    const ends = this.spots.map((spot) => map.toPlace(spot));
    const sides = this.size.map((value) => ({ value, units: "screen" }));
    for (const [name, members] of Object.entries(this.groups)) {
      Object.assign(this.#renderer(name).glyph, { dw: sides[0], dh: sides[1] });
      this.#set(name, { x: axisOf(ends, members, 0), y: axisOf(ends, members, 1) });
    }
    const all = [...ends.keys()];
    this.#set("leaders", { x1: axisOf(ends, all, 0), y1: axisOf(ends, all, 1) });
    this.#set("classes", { x: axisOf(ends, all, 0), y: axisOf(ends, all, 1) });
    for (const name of ["frames", "classes"]) {
      const renderer = this.#renderer(name);
      if (renderer) Object.assign(renderer.glyph, { width: sides[0], height: sides[1] });
    }
  }

  #fittingSize() {
    const { map, places } = this;
    const [rows, columns] = this.run.tile;
    const { width, height } = map.frame;
    const share = map.oneLine ? GLYPH_SHARE / 2 : GLYPH_SHARE;
    const scale = Math.sqrt((share * width * height) / (places.length * columns * rows));
    const side = glyphScale(scale, Math.max(rows, columns));
    return [columns * side, rows * side];
  }

  /** Colours, and which of them are seen: learned pictures in ink, the missed ones in their own colour. */
  dress(legend) {
    const all = this.places.map((_, index) => index);
    const [none, full] = pictureColors(this.run.isInk);
    const palettes = {
      pictures: [none, full],
      learned: [none, full],
      missed: this.run.isInk || DARK.matches
        ? [color("--missed-tile"), color("--missed")]
        : [color("--missed"), color("--missed-tile")],
    };
    for (const [name, members] of Object.entries(this.groups)) {
      this.#mapper(name).palette = ramp(...palettes[name], GREY_LEVELS);
      this.#set(name, { alpha: Float64Array.from(members, (index) => Number(!legend.hides(index))) });
    }
    const alpha = Float64Array.from(all, (index) => Number(!legend.hides(index)));
    for (const name of ["leaders", "codes"]) this.#set(name, { alpha });
    const inFrames = alpha.map((value) => (legend.isEmpty ? 0 : value));
    this.#set("classes", { alpha: inFrames, color: all.map((index) => legend.colorOf(index)) });
    const territories = this.#renderer("territories")?.glyph.color_mapper;
    if (!territories) return;
    const steps = territories.palette.length - 1;
    const shade = (i) => mix(color("--territory"), color("--surface"), Math.sqrt(i / steps));
    territories.palette = territories.palette.map((_, i) => shade(i));
  }

  show(shown) {
    for (const renderer of this.map.plot.renderers) renderer.visible = shown;
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

  #set(name, columns) {
    const source = this.#renderer(name).data_source;
    source.data = { ...source.data, ...columns };
  }

  #renderer(name) {
    return this.map.plot.renderers.find((renderer) => renderer.name === name);
  }

  #mapper(name) {
    return this.#renderer(name).glyph.color_mapper;
  }
}

function axisOf(places, members, axis) {
  return Float64Array.from(members, (index) => places[index][axis]);
}

/** How many CSS pixels one of a tile takes: whole ones are crisp, half ones are, too, for small tiles. */
function glyphScale(scale, side) {
  if (scale >= 1) return Math.min(LARGEST_GLYPH_SCALE, Math.floor(scale));
  return side < SMALL_TILE ? 0.5 : Math.max(scale, SMALLEST_GLYPH / side);
}

/** So many colours from one to another. */
function ramp(first, last, count) {
  return Array.from({ length: count }, (_, i) => mix(first, last, i / (count - 1)));
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

/** Move boxes of one size apart until none covers another, as `spread` of runner/figures/style.py does. */
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
