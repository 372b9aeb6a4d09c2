"use strict";
/* Looks for pictures by name or class; Enter goes from one to the next. */

class Finder {
  /** `onFound` is called when others are found, `onGo(index)` to go to one. */
  constructor(run, onFound, onGo) {
    Object.assign(this, { run, onFound, onGo });
    this.found = new Set();
    this.turn = -1;
    const input = byId("find");
    input.addEventListener("input", () => this.look(input.value));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#next(event.shiftKey ? -1 : 1);
    });
  }

  isFound(index) {
    return this.found.has(index);
  }

  look(text) {
    this.found = new Set(matches(this.run.names, text.trim()));
    this.turn = -1;
    this.#say(text.trim());
    this.onFound();
  }

  #next(step) {
    if (this.found.size === 0) return;
    this.turn = (Math.max(this.turn, step > 0 ? -1 : 0) + step + this.found.size) % this.found.size;
    this.#say();
    this.onGo([...this.found][this.turn]);
  }

  #say(text) {
    const { turn, found } = this;
    if (turn >= 0) byId("found").textContent = `${turn + 1} of ${found.size}`;
    else byId("found").textContent = text ? `${found.size} found` : "";
  }
}

/** Which of the names are the text; if none is, whatever its case; if none is, which contain it. */
function matches(names, text) {
  if (!text) return [];
  const low = text.toLowerCase();
  const tests = [
    (name) => name === text,
    (name) => name.toLowerCase() === low,
    (name) => name.toLowerCase().includes(low),
  ];
  for (const test of tests) {
    const found = [...names.keys()].filter((index) => test(names[index]));
    if (found.length) return found;
  }
  return [];
}
