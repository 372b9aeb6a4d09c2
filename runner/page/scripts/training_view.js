"use strict";
/* The laboratory on the page: its controls, the map of its codes as they move, and its error as it falls. */

const BUDGET = 20; // milliseconds of each frame of the screen for steps
const SHRUNKEN = 0.4; // of a side of the map that the codes fill, before it shows less
const PICTURE_SIDE = 28; // CSS pixels

class TrainingView {
  /** `curve` is that of the run, which lies behind. */
  constructor(laboratory, curve) {
    this.laboratory = laboratory;
    this.isRunning = false;
    this.#buildMap();
    this.#buildCurve(curve);
    this.#listen();
    this.#fillIn();
    this.begin();
  }

  #buildMap() {
    const space = { lift: (place) => this.#codeAt(place), project: (code) => this.#placeOf(code) };
    this.map = new LatentMap(byId("training-map"), { space, oneLine: false, ranges: [-1, 1, -1, 1], labels: ["", ""] });
    this.map.onPaint = (context) => this.#paintCodes(context);
    this.map.onPoint = (place) => this.#drawAt(place);
    this.map.onPins = () => (this.map.pins = []);
    this.sprites = this.#newSprites();
  }

  #newSprites() {
    const { run } = this.laboratory;
    return new Sprites({ ...run, picture: (index) => this.laboratory.picture(index) });
  }

  #buildCurve({ facts, lines }) {
    this.line = { ...CURVES.kept, points: [] };
    const before = lines.map((line) => ({ ...line, color: "--faint" }));
    this.curve = new LearningCurve({ ...facts, hasDots: false }, [...before, this.line], byId("training-curve"));
    this.curveRanges = facts.ranges;
  }

  #listen() {
    const on = (id, type, listener) => byId(id).addEventListener(type, listener);
    on("training-start", "click", () => (this.isRunning ? this.pause() : this.start()));
    on("training-step", "click", () => {
      this.pause();
      this.#advance(1);
    });
    on("training-reset", "click", () => this.begin());
    on("training-config", "click", () => this.#download());
    for (const id of ["rate", "latent", "activation", "seed"]) {
      on(`training-${id}`, "change", () => this.begin(this.#settings()));
    }
  }

  #fillIn() {
    const { facts, usual, run } = this.laboratory;
    byId("training-missed").hidden = !run.isBinary;
    const [encoder, , decoder] = facts.activations;
    const asInRun = encoder === decoder ? encoder : `${encoder}, ${decoder}`;
    const names = Object.keys(ACTIVATIONS).filter((name) => name !== asInRun);
    byId("training-activation").append(new Option(asInRun, ""), ...names.map((name) => new Option(name, name)));
    byId("training-activation").disabled = facts.hidden.length === 0;
    byId("training-rate").value = usual.learningRate;
    byId("training-latent").value = usual.latent;
    byId("training-latent").max = this.laboratory.picture(0).length;
    byId("training-seed").value = usual.seed;
  }

  /** What is entered; what is no number that can be used becomes that of the run again. */
  #settings() {
    const { usual } = this.laboratory;
    const number = (id, name) => {
      const input = byId(id);
      if (!input.validity.valid || input.value === "") input.value = usual[name];
      return Number(input.value);
    };
    return {
      learningRate: number("training-rate", "learningRate"),
      latent: number("training-latent", "latent"),
      seed: number("training-seed", "seed"),
      activation: byId("training-activation").value || null,
    };
  }

  /** Begin anew, with some settings changed. */
  begin(changes) {
    this.pause();
    this.laboratory.begin(changes);
    this.sprites = this.#newSprites();
    this.map.oneLine = this.laboratory.settings.latent === 1;
    this.map.element.classList.toggle("line", this.map.oneLine);
    this.map.chart.labels = this.map.oneLine ? ["z1", ""] : ["z1", "z2"];
    this.line.points = [];
    this.ranges = null;
    this.#say(`Ready to learn ${this.laboratory.count} pictures`);
    byId("training-same").textContent = this.#comparison();
    this.#show();
    this.map.moveTo(this.#placeOf(this.codes[0]));
  }

  /** Take a picture of the reader's own into the set, and begin anew. */
  add(picture) {
    this.laboratory.add(picture);
    this.begin();
  }

  start() {
    if (this.laboratory.descent.isOver) this.begin();
    this.isRunning = true;
    this.#say("Training");
    byId("training-start").textContent = "Pause";
    requestAnimationFrame(() => this.#frame());
  }

  pause() {
    if (!this.isRunning) return;
    this.isRunning = false;
    byId("training-start").textContent = "Start";
    this.#say("Paused");
  }

  #frame() {
    if (!this.isRunning) return;
    this.#advance(Number(byId("training-pace").value));
    if (this.isRunning) requestAnimationFrame(() => this.#frame());
  }

  /** As many steps as there is time for, and at most so many. */
  #advance(most) {
    const { descent } = this.laboratory;
    const end = performance.now() + BUDGET;
    for (let step = 0; step < most && !descent.isOver; step++) {
      descent.step();
      if (performance.now() > end) break;
    }
    if (descent.isOver) {
      this.pause();
      this.#say(descent.isLost ? "It diverged: a smaller learning rate may help" : "Finished");
    }
    this.#show();
  }

  #show() {
    const { laboratory } = this;
    const { descent } = laboratory;
    this.codes = laboratory.codes();
    this.wrong = laboratory.run.isBinary ? laboratory.wrong() : null;
    this.decode = laboratory.networks().decode;
    this.#fitMap();
    this.map.repaint();
    if (this.map.point) this.#drawAt(this.map.point);
    this.#showCurve();
    const learned = this.wrong?.filter((count) => count === 0).length;
    byId("training-epoch").textContent = descent.epoch.toLocaleString("en");
    byId("training-error").textContent = roundedText(laboratory.error, 4);
    byId("training-learned").textContent = this.wrong ? `${learned} of ${laboratory.count}` : "–";
  }

  #showCurve() {
    const { descent, error } = this.laboratory;
    this.line.points = thinnedCurve(descent.errors);
    const [, right, bottom, top] = this.curveRanges;
    const isShown = Number.isFinite(error) && error > 0;
    if (isShown) this.curveRanges = [0, right, Math.min(bottom, error / 1.6), Math.max(top, error * 1.6)];
    this.curveRanges[1] = Math.max(right, descent.plan.epochs);
    this.curve.chart.show(this.curveRanges);
    this.curve.redraw();
  }

  /** Let the map follow the codes: at once where they leave it, and where they fill little of it. */
  #fitMap() {
    const places = this.codes.map((code) => this.#placeOf(code));
    const wanted = extentOf(places, this.map.oneLine);
    const now = this.ranges;
    const leaves = !now || places.some(([x, y]) => x < now[0] || x > now[1] || y < now[2] || y > now[3]);
    const axes = this.map.oneLine ? [0] : [0, 2];
    const shrinks = now && axes.some((i) => wanted[i + 1] - wanted[i] < SHRUNKEN * (now[i + 1] - now[i]));
    if (!leaves && !shrinks) return;
    if (wanted.every(Number.isFinite)) this.map.show((this.ranges = wanted));
  }

  #placeOf(code) {
    return [code[0], code[1] ?? 0];
  }

  /** The code at a place; numbers that the map does not show are those of the mean picture. */
  #codeAt([x, y]) {
    const { latent } = this.laboratory.settings;
    const mean = (i) => this.codes.reduce((sum, code) => sum + code[i], 0) / this.codes.length;
    return Array.from({ length: latent }, (_, i) => [x, y][i] ?? mean(i));
  }

  #drawAt(place) {
    const picture = this.decode(this.#codeAt(place));
    drawPicture(byId("training-drawn"), picture, this.laboratory.run);
  }

  #paintCodes(context) {
    const [rows, columns] = this.sprites.form;
    const { width, height } = this.map.frame;
    const room = Math.sqrt((0.2 * width * height) / this.codes.length);
    const scale = Math.min(room, PICTURE_SIDE) / Math.max(rows, columns);
    const size = [columns * scale, rows * scale];
    const spots = this.codes.map((code) => this.map.toSpot(this.#placeOf(code)));
    (this.map.oneLine ? stacked(spots, size) : spots).forEach((spot, index) => {
      drawSprite(context, this.sprites.of(index, this.wrong?.[index] > 0), spot, size);
    });
  }

  #say(text) {
    byId("training-state").textContent = text;
  }

  /** What is as in the run, and what is not. */
  #comparison() {
    const { laboratory } = this;
    const same = laboratory.isExact
      ? "Same pictures, same initial weights, double precision: these are the steps that Python takes with config.json."
      : "";
    return [same, ...laboratory.remarks(), ...laboratory.facts.remarks].filter(Boolean).join(" ");
  }

  #download() {
    const text = `${JSON.stringify(this.laboratory.config(), null, 2)}\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "config.json";
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

const MOST_POINTS = 600;

/** `[epoch, value]` of at most so many epochs, the last one among them. */
function thinnedCurve(values) {
  const step = Math.ceil(values.length / MOST_POINTS);
  const points = [];
  for (let epoch = 0; epoch < values.length; epoch += step) points.push([epoch, values[epoch]]);
  const last = values.length - 1;
  if (points.at(-1)[0] !== last) points.push([last, values[last]]);
  return points;
}

/** Put the laboratory on the page, or say why there is none; `explorer` has the curve and the own picture. */
async function showTraining(run, { curve, own }) {
  const facts = run.laboratory;
  byId("training-part").hidden = Boolean(facts.reason);
  byId("training-reason").hidden = !facts.reason;
  if (facts.reason) return void (byId("training-reason").textContent = facts.reason);
  const view = new TrainingView(await Laboratory.of(facts, run), curve);
  byId("own-learn").hidden = false;
  byId("own-learn").addEventListener("click", () => view.add(own.picture));
  return view;
}
