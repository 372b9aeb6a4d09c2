"use strict";
/* The page of a font: wires map, pictures and controls to the network. */

const GLYPH_SHARE = 0.13;
const LARGEST_GLYPH_SCALE = 3;
const LEVELS_ON_A_LINE = 6;

async function fontPage(run) {
  const { cell, names, plane } = run;
  const size = cell[0] * cell[1];
  const latent = plane.origin.length;
  const [pixels, codes] = await Promise.all([unpack(run.pixels), unpack(run.codes)]);
  const [encoder, decoder] = await Promise.all([unpackLayers(run.encoder), unpackLayers(run.decoder)]);
  const character = (index) => row(pixels, index, size);
  const codeOfCharacter = (index) => row(codes, index, latent);
  const places = names.map((_, index) => project(plane, codeOfCharacter(index)));
  const map = await LatentMap.embed(run.map, byId("map"), planeSpace(plane), latent === 1);
  const glyphs = new Glyphs(map, places, run.wrong, cell);
  const bench = { index: 0, input: null, cursor: 0 };

  function describe(picture) {
    const { index, distance } = nearest(picture, pixels);
    return { name: names[index], distance };
  }

  function showPoint(place) {
    const code = lift(plane, place);
    const picture = forward(decoder, code);
    const { name, distance } = describe(picture);
    drawPicture(byId("decoded"), picture, cell);
    byId("nearest").textContent = distance === 0 ? `This is ${name}` : `Nearest: ${name}`;
    byId("distance").textContent = distance === 0 ? "not a pixel differs" : pixelsText(distance, "differ");
    byId("point").textContent = pointText(code);
  }

  function showPins() {
    showPath(map, byId("path"), byId("path-hint"), (canvas, code) => {
      const picture = forward(decoder, code);
      const { name, distance } = describe(picture);
      drawPicture(canvas, picture, cell);
      return distance === 0 ? name : `${name} +${distance}`;
    });
    const chosen = map.pins.at(-1)?.index;
    if (chosen !== undefined) choose(chosen);
  }

  function choose(index) {
    bench.index = index;
    bench.input = Float64Array.from(character(index));
    byId("character").value = index;
    showBench();
  }

  function flip(index) {
    bench.input[index] = 1 - bench.input[index];
    bench.cursor = index;
    showBench();
  }

  function showBench() {
    const original = character(bench.index);
    const code = forward(encoder, bench.input);
    const output = forward(decoder, code);
    drawPicture(byId("input"), bench.input, cell);
    bench.input.forEach((value, i) => {
      if (value > 0.5 !== original[i] > 0.5) outlinePixel(byId("input"), i, cell, "--missed");
    });
    if (document.activeElement === byId("input")) outlinePixel(byId("input"), bench.cursor, cell, "--accent");
    drawPicture(byId("output"), output, cell);
    output.forEach((value, i) => {
      if (value > 0.5 !== original[i] > 0.5) outlinePixel(byId("output"), i, cell, "--missed");
    });
    byId("code").textContent = pointText(code);
    const flipped = differingPixels(bench.input, original);
    const wrong = differingPixels(output, original);
    const end = wrong === 0 ? `drawn as ${names[bench.index]}` : pixelsText(wrong, "wrong");
    byId("restored").textContent = `${pixelsText(flipped, "flipped")}: ${end}.`;
    map.marks = [...generatedMarks, ...benchMarks(code, flipped)];
    map.draw();
  }

  function benchMarks(code, flipped) {
    const from = places[bench.index];
    const place = project(plane, code);
    return [{ place, kind: "landed", radius: 8, from: flipped ? from : null }];
  }

  function disturb() {
    const original = character(bench.index);
    bench.input = Float64Array.from(original, (value) => (Math.random() < run.noise ? 1 - value : value));
    showBench();
  }

  const generatedMarks = run.generated.map((code) => ({
    place: project(plane, code),
    kind: "generated",
    text: "+",
  }));
  byId("generated-legend").hidden = generatedMarks.length === 0;
  byId("missed-legend").hidden = run.wrong.every((count) => count === 0);
  byId("character").append(...names.map((name, index) => new Option(name, index)));
  byId("character").addEventListener("change", (event) => {
    choose(Number(event.target.value));
    map.moveTo(places[bench.index]);
  });
  byId("disturb").addEventListener("click", disturb);
  byId("reset").addEventListener("click", () => choose(bench.index));
  listenToPixels(byId("input"), cell, () => bench.cursor, flip, (cursor) => {
    bench.cursor = cursor;
    showBench();
  });

  map.onPoint = showPoint;
  map.onPins = showPins;
  map.onLayout = () => glyphs.arrange();
  map.snap = (pin) => {
    const index = glyphs.at(map.toSpot(pin.place));
    return index < 0 ? pin : { index, place: places[index], code: codeOfCharacter(index) };
  };
  const redraw = () => {
    glyphs.dress();
    showPoint(map.point);
    showPins();
    showBench();
  };
  DARK.addEventListener("change", redraw);
  new ResizeObserver(redraw).observe(byId("path").parentElement);

  glyphs.dress();
  map.moveTo(places[0]);
  choose(0);
  await embedPlot(run.curve, byId("curve"));
  return map;
}

/** `1 pixel differs`, `3 pixels differ`, `no pixel flipped`. */
function pixelsText(count, verb) {
  const one = verb === "differ" ? "differs" : verb;
  if (count === 0) return `no pixel ${one}`;
  return count === 1 ? `1 pixel ${one}` : `${count} pixels ${verb}`;
}

/** Flip pixels by clicking, tapping and dragging, or with the arrow keys and Space. */
function listenToPixels(canvas, [rows, columns], cursor, flip, moveCursor) {
  const pixelAt = (event) => {
    const box = canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
    const line = Math.floor(((event.clientY - box.top) / box.height) * rows);
    const inside = column >= 0 && column < columns && line >= 0 && line < rows;
    return inside ? line * columns + column : -1;
  };
  let last = -1;
  canvas.addEventListener("pointerdown", (event) => {
    last = pixelAt(event);
    if (last >= 0) flip(last);
  });
  canvas.addEventListener("pointermove", (event) => {
    const index = pixelAt(event);
    if (!(event.buttons & 1) || index < 0 || index === last) return;
    last = index;
    flip(index);
  });
  canvas.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow && event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (!arrow) return void flip(cursor());
    const column = ((cursor() % columns) + arrow[0] + columns) % columns;
    const line = (Math.floor(cursor() / columns) - arrow[1] + rows) % rows;
    moveCursor(line * columns + column);
  });
  for (const type of ["focus", "blur"]) canvas.addEventListener(type, () => moveCursor(cursor()));
}

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
    const whole = Math.max(1, Math.min(LARGEST_GLYPH_SCALE, Math.floor(scale)));
    this.size = [columns * whole, rows * whole];
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
      for (const axis of [0, 1]) spot[axis] += Math.max(-limit[axis], Math.min(limit[axis], steps[i][axis]));
    });
  }
  return moved;
}

const ready = fontPage(JSON.parse(byId("run").textContent));
