"use strict";
/* The pictures of a region of the map: how many there are, and a sample of them. */

const MOST_IN_SAMPLE = 30;

class RegionPanel {
  /** `onGo(index)` is called to go to a picture. */
  constructor(map, run, onGo) {
    Object.assign(this, { map, run, onGo });
    byId("select").addEventListener("click", () => this.#toggle(!map.selects));
  }

  #toggle(selects) {
    this.map.selects = selects;
    byId("select").setAttribute("aria-pressed", selects);
  }

  /** Show the pictures among `shown` whose places are in the region, null for none. */
  show(region, places, shown) {
    byId("region-part").hidden = !region;
    if (!region) return void byId("region").replaceChildren();
    this.#toggle(false);
    const inside = shown.filter((index) => holds(region, places[index]));
    byId("region-count").textContent = `${inside.length} of ${shown.length}${this.#classes(inside)}`;
    const count = Math.min(inside.length, MOST_IN_SAMPLE);
    const sample = Array.from({ length: count }, (_, i) => inside[Math.floor((i * inside.length) / count)]);
    byId("region").replaceChildren(...sample.map((index) => this.#item(index)));
    for (const canvas of byId("region").querySelectorAll("canvas")) {
      drawPicture(canvas, this.run.picture(Number(canvas.dataset.index)), this.run);
    }
  }

  /** How many are of each class, the largest first. */
  #classes(inside) {
    const { classNames, classes } = this.run;
    if (classNames.length === 0) return "";
    const counts = new Map();
    for (const index of inside) counts.set(classes[index], (counts.get(classes[index]) ?? 0) + 1);
    const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([label, count]) => `${classNames[label]} ${count}`);
    return parts.length ? `: ${parts.join(", ")}` : "";
  }

  #item(index) {
    const button = document.createElement("button");
    const canvas = document.createElement("canvas");
    canvas.dataset.index = index;
    Object.assign(button, { type: "button", title: this.run.names[index] });
    button.setAttribute("aria-label", `Go to ${this.run.names[index]}`);
    button.append(canvas);
    button.addEventListener("click", () => this.onGo(index));
    return button;
  }
}
