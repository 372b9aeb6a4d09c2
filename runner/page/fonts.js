"use strict";
/* The page of a font: wires map, pictures and controls to the network. */

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

  /** Draw a picture, with an outline around each pixel in which it differs from the original. */
  function drawCompared(canvas, picture, original) {
    drawPicture(canvas, picture, cell);
    picture.forEach((value, i) => {
      if (value > 0.5 !== original[i] > 0.5) outlinePixel(canvas, i, cell, "--missed");
    });
  }

  function showBench() {
    const original = character(bench.index);
    const code = forward(encoder, bench.input);
    const output = forward(decoder, code);
    drawCompared(byId("input"), bench.input, original);
    const focused = document.activeElement === byId("input");
    if (focused) outlinePixel(byId("input"), bench.cursor, cell, "--accent");
    drawCompared(byId("output"), output, original);
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

const ready = fontPage(JSON.parse(byId("run").textContent));
