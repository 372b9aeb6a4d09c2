"use strict";
/* Which pictures of a set are most like another one, as latent/likeness.py has it. */

class Likeness {
  /** `pixels` are all pictures, one after the other, in 0…1 or in bytes, each of `size` pixels. */
  constructor(pixels, size, isBinary) {
    this.pixels = pixels;
    this.size = size;
    this.isBinary = isBinary;
    this.count = pixels.length / size;
    const most = pixels instanceof Uint8Array ? 255 : 1;
    this.most = most;
    if (!isBinary) return;
    this.words = Array.from({ length: this.count }, (_, i) => inBits(row(pixels, i, size), most / 2));
  }

  /** `{index, distance}` of the one most like `picture`, the first of several. */
  nearest(picture) {
    const distance = this.#distanceFrom(picture);
    const best = { index: -1, distance: Infinity };
    for (let index = 0; index < this.count; index++) {
      const found = distance(index);
      if (found < best.distance) Object.assign(best, { index, distance: found });
    }
    return best;
  }

  /** The same of the `count` most like it, the most like one first. */
  nearestOf(picture, count) {
    const distanceOf = this.#distanceFrom(picture);
    const best = [];
    for (let index = 0; index < this.count; index++) {
      const distance = distanceOf(index);
      if (best.length === count && distance >= best.at(-1).distance) continue;
      const place = best.findIndex((other) => distance < other.distance);
      best.splice(place < 0 ? best.length : place, 0, { index, distance });
      if (best.length > count) best.pop();
    }
    return best;
  }

  /** In how many pixels, on or off at one half, two pictures differ; of grey ones ½ Σ of the squares. */
  #distanceFrom(picture) {
    if (!this.isBinary) return (index) => this.#squaredError(picture, index);
    const words = inBits(picture, 0.5);
    return (index) => differingBits(words, this.words[index]);
  }

  #squaredError(picture, index) {
    let sum = 0;
    for (let i = 0, at = index * this.size; i < this.size; i++, at++) {
      sum += (picture[i] - this.pixels[at] / this.most) ** 2;
    }
    return sum / 2;
  }
}

/** In how many pixels, on or off at one half, two pictures in 0…1 differ. */
function differingPixels(one, other) {
  return differingBits(inBits(one, 0.5), inBits(other, 0.5));
}

/** Which of the values are above a limit, 32 to a word. */
function inBits(values, limit) {
  const words = new Int32Array(Math.ceil(values.length / 32));
  for (let i = 0; i < values.length; i++) if (values[i] > limit) words[i >> 5] |= 1 << (i & 31);
  return words;
}

function differingBits(one, other) {
  let count = 0;
  for (let i = 0; i < one.length; i++) count += bitsOf(one[i] ^ other[i]);
  return count;
}

/** How many bits of a word are set: sums of two, four and eight bits side by side. */
function bitsOf(word) {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
