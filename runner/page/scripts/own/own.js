"use strict";
/* A picture that the reader draws goes through the bottleneck: its code, what is drawn of it, what is like it. */

class OwnPicture {
  /** `follower` is called when there are other marks for the map. */
  constructor(map, run, follower) {
    Object.assign(this, { map, run, followers: [follower] });
    this.ground = groundOf(run);
    const size = run.cell.reduce((product, side) => product * side);
    this.picture = Float64Array.from({ length: size }, (_, index) => this.ground[index % this.ground.length]);
    this.empty = this.picture;
    this.cursor = 0;
    this.isUsed = false;
    this.random = new Random(Math.floor(Math.random() * 2 ** 31));
    this.output = new Drawing(run, (drawn) => drawPicture(byId("own-output"), drawn, run));
    this.mostLike = new MostLike(run, byId("own-nearest"), (picture) => this.take(picture));
    this.tools = new OwnTools(this);
    byId("own-part").hidden = false;
    for (const id of ["own-again", "own-outline-help"]) byId(id).hidden = !run.spread;
    byId("own-output-part").hidden = !run.decode;
    byId("own-again").addEventListener("click", () => this.#drawAgain());
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
    this.mostLike.show(picture);
    for (const follow of this.followers) follow();
  }

  #drawInput() {
    drawPicture(byId("own-input"), this.picture, this.run);
    if (document.activeElement !== byId("own-input")) return;
    outlinePixel(byId("own-input"), this.cursor, this.run.cell, "--accent");
  }

  /** A picture of a code that is drawn from the normal. */
  #drawAgain() {
    this.sample = Float64Array.from(this.code, (mean, i) => mean + this.deviations[i] * this.random.normal());
    this.isUsed = true;
    this.output.show(this.sample);
    byId("own-code").textContent = pointText(this.sample);
    for (const follow of this.followers) follow();
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
