"use strict";
/* The pictures that the encoder misplaces most: an arrow to where each should be, and what is drawn at both ends. */

const ARROW_REACH = 12; // CSS pixels around an arrow in which it is meant
const ARROW_HEAD = 9; // CSS pixels
const ON_A_LINE = [0.9, 0.1]; // shares of the height above it, at which the first and the last arrow lie

class Misplaced {
  /** `onChange` is called when there are other marks for the map, `onGo(code)` to go to a code. */
  constructor(map, run, legend, onChange, onGo) {
    Object.assign(this, { map, legend, onChange, onGo, run, pictures: run.misplaced });
    this.isOn = false;
    this.chosen = 0;
    // Codes and drawings are those of the network at its end.
    this.codes = run.codes;
    this.drawings = run.decode
      ? ["given", "best"].map((end) => new Drawing(run, (drawn) => drawPicture(byId(`misplaced-${end}`), drawn, run)))
      : [];
    for (const end of ["given", "best"]) byId(`misplaced-${end}-part`).hidden = !run.decode;
    byId("misplaced-list").append(...this.pictures.map((_, index) => this.#item(index)));
    byId("show-misplaced").addEventListener("click", () => this.show(!this.isOn, this.chosen));
  }

  /** Whether the map shows the network of which they are known. */
  get isTrue() {
    return this.run.codes === this.codes;
  }

  show(isOn, chosen) {
    Object.assign(this, { isOn, chosen });
    this.redraw();
    this.onChange();
  }

  choose(index) {
    if (index !== this.chosen) this.show(this.isOn, index);
  }

  /** Choose the one whose arrow is close to a place; the present one, where another is no closer. */
  follow(place) {
    if (!this.isOn || !this.isTrue) return;
    const spot = this.map.toSpot(place);
    const distances = this.pictures.map((picture, index) => this.#distance(spot, picture, index));
    const least = Math.min(...distances);
    if (least <= ARROW_REACH && least < distances[this.chosen]) this.choose(distances.indexOf(least));
  }

  /** From an arrow to a spot; on a line, where the point is not at its height, from where it begins. */
  #distance(spot, picture, index) {
    if (this.#isHidden(picture)) return Infinity;
    const ends = this.#ends(picture, index).map((place) => this.map.toSpot(place));
    return this.map.oneLine ? Math.abs(spot[0] - ends[0][0]) : fromSegment(spot, ends);
  }

  #isHidden({ label }) {
    return this.legend.hidden.has(label);
  }

  /** Where its code lies, and where it should. */
  #ends({ code, best }, index) {
    const { map, pictures } = this;
    const places = [code, best].map((one) => map.space.project(one));
    if (!map.oneLine) return places;
    const [first, last] = ON_A_LINE;
    const height = first + (index / Math.max(pictures.length - 1, 1)) * (last - first);
    return places.map(([x]) => [x, height * map.ranges[3]]);
  }

  redraw() {
    const { isOn, isTrue, run, chosen } = this;
    const { name, nats, label, picture, code, best } = this.pictures[chosen];
    byId("show-misplaced").disabled = !isTrue;
    byId("show-misplaced").setAttribute("aria-pressed", isOn);
    byId("misplaced-part").hidden = !isOn || !isTrue;
    if (byId("misplaced-part").hidden) return;
    [...byId("misplaced-list").children].forEach((button, index) => {
      button.setAttribute("aria-pressed", index === chosen);
      drawPicture(button.firstChild, this.pictures[index].picture, run);
    });
    drawPicture(byId("misplaced-picture"), picture, run);
    this.drawings.forEach((drawing, end) => drawing.show([code, best][end], label));
    byId("misplaced-name").textContent = name;
    byId("misplaced-nats").textContent = `loses ${nats} nats by its place`;
    byId("misplaced-way").textContent = `from ${pointText(code)} to ${pointText(best)}`;
  }

  #item(index) {
    const button = document.createElement("button");
    const { name, nats, code } = this.pictures[index];
    Object.assign(button, { type: "button", title: name });
    button.setAttribute("aria-label", `${name}, ${nats} nats`);
    button.append(document.createElement("canvas"));
    for (const type of ["focus", "pointermove"]) button.addEventListener(type, () => this.choose(index));
    button.addEventListener("click", () => this.onGo(code));
    return button;
  }

  /** The arrows, the chosen one last. */
  marks() {
    if (!this.isOn || !this.isTrue) return [];
    const order = [...this.pictures.keys()].filter((index) => !this.#isHidden(this.pictures[index]));
    const last = order.indexOf(this.chosen);
    if (last >= 0) order.push(...order.splice(last, 1));
    return order.flatMap((index) => {
      const [from, place] = this.#ends(this.pictures[index], index);
      const kind = index === this.chosen ? "misplaced chosen" : "misplaced";
      return [`${kind} under`, kind].map((one) => ({ place, from, kind: one, head: ARROW_HEAD }));
    });
  }
}

/** How far a spot is from the line between two others. */
function fromSegment([x, y], [[startX, startY], [endX, endY]]) {
  const [right, down] = [endX - startX, endY - startY];
  const along = ((x - startX) * right + (y - startY) * down) / (right ** 2 + down ** 2 || 1);
  const share = clamp(along, 0, 1);
  return Math.hypot(x - startX - share * right, y - startY - share * down);
}
