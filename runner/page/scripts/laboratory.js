"use strict";
/* The network of the run, trained anew: on the same pictures, from the same weights where the page has them. */

class Laboratory {
  /** `facts` are those of laboratory.py, `run` is the run of the page. */
  static async of(facts, run) {
    const sizes = Object.entries(facts.initial);
    const weights = await Promise.all(sizes.map(async ([size, packed]) => [size, await unpack(packed)]));
    return new Laboratory({ ...facts, initial: Object.fromEntries(weights) }, run);
  }

  constructor(facts, run) {
    this.facts = facts;
    this.run = run;
    this.own = []; // pictures that were drawn in the page
    this.usual = {
      epochs: facts.plan.epochs,
      latent: run.latent,
      learningRate: facts.plan.learningRate,
      activation: null, // of the hidden layers; null for those of the run
      seed: facts.config.seed,
    };
    this.begin(this.usual);
  }

  /** Begin anew, with some settings changed. */
  begin(changes = {}) {
    const { facts } = this;
    this.settings = { ...this.settings, ...changes };
    const { epochs, latent, learningRate } = this.settings;
    const pixels = this.picture(0).length;
    const sizes = [pixels, ...facts.hidden, latent, ...[...facts.hidden].reverse(), pixels];
    const parameters = this.#initialParameters(sizes);
    const learner = new Learner({ ...facts, sizes, activations: this.#activations() }, parameters);
    this.#takePictures(parameters.length);
    const plan = { ...facts.plan, epochs, learningRate, copies: this.copies, keepsLast: this.isFresh };
    this.descent = new Descent(learner, plan, (epoch) => this.#batchAt(epoch));
  }

  /** Take a picture of the reader's own into the set, when it next begins. */
  add(picture) {
    this.own.push(picture.slice());
  }

  /** Forget the reader's pictures, when it next begins. */
  forget() {
    this.own = [];
  }

  get count() {
    return this.run.names.length + this.own.length;
  }

  get isFresh() {
    return Boolean(this.facts.noise?.isFresh);
  }

  /** Whether these are the very steps that Python takes with `config()`. */
  get isExact() {
    return this.#hasStoredWeights() && this.own.length === 0 && !this.facts.noise;
  }

  picture(index) {
    const { names } = this.run;
    return index < names.length ? this.run.picture(index) : this.own[index - names.length];
  }

  /** The accumulated error after the last step. */
  get error() {
    return this.descent.errors.at(-1);
  }

  /** Encoder and decoder as functions. */
  networks() {
    const [encoder, decoder] = this.descent.learner.networks();
    return {
      encode: (picture) => forward(encoder, picture),
      decode: (code) => forward(decoder, code),
    };
  }

  /** The code of every picture, without noise. */
  codes() {
    const { learner } = this.descent;
    const pictures = Array.from({ length: this.count }, (_, index) => index);
    if (!this.facts.noise) return pictures.map((index) => row(learner.codes, index, this.settings.latent));
    const { encode } = this.networks();
    return pictures.map((index) => encode(this.picture(index)));
  }

  /** In how many pixels what it makes of each picture, or of its first noisy copy, is wrong. */
  wrong() {
    const { outputs, targets } = this.descent.learner;
    const size = targets.length / (this.count * this.copies);
    const wrongPixels = (index) => differingPixels(...[outputs, targets].map((all) => row(all, index, size)));
    return Array.from({ length: this.count }, (_, index) => wrongPixels(index));
  }

  /** The config that gives the same run in Python, or the one nearest to it. */
  config() {
    const { config, noise } = this.facts;
    const { epochs, latent, learningRate, activation, seed } = this.settings;
    const hidden = activation && { encoder_activation: activation, decoder_activation: activation };
    return {
      ...config,
      ...hidden,
      epochs,
      latent_layer_neurons: latent,
      learning_rate: learningRate,
      seed,
      ...(noise && { noisy_copies: this.copies }),
      generate: latent === config.latent_layer_neurons ? config.generate : [],
      note: [config.note, ...this.remarks()].filter(Boolean).join(" "),
    };
  }

  /** What Python would do otherwise than the page does now. */
  remarks() {
    const remarks = [];
    if (!this.#hasStoredWeights()) remarks.push("The page drew other initial weights than Python draws.");
    if (this.facts.noise) {
      const copies = this.copies === 1 ? "1 noisy copy" : `${this.copies} noisy copies`;
      remarks.push(`The page drew other noise than Python draws, on ${copies} of each picture.`);
    }
    if (this.own.length) remarks.push("The page learned pictures, too, that were drawn in it.");
    return remarks;
  }

  #hasStoredWeights() {
    const { latent, seed } = this.settings;
    return seed === this.facts.config.seed && latent in this.facts.initial;
  }

  #initialParameters(sizes) {
    const { initial, bias, initialization } = this.facts;
    const { latent, seed } = this.settings;
    if (this.#hasStoredWeights()) return Float64Array.from(initial[latent]);
    return initialParameters(sizes, bias, initialization, new Random(seed));
  }

  #activations() {
    const { hidden, activations } = this.facts;
    const { activation } = this.settings;
    const [encoder, latent, decoder] = activations;
    const all = (name) => hidden.map(() => activation ?? name);
    return [...all(encoder), latent, ...all(decoder), "logistic"];
  }

  /** Lay out the targets: each picture, as often as it is copied with noise. */
  #takePictures(weights) {
    const { noise, mostWork } = this.facts;
    const fitting = Math.max(1, Math.floor(mostWork / (this.count * weights)));
    this.copies = noise ? Math.min(noise.copies, fitting) : 1;
    const pictures = Array.from({ length: this.count }, (_, index) => this.picture(index));
    this.targets = new Float64Array(this.copies * this.count * pictures[0].length);
    for (let copy = 0, at = 0; copy < this.copies; copy++) {
      for (const picture of pictures) {
        this.targets.set(picture, at);
        at += picture.length;
      }
    }
    this.noise = new Random(this.settings.seed);
  }

  #batchAt(epoch) {
    const { noise } = this.facts;
    if (epoch > 0 && !this.isFresh) return null;
    return [noise ? corrupted(this.targets, noise, this.noise) : this.targets, this.targets];
  }
}
