"use strict";
/* Of more than two numbers: which two are the axes of the map, and a slider for each number of the code. */

const SLIDER_MARGIN = 0.25; // of the range of the codes, beyond it at each end

class Axes {
  /** `onAxes(numbers)` is called with the numbers of the axes, null for the plane, `onCode(code)` with a code. */
  constructor(run, onAxes, onCode) {
    Object.assign(this, { run, onCode });
    byId("axes-part").hidden = run.latent < 3;
    if (run.latent < 3) return;
    this.choice = new AxisChoice([byId("axis-x"), byId("axis-y")], onAxes);
    this.choice.offer(run.latent, run.plane.labels);
    this.sliders = latentNames(run.latent).map((name, i) => this.#slider(name, i));
    byId("sliders").append(...this.sliders.map(({ label }) => label));
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

  /** Show the numbers of the axes by now, null for the plane. */
  dress(numbers) {
    this.choice?.dress(numbers);
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
