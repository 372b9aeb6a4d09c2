"use strict";
/* By what the pictures on the map are coloured, and the scale that says so. */

const PLAIN_COLOR = "none";

class Coloring {
  /** `legend` has the colours of the classes. */
  constructor(run, legend, onChange) {
    Object.assign(this, { run, legend });
    const options = this.#options();
    byId("color").append(...options.map(([value, text]) => new Option(text, value)));
    byId("color").addEventListener("change", () => {
      this.take(byId("color").value);
      onChange();
    });
    this.take(options[0][0]);
  }

  #options() {
    const { run, legend } = this;
    return [
      ...(legend.isEmpty ? [] : [["class", "class"]]),
      ...(run.isDrawn ? [[PLAIN_COLOR, "nothing"]] : []),
      ["error", "error"],
      ...(run.wrong ? [["wrong", "wrong pixels"]] : []),
      ...Array.from({ length: run.latent }, (_, i) => [`z${i + 1}`, `z${i + 1}`]),
    ];
  }

  /** Colour by one of the options; returns whether it is one. */
  take(kind) {
    if (![...byId("color").options].some(({ value }) => value === kind)) return false;
    this.kind = kind;
    byId("color").value = kind;
    this.measure();
    return true;
  }

  /** Take the numbers that the run has by now. */
  measure() {
    const { run, kind } = this;
    const numbers = {
      error: () => run.errors,
      wrong: () => run.wrong,
      class: () => null,
      [PLAIN_COLOR]: () => null,
    }[kind] ?? (() => run.codes.map((code) => code[Number(kind.slice(1)) - 1]));
    const values = numbers();
    byId("scale").hidden = !values;
    this.shares = null;
    if (!values) return;
    const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    // Errors differ by powers of ten: their order says more.
    this.shares = kind === "error" ? ranks(values) : values.map((value) => (value - low) / (high - low || 1));
    const middle = kind === "error" ? median(values) : (low + high) / 2;
    [low, middle, high].forEach((value, i) => (byId("scale").children[i].textContent = shortNumber(value)));
  }

  /** The colour of a picture, null for none of its own. */
  colorOf(index) {
    if (this.kind === "class") return this.legend.colorOf(this.run.classes[index]);
    if (!this.shares) return null;
    return tint(this.shares[index]);
  }
}

/** Where each of the values stands among them, from 0 for the smallest to 1. */
function ranks(values) {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const result = [];
  order.forEach((index, rank) => (result[index] = rank / Math.max(values.length - 1, 1)));
  return result;
}

/** A number with three digits that count. */
function shortNumber(value) {
  return String(Number(value.toPrecision(3))).replace("-", "−");
}
