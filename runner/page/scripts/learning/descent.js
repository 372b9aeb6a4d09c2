"use strict";
/* Descent in steps: Adam as autoencoder/update_rules.py has it, or Keras, and epochs as autoencoder/descent.py. */

const [FIRST_DECAY, SECOND_DECAY] = [0.9, 0.999];
/** Adam (Kingma & Ba 2015); the moments are kept without their factors, which join the bias corrections. */
class Adam {
  /** `epsilon` is added to the root of the second moment: behind its bias correction, or as Keras does before. */
  constructor(size, epsilon, isKeras) {
    this.steps = 0;
    this.epsilonAt = isKeras ? () => epsilon / Math.sqrt(1 - SECOND_DECAY) : (scale) => epsilon / scale;
    this.first = new Float64Array(size);
    this.second = new Float64Array(size);
  }

  /** Move parameters in place. */
  step(parameters, gradient, learningRate) {
    const { first, second } = this;
    this.steps++;
    const firstScale = (1 - FIRST_DECAY) / (1 - FIRST_DECAY ** this.steps);
    const secondScale = Math.sqrt((1 - SECOND_DECAY) / (1 - SECOND_DECAY ** this.steps));
    const [rate, epsilon] = [(learningRate * firstScale) / secondScale, this.epsilonAt(secondScale)];
    for (let i = 0; i < parameters.length; i++) {
      const slope = gradient[i];
      first[i] = FIRST_DECAY * first[i] + slope;
      second[i] = SECOND_DECAY * second[i] + slope * slope;
      parameters[i] -= (rate * first[i]) / (Math.sqrt(second[i]) + epsilon);
    }
  }
}

/** Means of measures over the examples of several batches. */
class Means {
  constructor() {
    this.examples = 0;
    this.values = {};
  }

  add(measures, examples) {
    this.examples += examples;
    const share = examples / this.examples;
    for (const [name, value] of Object.entries(measures)) {
      const before = this.values[name] ?? 0;
      this.values[name] = before + share * (value - before);
    }
  }
}

/** Constant, or falling to zero on half a cosine; `epoch` may be between two. */
function learningRateAt(epoch, { epochs, learningRate, schedule }) {
  if (schedule === "constant") return learningRate;
  return learningRate * 0.5 * (1 + Math.cos((Math.PI * epoch) / epochs));
}

/**
 * The way of a learner through the epochs of a plan, of so many `steps` each. The `errors` by epoch are means of what
 * its steps began with, so far; an accumulated error is a mean over the noisy `copies` of the pictures. The
 * `measures` are those of the batch that was loaded last.
 */
class Descent {
  /** `batchAt(step)` returns what a learner loads for a step, or null where that stays as it is. */
  constructor(learner, plan, batchAt) {
    this.learner = learner;
    this.plan = plan;
    this.batchAt = batchAt;
    this.rule = new Adam(learner.parameters.length, plan.epsilon, plan.isKeras);
    this.steps = 0;
    this.errors = [];
    this.best = { loss: Infinity, epoch: -1, parameters: learner.parameters.slice() };
    this.isOver = false;
    this.isLost = false; // It diverged.
    this.#measure();
  }

  get epoch() {
    return Math.floor(this.steps / this.plan.steps);
  }

  /** The errors of whole epochs, or what is known of the first. */
  get wholeErrors() {
    const { errors, plan } = this;
    return plan.steps === 1 || errors.length === 1 ? errors : errors.slice(0, -1);
  }

  /** What is told of the learner as it is now: its measures, or in batches those of the last whole epoch. */
  get told() {
    if (this.plan.steps === 1) return this.measures;
    return (this.whole ?? this.met).values;
  }

  /** Take one step and measure where it led; at the end the best parameters are taken again. */
  step() {
    if (this.isOver) return;
    const { learner, plan } = this;
    this.rule.step(learner.parameters, learner.gradient, learningRateAt(this.steps / plan.steps, plan));
    this.steps++;
    this.#measure();
    const waited = this.epoch - this.best.epoch;
    this.isLost = !Number.isFinite(this.measures.loss);
    this.isOver =
      this.isLost || this.epoch >= plan.epochs || (plan.patience !== null && waited >= plan.patience);
    if (!this.isOver) return;
    learner.parameters.set(this.best.parameters);
    this.measures = learner.evaluate();
  }

  #measure() {
    const { learner, plan, steps } = this;
    const batch = this.batchAt(steps);
    if (batch) learner.load(...batch);
    this.measures = learner.evaluate();
    const { loss } = this.measures;
    if (steps % plan.steps === 0) [this.whole, this.met] = [this.met, new Means()];
    this.met.add(this.measures, learner.examples);
    this.errors[this.epoch] = this.met.values.error / plan.copies;
    if (!(loss < this.best.loss || (plan.keepsLast && Number.isFinite(loss)))) return;
    Object.assign(this.best, { loss, epoch: this.epoch });
    this.best.parameters.set(learner.parameters);
  }
}
