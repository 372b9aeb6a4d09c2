"use strict";
/* The laboratory on the page: its controls, and what it shows. */

const BUDGET = 16; // milliseconds of each frame of the screen for steps

class TrainingView {
  /** `curve` is that of the run, which lies behind; `own` is the reader's picture, null where there is none. */
  constructor(laboratory, curve, own) {
    this.laboratory = laboratory;
    this.own = own;
    this.isRunning = false;
    this.map = new MovingMap(byId("training-map"), byId("training-drawn"), laboratory);
    this.curve = new GrowingCurve(byId("training-curve"), curve);
    this.#listen();
    this.#fillIn();
    this.begin();
  }

  #listen() {
    const on = (id, type, listener) => byId(id).addEventListener(type, listener);
    on("training-start", "click", () => (this.isRunning ? this.pause() : this.start()));
    on("training-step", "click", () => {
      this.pause();
      this.#say("Paused");
      this.#advance(1);
    });
    on("training-reset", "click", () => this.begin());
    on("training-forget", "click", () => {
      this.laboratory.forget();
      this.begin();
    });
    on("training-config", "click", () => this.#download());
    for (const id of ["rate", "epochs", "latent", "activation", "seed"]) {
      on(`training-${id}`, "change", () => this.begin(this.#settings()));
    }
  }

  #fillIn() {
    const { facts, usual, run } = this.laboratory;
    for (const id of ["training-missed", "training-learned-part"]) byId(id).hidden = !run.isBinary;
    byId("training-measure").textContent = this.laboratory.isVariational ? "−ELBO" : "error";
    const [encoder, , decoder] = facts.activations;
    const asInRun = encoder === decoder ? encoder : `${encoder}, ${decoder}`;
    const names = Object.keys(ACTIVATIONS).filter((name) => name !== asInRun);
    byId("training-activation").append(new Option(asInRun, ""), ...names.map((name) => new Option(name, name)));
    byId("training-activation").disabled = facts.hidden.length === 0;
    byId("training-rate").value = usual.learningRate;
    byId("training-epochs").value = usual.epochs;
    byId("training-latent").value = usual.latent;
    byId("training-latent").max = this.laboratory.set.picture(0).length;
    byId("training-seed").value = usual.seed;
  }

  /** What is entered; what is no number that can be used becomes that of the run again. */
  #settings() {
    const { usual } = this.laboratory;
    const number = (id, name) => {
      const input = byId(id);
      if (!input.validity.valid || input.value === "") input.value = usual[name];
      return Number(input.value);
    };
    return {
      learningRate: number("training-rate", "learningRate"),
      epochs: number("training-epochs", "epochs"),
      latent: number("training-latent", "latent"),
      seed: number("training-seed", "seed"),
      activation: byId("training-activation").value || null,
    };
  }

  /** Begin anew, with some settings changed. */
  begin(changes) {
    this.pause();
    this.laboratory.begin(changes);
    this.#say(`Ready to learn ${this.laboratory.set.count} pictures`);
    byId("training-same").textContent = comparisonText(this.laboratory);
    byId("training-forget").hidden = this.laboratory.set.own.length === 0;
    this.map.begin(this.#state());
    this.#tell();
  }

  /** Take a picture of the reader's own into the set, and begin anew. */
  add(picture) {
    this.laboratory.add(picture);
    this.begin();
  }

  start() {
    if (this.laboratory.descent.isOver) this.begin();
    this.isRunning = true;
    this.#say("Training");
    byId("training-start").textContent = "Pause";
    this.#goOn();
  }

  pause() {
    if (!this.isRunning) return;
    this.isRunning = false;
    cancelAnimationFrame(this.next);
    byId("training-start").textContent = "Start";
    this.#say("Paused");
  }

  /** With the next frame of the screen. */
  #goOn() {
    this.next = requestAnimationFrame(() => {
      this.#advance(Number(byId("training-pace").value));
      if (this.isRunning) this.#goOn();
    });
  }

  /** As many steps as there is time for, and at most so many. */
  #advance(most) {
    const { descent } = this.laboratory;
    const end = performance.now() + BUDGET;
    for (let step = 0; step < most && !descent.isOver; step++) {
      descent.step();
      if (performance.now() > end) break;
    }
    if (descent.isOver) {
      this.pause();
      this.#say(endingOf(descent));
    }
    this.follow();
    this.#tell();
  }

  /** Show what the network makes of the pictures now. */
  follow() {
    this.map.show(this.#state());
  }

  #state() {
    const { laboratory, own } = this;
    const { encode, decode } = laboratory.networks();
    const codes = laboratory.codes();
    const wrong = laboratory.run.isBinary ? laboratory.wrong(codes) : null;
    return { codes, wrong, decode, own: own?.isUsed ? encode(own.picture) : null };
  }

  /** How far it is, in numbers and as a curve. */
  #tell() {
    const { descent, set, error } = this.laboratory;
    const { wrong } = this.map.state;
    const learned = wrong?.filter((pixels) => pixels === 0).length;
    byId("training-epoch").textContent = descent.epoch.toLocaleString("en");
    byId("training-error").textContent = roundedText(error, 4);
    byId("training-parts").textContent = this.laboratory.isVariational ? partsText(descent.told) : "";
    if (wrong) byId("training-learned").textContent = `${learned} of ${set.count}`;
    this.curve.show(descent.wholeErrors, descent.plan.epochs);
  }

  #say(text) {
    byId("training-state").textContent = text;
  }

  #download() {
    const text = `${JSON.stringify(this.laboratory.config(), null, 2)}\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "config.json";
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

/** Put the laboratory on the page, or say why there is none; `explorer` has the curve and the own picture. */
async function showTraining(run, { curve, own }) {
  const facts = run.laboratory;
  byId("training-part").hidden = Boolean(facts.reason);
  byId("training-reason").hidden = !facts.reason;
  if (facts.reason) return void (byId("training-reason").textContent = facts.reason);
  const view = new TrainingView(await Laboratory.of(facts, run), curve, own);
  own?.followers.push(() => view.follow());
  byId("own-learn").hidden = false;
  byId("own-learn").addEventListener("click", () => view.add(own.picture));
  return view;
}
