"use strict";
/* Random numbers that a seed begins anew. They are not NumPy's, so what is drawn here is not what Python draws. */

class Random {
  /** xorshift with 32 bits (Marsaglia 2003); no state of it is 0. */
  constructor(seed) {
    this.state = Math.imul(seed + 1, 0x9e3779b9) || 1;
    for (let i = 0; i < 16; i++) this.uniform(); // Until small seeds are far from each other.
  }

  /** In 0…1, 1 excluded. */
  uniform() {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) / 2 ** 32;
  }

  /** A standard normal number (Box & Muller 1958). */
  normal() {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }
}

/** How autoencoder/noise.py replaces a pixel that is changed. */
const REPLACEMENTS = {
  flip: (value) => 1 - value,
  salt_and_pepper: (value, amount, random) => Math.floor(2 * random.uniform()),
  masking: () => 0,
  uniform: (value, amount, random) => Math.abs(value - amount * random.uniform()),
  gaussian: (value, amount, random) => value + amount * random.normal(),
};

/** A noisy copy of pixels. */
function corrupted(pixels, { kind, probability, amount }, random) {
  const replace = REPLACEMENTS[kind];
  return pixels.map((value) => (random.uniform() < probability ? replace(value, amount, random) : value));
}
