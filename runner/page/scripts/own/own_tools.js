"use strict";
/* What the reader's own picture is changed with: a brush, buttons, and noise. */

const STEPS = { left: [0, -1], right: [0, 1], up: [-1, 0], down: [1, 0] };

class OwnTools {
  constructor(own) {
    this.own = own;
    this.run = own.run;
    this.#fillIn();
    this.#listen();
  }

  #fillIn() {
    const { run } = this;
    byId("own-brush").hidden = run.isBinary;
    const isInColor = run.cell.length > 2;
    byId("own-level").parentElement.hidden = isInColor;
    byId("own-color").parentElement.hidden = !isInColor;
    byId("own-level").value = this.own.ground[0] > 0.5 ? 0 : 100;
    byId("own-kind").append(...Object.keys(REPLACEMENTS).map((kind) => new Option(kind.replaceAll("_", " "), kind)));
    byId("own-kind").value = run.noise.kind;
    byId("own-rate").value = Math.round(100 * run.noise.probability);
  }

  #listen() {
    const { own, run } = this;
    const on = (id, change) => byId(id).addEventListener("click", () => own.take(change(own.picture)));
    const onDrawn = (id, edit) => on(id, (picture) => overGround(edit, picture, own.ground));
    on("own-erase", () => own.empty.slice());
    on("own-invert", inverted);
    onDrawn("own-thicken", (drawn) => thickened(drawn, run.cell));
    onDrawn("own-centre", (drawn) => centred(drawn, run.cell));
    on("own-disturb", (picture) => corrupted(picture, this.#noise(), own.random));
    for (const [name, step] of Object.entries(STEPS)) {
      onDrawn(`own-${name}`, (drawn) => shifted(drawn, run.cell, step));
    }
    listenToStrokes(byId("own-input"), own);
  }

  #noise() {
    const probability = Number(byId("own-rate").value) / 100;
    return { kind: byId("own-kind").value, probability, amount: this.run.noise.amount };
  }

  /** The brush with which a stroke begins at a pixel: of black and white it makes the other. */
  brushAt(pixel) {
    const { run } = this;
    if (run.isBinary) return { radius: 0, levels: [Number(this.own.picture[pixel] <= 0.5)] };
    const radius = Number(byId("own-radius").value);
    if (byId("own-rubber").checked) return { radius, levels: this.own.ground };
    if (run.cell.length < 3) return { radius, levels: [Number(byId("own-level").value) / 100] };
    const levels = channels(byId("own-color").value).map((level) => level / 255);
    return { radius, levels: run.isInk ? levels.map((level) => 1 - level) : levels };
  }
}
