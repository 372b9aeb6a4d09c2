"use strict";
/* Many pictures as dots on the map. */

const SHOWN_ALPHA = 0.75;

class Dots {
  constructor(map, run) {
    this.map = map;
    this.run = run;
    this.places = run.codes.map((code) => project(run.plane, code));
    this.renderer = map.plot.renderers.find(({ name }) => name === "dots");
  }

  arrange() {}

  dress(legend) {
    const source = this.renderer.data_source;
    const alpha = Float64Array.from(this.places, (_, index) => (legend.hides(index) ? 0 : SHOWN_ALPHA));
    source.data = { ...source.data, color: this.places.map((_, index) => legend.colorOf(index)), alpha };
  }

  show(shown) {
    this.renderer.visible = shown;
  }

  /** The name of each class that is seen, at the median of its pictures. */
  marks(legend) {
    return legend.shown().map((label) => {
      const members = this.places.filter((_, index) => this.run.classes[index] === label);
      const place = [0, 1].map((axis) => median(members.map((member) => member[axis])));
      return { place, kind: "class", text: this.run.classNames[label].replace("digit ", "") };
    });
  }

  snap(pin) {
    return pin;
  }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
