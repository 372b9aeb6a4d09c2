"use strict";
/* A picture that the reader draws goes through the bottleneck: its code, what is drawn of it, what is like it. */

const DEVIATIONS = 2; // of the normal of a code, to its outline
const OUTLINE_POINTS = 60;
const SHOWN_NEAREST = 3;
const QUICK = 4; // milliseconds for which nobody who draws has to wait
const STEPS = { left: [0, -1], right: [0, 1], up: [-1, 0], down: [1, 0] };

class OwnPicture {
  /** `follower` is called when there are other marks for the map. */
  constructor(map, run, follower) {
    Object.assign(this, { map, run, followers: [follower] });
    this.picture = new Float64Array(run.cell.reduce((product, side) => product * side));
    this.cursor = 0;
    this.isUsed = false;
    this.random = new Random(Math.floor(Math.random() * 2 ** 31));
    this.nearest = timed((picture) => run.likeness.nearestOf(picture, SHOWN_NEAREST));
    this.output = new Drawing(run, (picture) => this.#showOutput(picture));
    this.#hideWhatIsMissing();
    this.#listen();
  }

  #hideWhatIsMissing() {
    const { run } = this;
    byId("own-part").hidden = false;
    byId("own-brush").hidden = run.isBinary;
    const isInColor = run.cell.length > 2;
    byId("own-level").parentElement.hidden = isInColor;
    byId("own-color").parentElement.hidden = !isInColor;
    for (const id of ["own-again", "own-outline-help"]) byId(id).hidden = !run.spread;
    byId("own-output-part").hidden = !run.decode;
    byId("own-kind").append(...Object.keys(REPLACEMENTS).map((kind) => new Option(kind.replaceAll("_", " "), kind)));
    byId("own-kind").value = run.noise.kind;
    byId("own-rate").value = Math.round(100 * run.noise.probability);
  }

  #listen() {
    const { cell } = this.run;
    const on = (id, change) => byId(id).addEventListener("click", () => this.take(change(this.picture)));
    on("own-erase", (picture) => picture.map(() => 0));
    on("own-invert", inverted);
    on("own-thicken", (picture) => thickened(picture, cell));
    on("own-centre", (picture) => centred(picture, cell));
    on("own-disturb", (picture) => corrupted(picture, this.#noise(), this.random));
    for (const [name, step] of Object.entries(STEPS)) {
      on(`own-${name}`, (picture) => shifted(picture, cell, step));
    }
    byId("own-again").addEventListener("click", () => this.#drawAgain());
    listenToStrokes(byId("own-input"), this);
  }

  #noise() {
    const probability = Number(byId("own-rate").value) / 100;
    return { kind: byId("own-kind").value, probability, amount: this.run.noise.amount };
  }

  /** The brush with which a stroke begins at a pixel: of black and white it makes the other. */
  brushAt(pixel) {
    const { run } = this;
    if (run.isBinary) return { radius: 0, levels: [Number(this.picture[pixel] <= 0.5)] };
    const radius = Number(byId("own-radius").value);
    if (byId("own-rubber").checked) return { radius, levels: Array(run.cell[2] ?? 1).fill(0) };
    if (run.cell.length < 3) return { radius, levels: [Number(byId("own-level").value) / 100] };
    const levels = channels(byId("own-color").value).map((level) => level / 255);
    return { radius, levels: run.isInk ? levels.map((level) => 1 - level) : levels };
  }

  /** Take another picture. Several within one frame of the screen are drawn once. */
  take(picture) {
    this.picture = picture;
    this.isUsed = true;
    if (!this.later) this.later = requestAnimationFrame(() => this.redraw());
  }

  moveCursor(pixel) {
    this.cursor = pixel;
    this.#drawInput();
    const [row, column] = positionOf(pixel, this.run.cell.slice(0, 2));
    byId("own-cursor").textContent = `row ${row + 1}, column ${column + 1}: ${this.#levelText(pixel)}`;
  }

  #levelText(pixel) {
    const { cell, isBinary } = this.run;
    const count = cell[2] ?? 1;
    const levels = Array.from(row(this.picture, pixel, count));
    if (isBinary) return levels[0] > 0.5 ? "ink" : "empty";
    return levels.map((level) => level.toFixed(2)).join(", ");
  }

  redraw() {
    const { run, picture } = this;
    this.later = null;
    this.code = run.encode(picture);
    this.deviations = run.spread && Array.from(run.spread(picture), (value) => Math.exp(value / 2));
    this.sample = null;
    this.#drawInput();
    byId("own-code").textContent = pointText(this.code);
    byId("own-class").textContent = run.isConditional ? ` as ${run.classNames[run.label]}` : "";
    if (run.decode) this.output.show(this.code);
    clearTimeout(this.resting);
    if (this.nearest.milliseconds > QUICK) this.resting = setTimeout(() => this.#showNearest(), REST);
    else this.#showNearest();
    for (const follow of this.followers) follow();
  }

  #drawInput() {
    drawPicture(byId("own-input"), this.picture, this.run);
    if (document.activeElement !== byId("own-input")) return;
    outlinePixel(byId("own-input"), this.cursor, this.run.cell, "--accent");
  }

  #showOutput(picture) {
    drawPicture(byId("own-output"), picture, this.run);
  }

  /** A picture of a code that is drawn from the normal. */
  #drawAgain() {
    this.sample = Float64Array.from(this.code, (mean, i) => mean + this.deviations[i] * this.random.normal());
    this.isUsed = true;
    this.output.show(this.sample);
    byId("own-code").textContent = pointText(this.sample);
    for (const follow of this.followers) follow();
  }

  #showNearest() {
    const { run } = this;
    const found = this.nearest(this.picture);
    const list = byId("own-nearest");
    while (list.children.length < found.length) list.append(this.#nearestButton());
    found.forEach(({ index, distance }, rank) => {
      const button = list.children[rank];
      const [canvas, caption] = button.children;
      const how = run.isBinary ? pixelsText(distance, "differ") : `error ${roundedText(distance, 3)}`;
      button.value = index;
      button.setAttribute("aria-label", `Take ${run.names[index]}: ${how}`);
      caption.textContent = `${run.names[index]}: ${how}`;
      drawPicture(canvas, run.picture(index), run);
    });
  }

  #nearestButton() {
    const button = document.createElement("button");
    button.type = "button";
    button.append(document.createElement("canvas"), document.createElement("span"));
    button.addEventListener("click", () => this.take(this.run.picture(Number(button.value))));
    return button;
  }

  /** Where its code lies, with the outline of its normal, and a sample of that. */
  marks(isGrid) {
    if (!this.isUsed || !this.code) return [];
    const { space } = this.map;
    const marks = [{ place: space.project(this.code), kind: "own", radius: this.deviations ? 2 : 9 }];
    if (this.deviations && !isGrid) marks[0].outline = normalOutline(space, this.code, this.deviations);
    if (this.sample) marks.push({ place: space.project(this.sample), kind: "own sample", radius: 4 });
    return marks;
  }
}

/** The ellipse of two standard deviations around a normal, as a linear space shows it. */
function normalOutline(space, mean, deviations) {
  const [x, y] = space.project(mean);
  let [xx, xy, yy] = [0, 0, 0];
  deviations.forEach((deviation, i) => {
    const moved = Float64Array.from(mean);
    moved[i] += DEVIATIONS * deviation;
    const place = space.project(moved);
    const [right, up] = [place[0] - x, place[1] - y];
    [xx, xy, yy] = [xx + right * right, xy + right * up, yy + up * up];
  });
  // The triangular root of the covariance turns a circle into its ellipse.
  const across = Math.sqrt(xx);
  const slant = across ? xy / across : 0;
  const up = Math.sqrt(Math.max(yy - slant * slant, 0));
  return Array.from({ length: OUTLINE_POINTS + 1 }, (_, i) => {
    const angle = (2 * Math.PI * i) / OUTLINE_POINTS;
    return [x + across * Math.cos(angle), y + slant * Math.cos(angle) + up * Math.sin(angle)];
  });
}

/** Draw on a canvas with pointer or touch, or with the arrow keys and Space. */
function listenToStrokes(canvas, own) {
  const [rows, columns] = own.run.cell;
  const pointOf = (event) => {
    const box = canvas.getBoundingClientRect();
    const share = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    return [share[0] * columns, share[1] * rows];
  };
  const pixelOf = ([x, y]) =>
    clamp(Math.floor(y), 0, rows - 1) * columns + clamp(Math.floor(x), 0, columns - 1);
  const begin = (point) => new Stroke(own.picture, own.run.cell, own.brushAt(pixelOf(point)));
  let stroke = null;
  const goOn = (point) => {
    stroke.to(point);
    own.take(stroke.picture);
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    stroke = begin(pointOf(event));
    own.cursor = pixelOf(pointOf(event));
    goOn(pointOf(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (stroke && event.isPrimary) goOn(pointOf(event));
  });
  for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, () => (stroke = null));
  canvas.addEventListener("keydown", (event) => {
    const [column, line] = [own.cursor % columns, Math.floor(own.cursor / columns)];
    const arrow = ARROWS[event.key];
    if (!arrow && event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (!arrow) {
      const dab = begin([column + 0.5, line + 0.5]);
      dab.to([column + 0.5, line + 0.5]);
      own.take(dab.picture);
      return void own.moveCursor(own.cursor);
    }
    const next = [(column + arrow[0] + columns) % columns, (line - arrow[1] + rows) % rows];
    own.moveCursor(next[1] * columns + next[0]);
  });
  for (const type of ["focus", "blur"]) canvas.addEventListener(type, () => own.redraw());
}
