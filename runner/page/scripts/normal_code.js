"use strict";
/*
 * The latent layer of a variational autoencoder (Kingma & Welling 2014), as vae/networks.py has it: of each
 * example the means and then the logarithms of the variances, and a code that is drawn from that normal.
 */

const LARGEST_LOG_VARIANCE = 4; // as vae/plan.py has it

class NormalCode {
  /** It needs, too: the `noise`, a standard normal number for each of a code, and the `weight` of the KL term. */
  constructor(name, beta, latent) {
    Object.assign(this, { apply: ACTIVATIONS[name], slope: SLOPES[name], beta, latent });
  }

  /** Mean and log-variance of number `i` of the code whose sums begin at `first`. */
  #normal(sums, first, i) {
    const { apply, beta, latent } = this;
    return [apply(sums[first + i], beta), Math.min(sums[first + latent + i], LARGEST_LOG_VARIANCE)];
  }

  forward(sums, codes) {
    const { latent, noise } = this;
    if (this.means?.length !== codes.length) this.means = new Float64Array(codes.length);
    let kl = 0;
    for (let at = 0, first = 0; at < codes.length; first += 2 * latent) {
      for (let i = 0; i < latent; i++, at++) {
        const [mean, logVariance] = this.#normal(sums, first, i);
        this.means[at] = mean;
        codes[at] = mean + Math.exp(logVariance / 2) * noise[at];
        kl += (mean * mean + Math.exp(logVariance) - 1 - logVariance) / 2;
      }
    }
    this.kl = (kl * latent) / codes.length;
  }

  /** To the slopes of what is drawn come those of the KL term. */
  backward(slopes, sums, codes, deltas) {
    const { latent, noise, slope, beta } = this;
    const weight = (this.weight * latent) / codes.length;
    for (let at = 0, first = 0; at < codes.length; first += 2 * latent) {
      for (let i = 0; i < latent; i++, at++) {
        const [mean, logVariance] = this.#normal(sums, first, i);
        const variance = Math.exp(logVariance);
        const byLogVariance = slopes[at] * Math.sqrt(variance) * noise[at] + weight * (variance - 1);
        const isLargest = sums[first + latent + i] > LARGEST_LOG_VARIANCE;
        deltas[first + i] = (slopes[at] + weight * mean) * slope(sums[first + i], mean, beta);
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
