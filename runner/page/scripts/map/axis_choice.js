"use strict";
/* Which two latent numbers are the axes of a map. */

const PLANE = "plane"; // Both axes are those of a plane between the numbers.

class AxisChoice {
  /** `selects` are the controls of both axes; `onChoice(numbers)` is called with those, null for the plane. */
  constructor(selects, onChoice) {
    Object.assign(this, { selects, onChoice });
    selects.forEach((select, axis) => select.addEventListener("change", () => this.#choose(axis)));
  }

  /** Offer so many numbers, and the axes of a plane where they have `labels`. */
  offer(latent, labels = []) {
    this.selects.forEach((select, axis) => {
      const numbers = latentNames(latent).map((name, i) => new Option(name, i));
      select.replaceChildren(...labels.slice(axis, axis + 1).map((label) => new Option(label, PLANE)), ...numbers);
    });
  }

  /** Two different numbers, or both axes those of the plane. */
  #choose(axis) {
    const chosen = this.selects[axis].value;
    const before = this.numbers;
    if (chosen === PLANE) return void this.onChoice(null);
    const number = Number(chosen);
    const other = before ? before[1 - axis] : Number(number === 0);
    const next = other === number ? before[axis] : other;
    this.onChoice(axis === 0 ? [number, next] : [next, number]);
  }

  /** Show the numbers of the axes by now, null for the plane. */
  dress(numbers) {
    this.numbers = numbers;
    this.selects.forEach((select, axis) => (select.value = numbers ? numbers[axis] : PLANE));
  }
}

/** `z1`, `z2`, … */
function latentNames(latent) {
  return Array.from({ length: latent }, (_, i) => `z${i + 1}`);
}
