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

  /** Begin with the targets, each as often as a network of so many weights and latent numbers has time for. */
  begin({ weights, latent }, random) {
    const { noise, mostWork } = this.facts;
    const { pictures, count } = this;
    const fitting = Math.max(1, Math.floor(mostWork / (count * weights)));
    this.copies = noise ? Math.min(noise.copies, fitting) : 1;
    this.targets = new Float64Array(this.copies * count * pictures[0].length);
    for (let copy = 0, at = 0; copy < this.copies; copy++) {
      for (const picture of pictures) {
        this.targets.set(picture, at);
        at += picture.length;
      }
    }
    this.inputs = this.facts.classes ? this.#withClasses(pictures) : this.targets;
    this.random = random;
    this.codeNoise = new Float64Array(count * latent);
  }

  /** What a learner loads for an epoch; null where that stays as it is. */
  batchAt(epoch) {
    const { noise, normals } = this.facts;
    const { inputs, targets, random } = this;
    if (epoch > 0 && !this.isFresh) return null;
    if (noise) return [corrupted(targets, noise, random), targets];
    return [inputs, targets, normals && this.#drawAt(epoch)];
  }

  /** Each picture with the numbers of its class behind, of which one is 1. */
  #withClasses(pictures) {
    const pixels = pictures[0].length;
    const inputs = new Float64Array(pictures.length * (pixels + this.facts.classes));
    pictures.forEach((picture, index) => {
      const start = index * (pixels + this.facts.classes);
      inputs.set(picture, start);
      inputs[start + pixels + this.label(index)] = 1;
    });
    return inputs;
  }

  /** What normals take: the weight of the KL term grows on a line, as vae/plan.py has it. */
  #drawAt(epoch) {
    const { weight, warmup } = this.facts.normals;
    for (let i = 0; i < this.codeNoise.length; i++) this.codeNoise[i] = this.random.normal();
    const labels = Array.from({ length: this.count }, (_, index) => this.label(index));
    return { noise: this.codeNoise, labels, weight: weight * Math.min(1, (epoch + 1) / (warmup + 1)) };
  }
}
