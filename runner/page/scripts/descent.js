"use strict";
/* Descent in whole batches: Adam as autoencoder/update_rules.py, and epochs as autoencoder/descent.py has them. */

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

/** Constant, or falling to zero on half a cosine. */
function learningRateAt(epoch, { epochs, learningRate, schedule }) {
  if (schedule === "constant") return learningRate;
  return learningRate * 0.5 * (1 + Math.cos((Math.PI * epoch) / epochs));
}

/**
 * The way of a learner through the epochs of a plan; a row of its history is what an epoch began with: an
 * accumulated error is a mean over the noisy `copies` of the pictures. The `measures` are those of the learner
 * as it is now.
 */
class Descent {
  /** `batchAt(epoch)` returns what a learner loads for an epoch, or null where that stays as it is. */
  constructor(learner, plan, batchAt) {
    this.learner = learner;
    this.plan = plan;
    this.batchAt = batchAt;
    this.rule = new Adam(learner.parameters.length, plan.epsilon, plan.isKeras);
    this.errors = [];
    this.best = { loss: Infinity, epoch: -1, parameters: learner.parameters.slice() };
    this.isOver = false;
    this.isLost = false; // It diverged.
    this.#measure();
  }

  get epoch() {
    return this.errors.length - 1;
  }

  /** Take one step and measure where it led; at the end the best parameters are taken again. */
  step() {
    if (this.isOver) return;
    const { learner, plan } = this;
    this.rule.step(learner.parameters, learner.gradient, learningRateAt(this.epoch, plan));
    this.#measure();
    const waited = this.epoch - this.best.epoch;
    this.isLost = waited > 0 && !Number.isFinite(this.measures.loss);
    this.isOver =
      this.isLost || this.epoch >= plan.epochs || (plan.patience !== null && waited >= plan.patience);
    if (!this.isOver) return;
    learner.parameters.set(this.best.parameters);
    this.measures = learner.evaluate();
  }

  #measure() {
    const { learner } = this;
    const batch = this.batchAt(this.errors.length);
    if (batch) learner.load(...batch);
    this.measures = learner.evaluate();
    const { loss, error } = this.measures;
    this.errors.push(error / this.plan.copies);
    if (!(loss < this.best.loss || (this.plan.keepsLast && Number.isFinite(loss)))) return;
    Object.assign(this.best, { loss, epoch: this.epoch });
    this.best.parameters.set(learner.parameters);
  }
}
