"use strict";
/* What the page shows, in its address after the #: a link brings it back. */

const DIGITS = 9; // of a number
const QUIET = 300; // milliseconds after the reader's last act
const ACTS = ["pointerup", "keyup", "input", "change", "click", "wheel"];

class Address {
  constructor(explorer) {
    this.explorer = explorer;
    this.parts = parts(explorer);
    this.read();
    for (const act of ACTS) document.addEventListener(act, () => this.#later(), { passive: true });
    addEventListener("hashchange", () => this.read());
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), QUIET);
  }

  write() {
    const texts = Object.entries(this.parts).map(([name, { write }]) => [name, write()]);
    const told = texts.filter(([, text]) => text !== "").map(([name, text]) => `${name}=${encodeURIComponent(text)}`);
    history.replaceState(null, "", `#${told.join("&").replaceAll("%2C", ",").replaceAll("%3B", ";")}`);
  }

  /** Show what the address says; what it says of another run is told. */
  read() {
    const given = new URLSearchParams(location.hash.slice(1));
    const wrong = [];
    for (const [name, { read }] of Object.entries(this.parts)) {
      if (!given.has(name)) continue;
      try {
        read(given.get(name));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        wrong.push(name);
      }
    }
    byId("address").hidden = wrong.length === 0;
    byId("address").textContent = `The address of this page says of ${wrong.join(", ")} what this run does not have.`;
  }
}

/** Each part as a text and back, in the order in which they have to be read. */
function parts(explorer) {
  const { map, views, coloring, legend, finder, run } = explorer;
  const usualColor = coloring.kind;
  const code = (text) => numbersOf(text, run.latent);
  const index = (text) => wholeOf(text, run.codes.length);
  return {
    moment: {
      write: () => (explorer.time && explorer.time.moment < explorer.time.last ? `${explorer.time.moment}` : ""),
      read: (text) => {
        const moment = wholeOf(text, explorer.time ? explorer.time.last + 1 : 0);
        explorer.time.go(moment);
      },
    },
    axes: {
      write: () => (views.numbers ?? []).map((number) => number + 1).join(","),
      read: (text) => views.along(numbersOf(text, 2).map((number) => wholeOf(number - 1, run.latent))),
    },
    grid: { write: () => (views.isGrid ? "1" : ""), read: () => views.show(true) },
    color: {
      write: () => (coloring.kind === usualColor ? "" : coloring.kind),
      read: (kind) => explorer.colorBy(kind),
    },
    hide: {
      write: () => [...legend.hidden].join(","),
      read: (text) => explorer.hide(text.split(",").map((label) => wholeOf(label, run.classNames.length))),
    },
    find: { write: () => byId("find").value, read: (text) => finder.look((byId("find").value = text)) },
    view: { write: () => (map.isWhole ? "" : textOf(map.ranges)), read: (text) => map.view(numbersOf(text, 4)) },
    code: { write: () => textOf(map.settled), read: (text) => explorer.point(code(text)) },
    pins: {
      write: () => map.pins.map(pinText).join(";"),
      read: (text) => {
        const pins = text.split(";");
        explorer.pinAll(pins.map((pin) => (pin[0] === "n" ? index(pin.slice(1)) : code(pin))));
      },
    },
    misplaced: {
      write: () => (explorer.misplaced?.isOn ? `${explorer.misplaced.chosen + 1}` : ""),
      read: (text) => {
        const chosen = wholeOf(text - 1, explorer.misplaced?.pictures.length ?? 0);
        explorer.misplaced.show(true, chosen);
      },
    },
    region: {
      write: () => (map.region ? textOf(map.region) : ""),
      read: (text) => {
        map.region = numbersOf(text, 4);
        map.endSelection();
      },
    },
  };
}

function pinText({ index, code }) {
  return index === undefined ? textOf(code) : `n${index}`;
}

function textOf(numbers) {
  return Array.from(numbers, (value) => Number(value.toPrecision(DIGITS))).join(",");
}

/** So many numbers of a text; anything else is a RangeError. */
function numbersOf(text, count) {
  const numbers = text.split(",").map(Number);
  if (numbers.length !== count || !numbers.every(Number.isFinite)) throw new RangeError(text);
  return numbers;
}

/** A whole number from 0 to below `end`; anything else is a RangeError. */
function wholeOf(text, end) {
  const number = Number(text);
  if (text === "" || !Number.isInteger(number) || number < 0 || number >= end) throw new RangeError(text);
  return number;
}
