"use strict";
/*
 * What the page computes: the forward pass of every network, with the ACTIVATIONS that packing.py writes
 * from training/activations.py, and what it needs of latent/: the plane, and the points between two codes.
 * Numbers in, numbers out.
 */

const POINTS_BETWEEN = 5;

/** The numbers of an array that `packing.py` packed; float16 becomes float32. */
async function unpack({ type, data }) {
  const characters = atob(data);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const buffer = await new Response(stream).arrayBuffer();
  if (type === "float16") return Float32Array.from(new Uint16Array(buffer), singleOfHalf);
  return new { float64: Float64Array, float32: Float32Array, uint8: Uint8Array }[type](buffer);
}

/** The number whose 16 bits (IEEE 754, half precision) are these. */
function singleOfHalf(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The layers of a packed network, ready for `forward`; null for none. */
async function unpackLayers(layers) {
  if (!layers) return null;
  return Promise.all(
    layers.map(async ({ weights, bias, rows, activation, beta, maps }) => ({
      outputs: weights.shape[0],
      inputs: weights.shape[1],
      weights: await unpack(weights),
      bias: await unpack(bias),
      rows: rows && (await unpack(rows)),
      activation: ACTIVATIONS[activation],
      beta,
      maps,
    })),
  );
}

/** The error function, by a series whose terms are all of one sign; gelu needs it. */
function erf(x) {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = (2 * x * Math.exp(-x * x)) / Math.sqrt(Math.PI);
  let sum = term;
  for (let factor = 3; Math.abs(term) > 1e-17 * Math.abs(sum); factor += 2) {
    term *= (2 * x * x) / factor;
    sum += term;
  }
  return sum;
}

/** What `layers` make of one example; those that are given a class, of that with a `label`. */
function forward(layers, values, label = 0) {
  return layers.reduce((numbers, layer) => {
    const given = layer.rows ? ofClass(layer, label) : layer;
    return (layer.maps ? throughMaps : throughUnits)(numbers, given);
  }, values);
}

/**
 * The networks of these layers as functions, null for one that is not there; those that are given a class, of
 * the one with the label that is said, or else that of the run.
 */
function asFunctions({ encoder, decoder, spread }, run) {
  const deviations = encoder && spread && [...encoder.slice(0, -1), ...spread];
  const through = (layers) => layers && ((values, label = run.label) => forward(layers, values, label));
  return { encode: through(encoder), decode: through(decoder), spread: through(deviations) };
}

/** A layer that is given a class: its row of `rows` is added to the biases. */
function ofClass(layer, label) {
  const { bias, rows } = layer;
  return { ...layer, bias: bias.map((value, unit) => value + rows[label * bias.length + unit]) };
}

function throughUnits(values, { outputs, inputs, weights, bias, activation, beta }) {
  const result = new Float64Array(outputs);
  for (let output = 0, weight = 0; output < outputs; output++) {
    let sum = bias[output];
    for (let input = 0; input < inputs; input++, weight++) sum += weights[weight] * values[input];
    result[output] = activation(sum, beta);
  }
  return result;
}

/**
 * A convolution of 3×3 with stride 2, or its mirror image, as vae/convolution.py has them: line `i` of the
 * smaller maps meets lines 2i − p, 2i + 1 − p and 2i + 2 − p of the larger ones at the places 0, 1 and 2 of
 * the kernel, and p is 1 where these have an odd number of lines. Columns likewise.
 */
function throughMaps(values, { weights, bias, activation, beta, maps }) {
  const [small, large] = maps.isTransposed ? [maps.from, maps.to] : [maps.to, maps.from];
  const [inputs, outputs] = [maps.from[2], maps.to[2]];
  const result = new Float64Array(maps.to[0] * maps.to[1] * outputs);
  for (let index = 0; index < result.length; index++) result[index] = bias[index % outputs];
  const columns = meetings(small[1], large[1]);
  for (const down of meetings(small[0], large[0])) {
    for (const across of columns) {
      const inside = down.small * small[1] + across.small;
      const outside = down.large * large[1] + across.large;
      const [from, to] = maps.isTransposed ? [inside, outside] : [outside, inside];
      let weight = (3 * down.place + across.place) * inputs * outputs;
      for (let input = from * inputs; input < (from + 1) * inputs; input++) {
        const value = values[input];
        for (let sum = to * outputs; sum < (to + 1) * outputs; sum++, weight++) {
          result[sum] += value * weights[weight];
        }
      }
    }
  }
  return result.map((sum) => activation(sum, beta));
}

/** Which lines of so many meet which of twice as many, and at which place of the kernel. */
function meetings(small, large) {
  const found = [];
  for (let line = 0; line < small; line++) {
    for (let place = 0; place < 3; place++) {
      const other = 2 * line + place - (large % 2);
      if (other >= 0 && other < large) found.push({ small: line, large: other, place });
    }
  }
  return found;
}

/** Row `index` of the array `values` whose rows have `size` numbers. */
function row(values, index, size) {
  return values.subarray(index * size, (index + 1) * size);
}

/** Numbers that were packed as bytes: 0 stands for `low`, 255 for `high`. */
function fromBytes(bytes, low, high) {
  const numbers = new Float64Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) numbers[i] = low + (bytes[i] / 255) * (high - low);
  return numbers;
}

/** The place `[x, y]` of a code on a plane. */
function project({ origin, axes }, code) {
  return axes.map((axis) => {
    let sum = 0;
    for (let i = 0; i < axis.length; i++) sum += axis[i] * (code[i] - origin[i]);
    return sum;
  });
}

/** The code that lies at a place `[x, y]` of a plane. */
function lift({ origin, axes }, [x, y]) {
  return origin.map((start, i) => start + x * axes[0][i] + y * axes[1][i]);
}

/** ½ Σ (output − target)², as latent/measures.py has it. */
function squaredError(outputs, targets) {
  return outputs.reduce((sum, value, i) => sum + (value - targets[i]) ** 2 / 2, 0);
}

/** Two codes and the equally spaced points between them. */
function withPointsBetween(start, end) {
  return Array.from({ length: POINTS_BETWEEN + 2 }, (_, step) => {
    const share = step / (POINTS_BETWEEN + 1);
    return Array.from(start, (value, i) => value + share * (end[i] - value));
  });
}
