"use strict";
/* The picture whose code is nearest to the point, and what the network makes of it. */

class NearestPicture {
  constructor(map, run) {
    this.map = map;
    this.run = run;
    this.index = -1;
    this.output = new Drawing(run, (picture) => drawPicture(byId("output"), picture, run));
    byId("output-part").hidden = !run.decode;
  }

  /** Show the picture `index`, −1 for none. */
  follow(index) {
    const { run } = this;
    this.index = index;
    if (index < 0) return;
    const code = run.codes[index];
    drawPicture(byId("input"), run.picture(index), run);
    if (run.decode) this.output.show(code, run.classes[index]);
    byId("code").textContent = pointText(code);
    byId("restored").textContent = run.names[index];
  }

  choose() {}

  redraw() {
    this.follow(this.index);
  }

  /** Where it lies, of all `places`. */
  marks(places, isGrid) {
    if (this.index < 0 || isGrid) return [];
    return [{ place: places[this.index], kind: "nearest", radius: 7 }];
  }
}

/** The picture nearest to a place, as far as the eye can tell, of those not hidden; −1 if all are. */
function nearestOnMap(map, places, place, hides) {
  const [left, right, bottom, top] = map.ranges;
  const { width, height } = map.frame;
  const [perX, perY] = [width / (right - left), height / (top - bottom)];
  let best = { index: -1, distance: Infinity };
  places.forEach(([x, y], index) => {
    if (hides(index)) return;
    const distance = (perX * (x - place[0])) ** 2 + (perY * (y - place[1])) ** 2;
    if (distance < best.distance) best = { index, distance };
  });
  return best.index;
}
