"use strict";
/* The pictures that a network of the page learns, and the noise with which it does. */

class TrainingSet {
  /** `facts` are those of laboratory.py, `run` is the run of the page. */
  constructor(facts, run) {
    this.facts = facts;
    this.run = run;
    this.own = []; // `{picture, label}` of those that were drawn in the page
  }

  get count() {
    return this.run.names.length + this.own.length;
  }

  picture(index) {
    const { names } = this.run;
    return index < names.length ? this.run.picture(index) : this.own[index - names.length].picture;
  }

  /** The class of a picture. */
  label(index) {
    const { classes } = this.run;
    return index < classes.length ? classes[index] : this.own[index - classes.length].label;
  }

  /** All of them, those of the reader last. */
  get pictures() {
    return Array.from({ length: this.count }, (_, index) => this.picture(index));
  }

  /** The mean picture. */
  get mean() {
    const { pictures, count } = this;
    return pictures[0].map((_, pixel) => pictures.reduce((sum, picture) => sum + picture[pixel], 0) / count);
  }

  /** Whether every epoch draws other noise. */
  get isFresh() {
    return Boolean(this.facts.noise?.isFresh || this.facts.normals);
  }

  /** The steps of an epoch. */
  get steps() {
    return Math.ceil(this.count / this.batch);
  }

  /** Begin with the targets, each as often as a network of so many weights and latent numbers has time for. */
  begin({ weights, latent }, random) {
    const { noise, mostWork, batch } = this.facts;
    const { pictures, count } = this;
    const fitting = Math.max(1, Math.floor(mostWork / (count * weights)));
    this.copies = noise ? Math.min(noise.copies, fitting) : 1;
    this.batch = Math.min(batch ?? count, count);
    this.latent = latent;
    this.random = random;
    this.order = Array.from(pictures.keys());
    this.targets = joined(Array.from({ length: this.copies }, () => pictures).flat());
  }

  /** What a learner loads for a step; null where that stays as it is. */
  batchAt(step) {
    const { noise, normals } = this.facts;
    const { targets, random } = this;
    if (step > 0 && !this.isFresh) return null;
    if (normals) return this.#drawAt(step);
    return [noise ? corrupted(targets, noise, random) : targets, targets];
  }

  /**
   * For normals a batch of pictures, with what their codes take: in every epoch the pictures are shuffled, and the
   * weight of the KL term grows on a line, as vae/plan.py has it.
   */
  #drawAt(step) {
    const { weight, warmup } = this.facts.normals;
    const { steps, batch, order, latent, random } = this;
    const [epoch, place] = [Math.floor(step / steps), step % steps];
    if (place === 0 && steps > 1) shuffle(order, random);
    const rows = order.slice(place * batch, (place + 1) * batch);
    const targets = steps > 1 ? joined(rows.map((index) => this.picture(index))) : this.targets;
    const noise = Float64Array.from({ length: rows.length * latent }, () => random.normal());
    const labels = rows.map((index) => this.label(index));
    const draw = { noise, labels, weight: weight * Math.min(1, (epoch + 1) / (warmup + 1)) };
    return [this.facts.classes ? this.#withClasses(rows) : targets, targets, draw];
  }

  /** Pictures with the numbers of their classes behind, of which one is 1. */
  #withClasses(rows) {
    const { classes } = this.facts;
    const given = (index) => Array.from({ length: classes }, (_, label) => Number(label === this.label(index)));
    return joined(rows.map((index) => [...this.picture(index), ...given(index)]));
  }
}

/** Rows of as many numbers, one after the other. */
function joined(rows) {
  const all = new Float64Array(rows.length * rows[0].length);
  rows.forEach((row, index) => all.set(row, index * row.length));
  return all;
}

/** Bring an array into another order, of which each is as likely (Fisher & Yates). */
function shuffle(order, random) {
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor((last + 1) * random.uniform());
    [order[last], order[other]] = [order[other], order[last]];
  }
}
