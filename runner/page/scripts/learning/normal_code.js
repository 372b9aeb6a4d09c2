"use strict";
/*
 * The latent layer of a variational autoencoder (Kingma & Welling 2014), as vae/networks.py has it: of each
 * example the means and then the logarithms of the variances, and a code that is drawn from that normal.
 */

const LARGEST_LOG_VARIANCE = 4; // as vae/plan.py has it

class NormalCode {
  /**
   * Behind a code there are so many `classes` of 0 and one 1, if there are any. It needs, too: the `noise`, a standard
   * normal number for each of a code, the `weight` of the KL term, and the `labels` of the examples.
   */
  constructor(name, beta, latent, classes) {
    Object.assign(this, { apply: ACTIVATIONS[name], slope: SLOPES[name], beta, latent, classes });
  }

  /** The numbers that an example has among what the decoder takes. */
  get width() {
    return this.latent + this.classes;
  }

  /** Mean and log-variance of number `i` of the code whose sums begin at `first`. */
  #normal(sums, first, i) {
    const { apply, beta, latent } = this;
    return [apply(sums[first + i], beta), Math.min(sums[first + latent + i], LARGEST_LOG_VARIANCE)];
  }

  forward(sums, codes) {
    const { latent, width, classes, labels, noise } = this;
    const examples = codes.length / width;
    if (this.means?.length !== examples * latent) this.means = new Float64Array(examples * latent);
    let kl = 0;
    for (let example = 0, at = 0; example < examples; example++) {
      const place = example * width;
      for (let i = 0; i < latent; i++, at++) {
        const [mean, logVariance] = this.#normal(sums, 2 * latent * example, i);
        this.means[at] = mean;
        codes[place + i] = mean + Math.exp(logVariance / 2) * noise[at];
        kl += (mean * mean + Math.exp(logVariance) - 1 - logVariance) / 2;
      }
      for (let label = 0; label < classes; label++) codes[place + latent + label] = Number(labels[example] === label);
    }
    this.kl = kl / examples;
  }

  /** To the slopes of what is drawn come those of the KL term. */
  backward(slopes, sums, codes, deltas) {
    const { latent, width, noise, slope, beta } = this;
    const examples = codes.length / width;
    const weight = this.weight / examples;
    for (let example = 0, at = 0; example < examples; example++) {
      const first = 2 * latent * example;
      for (let i = 0; i < latent; i++, at++) {
        const [mean, logVariance] = this.#normal(sums, first, i);
        const [variance, byCode] = [Math.exp(logVariance), slopes[example * width + i]];
        const byLogVariance = byCode * Math.sqrt(variance) * noise[at] + weight * (variance - 1);
        const isLargest = sums[first + latent + i] > LARGEST_LOG_VARIANCE;
        deltas[first + i] = (byCode + weight * mean) * slope(sums[first + i], mean, beta);
        deltas[first + latent + i] = isLargest ? 0 : byLogVariance / 2;
      }
    }
  }

  /** The loss with the KL term, and as error −ELBO, in which that has the weight 1, with its two parts. */
  judged({ loss: reconstruction }) {
    const { kl, weight } = this;
    return { loss: reconstruction + weight * kl, error: reconstruction + kl, reconstruction, kl, weight };
  }
}
