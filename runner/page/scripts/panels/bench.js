"use strict";
/* One picture goes through the bottleneck, and its pixels can be changed on the way in. */

class Bench {
  /** `onChange` is called when there are other marks for the map, `onGo(index)` to go to a picture. */
  constructor(map, run, onChange, onGo) {
    this.map = map;
    this.run = run;
    this.onChange = onChange;
    this.cursor = 0;
    this.#take(0);
    byId("chosen").append(...run.names.map((name, index) => new Option(name, index)));
    byId("chosen").addEventListener("change", ({ target }) => onGo(Number(target.value)));
    byId("disturb").addEventListener("click", () => this.#disturb());
    byId("reset").addEventListener("click", () => this.choose(this.index));
    listenToPixels(byId("input"), run.cell, this);
  }

  follow() {}

  choose(index) {
    this.#take(index);
    byId("chosen").value = index;
    this.redraw();
  }

  #take(index) {
    this.index = index;
    this.original = this.run.picture(index);
    this.input = this.original.slice();
    this.code = this.run.codes[index];
    this.flipped = 0;
  }

  /** Flip a pixel, in colour all its channels. */
  flip(index) {
    const channels = this.run.cell[2] ?? 1;
    for (let i = channels * index; i < channels * (index + 1); i++) this.input[i] = 1 - this.input[i];
    this.moveCursor(index);
  }

  moveCursor(index) {
    this.cursor = index;
    this.redraw();
  }

  #disturb() {
    this.input = this.original.map((value) => (Math.random() < this.run.noise.probability ? 1 - value : value));
    this.redraw();
  }

  redraw() {
    const { run, input, original } = this;
    const label = run.classes[this.index];
    this.code = run.encode(input, label);
    const output = run.decode(this.code, label);
    const changed = changedPixels(input, original, run.cell);
    const wrong = run.isBinary ? changedPixels(output.map(Math.round), original, run.cell) : [];
    this.flipped = changed.length;
    this.#draw(byId("input"), input, changed);
    const focused = document.activeElement === byId("input");
    if (focused) outlinePixel(byId("input"), this.cursor, run.cell, "--accent");
    this.#draw(byId("output"), output, wrong);
    byId("code").textContent = pointText(this.code);
    byId("restored").textContent = `${pixelsText(this.flipped, "flipped")}: ${this.#end(output, wrong)}.`;
    this.onChange();
  }

  #end(output, wrong) {
    if (!this.run.isBinary) return `error ${squaredError(output, this.original).toPrecision(3)}`;
    return wrong.length ? pixelsText(wrong.length, "wrong") : `drawn as ${this.run.names[this.index]}`;
  }

  /** Draw a picture, with an outline around some of its pixels. */
  #draw(canvas, picture, outlined) {
    drawPicture(canvas, picture, this.run);
    for (const index of outlined) outlinePixel(canvas, index, this.run.cell, "--missed");
  }

  /** Where the code of the input lies, and where that of the picture itself does. */
  marks() {
    const place = this.map.space.project(this.code);
    const from = this.flipped ? this.map.space.project(this.run.codes[this.index]) : null;
    return [{ place, kind: "landed", radius: 8, from }];
  }
}

function changedPixels(picture, original, [, , channels = 1]) {
  const changed = [...picture.keys()].filter((index) => picture[index] !== original[index]);
  return [...new Set(changed.map((index) => Math.floor(index / channels)))];
}

/** `1 pixel differs`, `3 pixels differ`, `no pixel flipped`. */
function pixelsText(count, verb) {
  const one = verb === "differ" ? "differs" : verb;
  if (count === 0) return `no pixel ${one}`;
  return count === 1 ? `1 pixel ${one}` : `${count} pixels ${verb}`;
}

/** Flip pixels of a bench by clicking, tapping and dragging, or with the arrow keys and Space. */
function listenToPixels(canvas, [rows, columns], bench) {
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
    if (last >= 0) bench.flip(last);
  });
  canvas.addEventListener("pointermove", (event) => {
    const index = pixelAt(event);
    if (!(event.buttons & 1) || index < 0 || index === last) return;
    last = index;
    bench.flip(index);
  });
  canvas.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow && event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    const { cursor } = bench;
    if (!arrow) return void bench.flip(cursor);
    const column = ((cursor % columns) + arrow[0] + columns) % columns;
    const line = (Math.floor(cursor / columns) - arrow[1] + rows) % rows;
    bench.moveCursor(line * columns + column);
  });
  for (const type of ["focus", "blur"]) canvas.addEventListener(type, () => bench.moveCursor(bench.cursor));
}
