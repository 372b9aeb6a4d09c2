"use strict";
/*
 * A dense autoencoder as it learns: the loss of a whole batch and its gradient, as autoencoder/objective has
 * them. Arrays are made once, parameters lie in one vector as autoencoder/network.py lays them out, and each
 * example is a row. COSTS and COST_SLOPES are written by packing.py.
 */

class Learner {
  /**
   * `sizes` are the units of each layer, input first, `activations` the names of the layers' functions, of
   * which the last is the logistic one; `isVariational` says that codes are normals. Where pictures and codes are
   * followed by so many `classes` of 0 and one 1, their weights follow, too. `parameters` are changed by whoever
   * moves them.
   */
  constructor({ sizes, activations, bias, fixedBias, beta, loss, isVariational, classes = 0 }, parameters) {
    this.parameters = parameters;
    this.gradient = new Float64Array(parameters.length);
    this.beta = beta;
    this.cost = COSTS[loss];
    this.costSlope = COST_SLOPES[loss];
    this.latentLayer = activations.length / 2;
    let start = 0;
    this.layers = activations.map((name, index) => {
      const isNormal = isVariational && index === this.latentLayer - 1;
      const [before, count] = [sizes[index], sizes[index + 1]];
      const given = index % this.latentLayer === 0 ? classes : 0;
      const units = isNormal ? new NormalCode(name, beta, count, classes) : new Units(name, beta);
      const [inputs, outputs] = [before + given, isNormal ? 2 * count : count]; // values and sums of an example
      const width = units.width ?? count; // its values for the next layer
      const layer = { inputs, given, outputs, count, width, bias, fixedBias, start, units };
      start += outputs * (inputs + bias);
      return layer;
    });
    this.code = this.layers[this.latentLayer - 1].units;
    if (start !== parameters.length) throw new Error(`${start} parameters, not ${parameters.length}`);
  }

  /** Take a batch: `inputs` and `targets` are rows of pixels, `draw` is what normals take. */
  load(inputs, targets, draw) {
    this.targets = targets;
    Object.assign(this.code, draw);
    const examples = inputs.length / this.layers[0].inputs;
    if (examples !== this.examples) {
      this.examples = examples;
      const arrays = (size) => this.layers.map((layer) => new Float64Array(examples * layer[size]));
      [this.sums, this.deltas, this.values] = [arrays("outputs"), arrays("outputs"), arrays("width")];
      // By its values and then by its sums, in the same array where there is one sum for each value.
      this.slopes = this.layers.map(({ outputs, count, width }, index) =>
        outputs === count ? this.deltas[index] : new Float64Array(examples * width),
      );
    }
    this.inputs = inputs;
  }

  /** The codes of the batch, or the means of normals, as of the last evaluation: rows of latent numbers. */
  get codes() {
    return this.code.means ?? this.values[this.latentLayer - 1];
  }

  /** What the network draws of the batch, as of the last evaluation: rows of pixels. */
  get outputs() {
    return this.values.at(-1);
  }

  /** The loss at the present parameters, and the error that judges them; `gradient` becomes that of the loss. */
  evaluate() {
    const { layers, parameters, gradient, examples } = this;
    let values = this.inputs;
    layers.forEach((layer, index) => {
      weightedSums(layer, parameters, values, this.sums[index], examples);
      values = this.values[index];
      layer.units.forward(this.sums[index], values);
    });
    const measures = this.code.judged(this.#measure());
    for (let index = layers.length - 1; index >= 0; index--) {
      const [layer, deltas] = [layers[index], this.deltas[index]];
      weightSlopes(layer, deltas, index ? this.values[index - 1] : this.inputs, gradient, examples);
      if (index === 0) break;
      const [sums, values, slopes] = [this.sums, this.values, this.slopes].map((arrays) => arrays[index - 1]);
      inputSlopes(layer, parameters, deltas, slopes, examples);
      layers[index - 1].units.backward(slopes, sums, values, this.deltas[index - 1]);
    }
    return measures;
  }

  /** The measures of what is drawn; the last deltas become the slopes of the loss. */
  #measure() {
    const { targets, examples, cost, costSlope } = this;
    const [sums, pixels, deltas] = [this.sums, this.values, this.deltas].map((arrays) => arrays.at(-1));
    const perSum = 2 * this.beta;
    let loss = 0;
    let error = 0;
    for (let i = 0; i < pixels.length; i++) {
      const logit = perSum * sums[i];
      const difference = pixels[i] - targets[i];
      loss += cost(logit, pixels[i], targets[i]);
      error += 0.5 * difference * difference;
      deltas[i] = (costSlope(logit, pixels[i], targets[i]) * perSum) / examples;
    }
    return { loss: loss / examples, error };
  }

  /** Encoder and decoder as `forward` takes them, for any single picture or code; an encoder gives the means. */
  networks() {
    const { parameters, beta } = this;
    const layers = this.layers.map(({ inputs, given, count, bias: hasBias, fixedBias, start, units }) => {
      const own = inputs - given;
      const [weights, rows] = [own, given].map((columns) => new Float64Array(count * columns));
      const bias = new Float64Array(count).fill(fixedBias);
      for (let unit = 0, first = start; unit < count; unit++, first += inputs + hasBias) {
        weights.set(parameters.subarray(first, first + own), unit * own);
        for (let label = 0; label < given; label++) rows[label * count + unit] = parameters[first + own + label];
        if (hasBias) bias[unit] = parameters[first + inputs];
      }
      const numbers = { weights, bias, rows: given ? rows : null };
      return { inputs: own, outputs: count, ...numbers, activation: units.apply, beta };
    });
    return [layers.slice(0, this.latentLayer), layers.slice(this.latentLayer)];
  }
}

function weightedSums({ inputs, outputs, bias, fixedBias, start }, parameters, values, sums, examples) {
  for (let first = 0, sum = 0; first < examples * inputs; first += inputs) {
    for (let output = 0, weight = start; output < outputs; output++, sum++) {
      let total = 0;
      for (let input = first; input < first + inputs; input++, weight++) {
        total += parameters[weight] * values[input];
      }
      sums[sum] = total + (bias ? parameters[weight++] : fixedBias);
    }
  }
}

/** The slopes of the weights, from those of the sums of every example. */
function weightSlopes({ inputs, outputs, bias, start }, deltas, values, gradient, examples) {
  gradient.fill(0, start, start + outputs * (inputs + bias));
  for (let first = 0, sum = 0; first < examples * inputs; first += inputs) {
    for (let output = 0, weight = start; output < outputs; output++, sum++) {
      const delta = deltas[sum];
      for (let input = first; input < first + inputs; input++, weight++) {
        gradient[weight] += delta * values[input];
      }
      if (bias) gradient[weight++] += delta;
    }
  }
}

/** The slopes of what comes in, from those of the sums of every example. */
function inputSlopes({ inputs, outputs, bias, start }, parameters, deltas, slopes, examples) {
  slopes.fill(0);
  for (let first = 0, sum = 0; first < examples * inputs; first += inputs) {
    for (let output = 0, weight = start; output < outputs; output++, sum++) {
      const delta = deltas[sum];
      for (let input = first; input < first + inputs; input++, weight++) {
        slopes[input] += delta * parameters[weight];
      }
      if (bias) weight++;
    }
  }
}
