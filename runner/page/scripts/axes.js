"use strict";
/* Of more than two numbers: which two are the axes of the map, and a slider for each number of the code. */

const SLIDER_MARGIN = 0.25; // of the range of the codes, beyond it at each end
const PLANE = "plane";

class Axes {
  /** `onAxes(numbers)` is called with the numbers of the axes, null for the plane, `onCode(code)` with a code. */
  constructor(run, onAxes, onCode) {
    Object.assign(this, { run, onAxes, onCode });
    byId("axes-part").hidden = run.latent < 3;
    if (run.latent < 3) return;
    this.selects = [byId("axis-x"), byId("axis-y")];
    this.selects.forEach((select, axis) => {
      const numbers = this.#names().map((name, i) => new Option(name, i));
      select.append(new Option(run.plane.labels[axis], PLANE), ...numbers);
      select.addEventListener("change", () => this.#choose(axis));
    });
    this.sliders = this.#names().map((name, i) => this.#slider(name, i));
    byId("sliders").append(...this.sliders.map(({ label }) => label));
  }

  #names() {
    return Array.from({ length: this.run.latent }, (_, i) => `z${i + 1}`);
  }

  #slider(name, number) {
    const [label, input, output] = ["label", "input", "output"].map((kind) => document.createElement(kind));
    Object.assign(input, { type: "range", step: "any" });
    label.append(name, input, output);
    input.addEventListener("input", () => {
      const code = Array.from(this.code);
      code[number] = Number(input.value);
      this.onCode(code);
    });
    return { label, input, output };
  }

  /** Let the sliders reach all codes. */
  measure() {
    this.sliders?.forEach(({ input }, i) => {
      const values = this.run.codes.map((code) => code[i]);
      const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
      const margin = SLIDER_MARGIN * (high - low) || 1;
      Object.assign(input, { min: low - margin, max: high + margin });
    });
  }

  /** Two different numbers, or both axes those of the plane. */
  #choose(axis) {
    const chosen = this.selects[axis].value;
    const before = this.numbers;
    if (chosen === PLANE) return void this.onAxes(null);
    const number = Number(chosen);
    const other = before ? before[1 - axis] : Number(number === 0);
    const next = other === number ? before[axis] : other;
    this.onAxes(axis === 0 ? [number, next] : [next, number]);
  }

  /** Show the numbers of the axes by now, null for the plane. */
  dress(numbers) {
    this.numbers = numbers;
    this.selects?.forEach((select, axis) => (select.value = numbers ? numbers[axis] : PLANE));
  }

  /** Show the code at the point. */
  show(code) {
    this.code = code;
    this.sliders?.forEach(({ input, output }, i) => {
      input.value = code[i];
      output.textContent = code[i].toFixed(2).replace("-", "−");
    });
  }
}
