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
    this.set = new TrainingSet(facts, run);
    this.usual = {
      epochs: facts.plan.epochs,
      latent: run.latent,
      learningRate: facts.plan.learningRate,
      activation: null, // of the hidden layers; null for those of the run
      seed: facts.config.seed,
    };
    this.begin(this.usual);
  }

  get isVariational() {
    return this.facts.normals !== null;
  }

  /** Begin anew, with some settings changed. */
  begin(changes = {}) {
    const { facts, set, isVariational } = this;
    this.settings = { ...this.settings, ...changes };
    const { epochs, latent, learningRate, seed } = this.settings;
    const pixels = set.picture(0).length;
    const sizes = [pixels, ...facts.hidden, latent, ...[...facts.hidden].reverse(), pixels];
    const random = new Random(seed);
    const parameters = this.#initialParameters(layerShapes(sizes, isVariational, facts.classes), random);
    const learner = new Learner({ ...facts, sizes, activations: this.#activations(), isVariational }, parameters);
    set.begin({ weights: parameters.length, latent }, random);
    const { copies, steps, isFresh } = set;
    const plan = { ...facts.plan, epochs, learningRate, copies, steps, keepsLast: isFresh };
    this.descent = new Descent(learner, plan, (step) => set.batchAt(step));
  }

  /** Take a picture of the reader's own into the set, when it next begins. */
  add(picture) {
    this.set.own.push({ picture: picture.slice(), label: this.run.label });
  }

  /** Forget the reader's pictures, when it next begins. */
  forget() {
    this.set.own = [];
  }

  /** Whether these are the very steps that Python takes with `config()`. */
  get isExact() {
    return this.remarks().length === 0;
  }

  /** The accumulated error of the network as it is now, or −ELBO. */
  get error() {
    return this.descent.told.error / this.set.copies;
  }

  /** Encoder and decoder as functions; those that are given a class, of the label that is said. */
  networks() {
    const [encoder, decoder] = this.descent.learner.networks();
    return asFunctions({ encoder, decoder }, this.run);
  }

  /** The code of every picture, without noise. */
  codes() {
    const { learner } = this.descent;
    const { set, facts, settings } = this;
    const { encode } = this.networks();
    const isWhole = !facts.noise && set.steps === 1; // what the learner took last
    if (!isWhole) return set.pictures.map((picture, index) => encode(picture, set.label(index)));
    return set.pictures.map((_, index) => row(learner.codes, index, settings.latent));
  }

  /** In how many pixels what it makes of each picture, or of its first noisy copy, is wrong. */
  wrong(codes = this.codes()) {
    const { set, isVariational } = this;
    const { outputs } = this.descent.learner;
    const { decode } = this.networks();
    // Of normals the learner has drawn single codes, not the means.
    const ofMean = (index) => decode(codes[index], set.label(index));
    return set.pictures.map((picture, index) =>
      differingPixels(isVariational ? ofMean(index) : row(outputs, index, picture.length), picture),
    );
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
      ...(noise && { noisy_copies: this.set.copies }),
      generate: latent === config.latent_layer_neurons ? config.generate : [],
      note: [config.note.replace(/[^.!?]$/, "$&."), ...this.remarks()].filter(Boolean).join(" "),
    };
  }

  /** What Python would do otherwise than the page does now. */
  remarks() {
    const { copies, own, steps } = this.set;
    const remarks = [];
    if (!this.#hasStoredWeights()) remarks.push("The page drew other initial weights than Python draws.");
    if (this.facts.noise) {
      const all = copies === 1 ? "1 noisy copy" : `${copies} noisy copies`;
      remarks.push(`The page drew other noise than Python draws, on ${all} of each picture.`);
    }
    const batches = steps > 1 ? ", and other batches," : "";
    if (this.isVariational) remarks.push(`The page drew other noise in the codes${batches} than Python draws.`);
    if (own.length) remarks.push("The page learned pictures, too, that were drawn in it.");
    return remarks;
  }

  #hasStoredWeights() {
    const { latent, seed } = this.settings;
    return seed === this.facts.config.seed && latent in this.facts.initial;
  }

  #initialParameters(shapes, random) {
    const { initial, bias, beta, initialization, rests } = this.facts;
    if (this.#hasStoredWeights()) return Float64Array.from(initial[this.settings.latent]);
    const parameters = initialParameters(shapes, bias, initialization, random);
    if (rests) restOn(parameters, shapes, this.set.mean, beta);
    return parameters;
  }

  #activations() {
    const { hidden, activations } = this.facts;
    const { activation } = this.settings;
    const [encoder, latent, decoder] = activations;
    const all = (name) => hidden.map(() => activation ?? name);
    return [...all(encoder), latent, ...all(decoder), "logistic"];
  }
}
