"use strict";
/* What networks begin with, as autoencoder/network.py has it; biases are behind the weights of their unit. */

const FAINTEST = 0.01;

/** How a weight of a layer is drawn. */
const INITIALIZATIONS = {
  normal: () => (random) => random.normal(),
  uniform: () => (random) => 2 * random.uniform() - 1,
  glorot: (inputs, outputs) => (random) => Math.sqrt(6 / (inputs + outputs)) * (2 * random.uniform() - 1),
  he: (inputs) => (random) => Math.sqrt(2 / inputs) * random.normal(),
};

/**
 * The `[inputs, outputs, classes]` of layers of such sizes, of which the first of encoder and decoder are given
 * classes; that of the log-variances comes behind that of the means.
 */
function layerShapes(sizes, isVariational, classes = 0) {
  const middle = (sizes.length - 1) / 2;
  const shapes = sizes.slice(1).map((outputs, index) => [sizes[index], outputs, index % middle ? 0 : classes]);
  return isVariational ? [...shapes.slice(0, middle), ...shapes.slice(middle - 1)] : shapes;
}

/** Initial weights of layers of such shapes; biases start at 0. */
function initialParameters(shapes, bias, initialization, random) {
  const count = shapes.reduce((sum, [inputs, outputs, classes]) => sum + outputs * (inputs + classes + bias), 0);
  const parameters = new Float64Array(count);
  let next = 0;
  for (const [inputs, outputs, classes] of shapes) {
    const [draw, drawOfClass] = [inputs, classes].map((count) => INITIALIZATIONS[initialization](count, outputs));
    for (let output = 0; output < outputs; output++, next += bias) {
      for (let input = 0; input < inputs; input++) parameters[next++] = draw(random);
      for (let label = 0; label < classes; label++) parameters[next++] = drawOfClass(random);
    }
  }
  return parameters;
}

/** Set biases so that the first layer sees what differs from a picture `mean`, and the last draws it. */
function restOn(parameters, shapes, mean, beta) {
  const [inputs, outputs] = shapes[0];
  for (let unit = 0, first = 0; unit < outputs; unit++, first += inputs + 1) {
    let sum = 0;
    for (let input = 0; input < inputs; input++) sum += parameters[first + input] * mean[input];
    parameters[first + inputs] = -sum;
  }
  const columns = shapes.at(-1)[0] + 1;
  const start = parameters.length - columns * mean.length;
  mean.forEach((level, pixel) => {
    const inside = clamp(level, FAINTEST, 1 - FAINTEST);
    parameters[start + (pixel + 1) * columns - 1] = Math.log(inside / (1 - inside)) / (2 * beta);
  });
}
