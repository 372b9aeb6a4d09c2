"use strict";
/* The moments of the training: a slider and a button that lead the page through what the network was. */

const PACE = 120; // milliseconds from moment to moment
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

/** The networks of a run on its way: `at(moment)` is what `Explorer.show` takes. */
class Moments {
  /** `facts` are what `moments.py` has packed, `layers` those of the run as `unpackLayers` gives them. */
  static async unpack(facts, layers, run = { label: 0 }) {
    const stacks = {};
    for (const name of ["encoder", "decoder", "spread"]) {
      if (facts[name]?.length) stacks[name] = await Promise.all(facts[name].map(unpackStack));
    }
    return new Moments(facts, layers, stacks, await unpack(facts.codes), run);
  }

  constructor(facts, layers, stacks, codes, run) {
    this.run = run;
    [this.epochs, this.errors] = [facts.epochs, facts.errors];
    [this.shape, this.codes] = [facts.codes.shape, codes];
    [this.layers, this.stacks] = [layers, stacks];
  }

  /** Codes and networks of a moment before the last. */
  at(moment) {
    const [, pictures, latent] = this.shape;
    const codes = Array.from({ length: pictures }, (_, index) =>
      row(this.codes, moment * pictures + index, latent),
    );
    return { codes, ...asFunctions(this.#networks(moment), this.run) };
  }

  #networks(moment) {
    const found = {};
    for (const [name, stack] of Object.entries(this.stacks)) {
      found[name] = stack.map((numbers, index) => layerAt(moment, this.layers[name][index], numbers));
    }
    return found;
  }
}

/** A layer with the numbers of a moment, which are unpacked when it is first asked for them. */
function layerAt(moment, layer, numbers) {
  const found = { ...layer };
  for (const [name, at] of Object.entries(numbers)) {
    let kept = null;
    Object.defineProperty(found, name, { enumerable: true, get: () => (kept ??= at(moment)) });
  }
  return found;
}

/** Weights, biases, and if it is given a class the rows of a layer as functions of the moment. */
async function unpackStack({ weights, bias, rows }) {
  const numbers = { weights: await unpackNumbers(weights), bias: await unpackNumbers(bias) };
  return rows ? { ...numbers, rows: await unpackNumbers(rows) } : numbers;
}

async function unpackNumbers({ values, ranges }) {
  const numbers = await unpack(values);
  const size = values.shape[1];
  if (!ranges) return (moment) => row(numbers, moment, size);
  return (moment) => fromBytes(row(numbers, moment, size), ...ranges[moment]);
}

class Time {
  constructor(moments, explorer) {
    this.moments = moments;
    this.explorer = explorer;
    const { codes, encode, decode, spread } = explorer.run;
    this.end = { codes, encode, decode, spread };
    this.last = moments.epochs.length - 1;
    this.moment = this.last;
    this.timer = null;
    this.slider = byId("moment");
    this.slider.max = this.slider.value = this.last;
    this.slider.addEventListener("input", () => {
      const moment = Number(this.slider.value);
      this.pause();
      this.go(moment);
    });
    byId("play").addEventListener("click", () => this.#press());
    CALM.addEventListener("change", () => this.pause());
    this.#tell();
  }

  /** Show a moment; the last is what the network became. */
  go(moment) {
    const { explorer, moments } = this;
    const isEnd = moment === this.last;
    this.moment = moment;
    const shown = isEnd ? this.end : moments.at(moment);
    explorer.show(shown);
    explorer.curve.mark(isEnd ? null : moments.epochs[moment]);
    this.#tell();
  }

  /** Who wants less motion goes from moment to moment, others see them pass by. */
  #press() {
    if (this.timer) return void this.pause();
    this.go(this.moment === this.last ? 0 : this.moment + 1);
    if (!CALM.matches) this.#play();
  }

  #play() {
    this.timer = setInterval(() => {
      if (this.moment === this.last) this.pause();
      else this.go(this.moment + 1);
    }, PACE);
    this.#tell();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.#tell();
  }

  #tell() {
    const { epochs, errors } = this.moments;
    const error = errors[this.moment];
    const words = `epoch ${epochs[this.moment].toLocaleString("en")}`;
    const text = error === null ? words : `${words}, error ${Number(error.toPrecision(4))}`;
    this.slider.value = this.moment;
    this.slider.setAttribute("aria-valuetext", text);
    byId("epoch").textContent = text;
    byId("play").textContent = this.timer ? "Pause" : CALM.matches ? "Next moment" : "Watch it learn";
  }
}

/** The time of a run, null where only its end is known. */
async function showTime(run, explorer) {
  byId("time").hidden = !run.moments;
  if (!run.moments) return null;
  return new Time(await Moments.unpack(run.moments, run.layers, run), explorer);
}
