"use strict";
/* What the decoder draws: at the point of the map, and on the way between two pins. */

class Drawn {
  constructor(map, run) {
    this.map = map;
    this.run = run;
    this.drawing = new Drawing(run, (picture) => this.#showPicture(picture));
  }

  /** Draw what a code means. */
  show(code) {
    if (this.run.decode) this.drawing.show(code);
  }

  #showPicture(picture) {
    drawPicture(byId("decoded"), picture, this.run);
    if (!this.run.isKnown) return;
    const { name, distance } = this.#nearestKnown(picture);
    byId("nearest").textContent = distance === 0 ? `This is ${name}` : `Nearest: ${name}`;
    byId("distance").textContent = distance === 0 ? "not a pixel differs" : pixelsText(distance, "differ");
  }

  #nearestKnown(picture) {
    const { index, distance } = this.run.likeness.nearest(picture);
    return { name: this.run.names[index], distance };
  }

  /** Draw the way between the pins, if there are two. */
  showPath() {
    const { map, run } = this;
    if (!run.decode) return;
    showPath(map, byId("path"), byId("path-hint"), (canvas, code) => {
      const picture = run.decode(code);
      drawPicture(canvas, picture, run);
      if (!run.isKnown) return "";
      const { name, distance } = this.#nearestKnown(picture);
      return distance === 0 ? name : `${name} +${distance}`;
    });
  }
}
