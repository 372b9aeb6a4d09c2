"use strict";
/* The classes as buttons that hide and show them. */

class Legend {
  constructor(run, list, onToggle) {
    this.run = run;
    this.list = list;
    this.hidden = new Set();
    const labels = run.classNames.length ? [...new Set(run.classes)].sort((a, b) => a - b) : [];
    this.labels = labels;
    list.append(...labels.map((label) => this.#item(label, onToggle)));
  }

  get isEmpty() {
    return this.labels.length === 0;
  }

  /** The classes that are not hidden. */
  shown() {
    return this.labels.filter((label) => !this.hidden.has(label));
  }

  hides(index) {
    return this.hidden.has(this.run.classes[index]);
  }

  colorOf(label) {
    return onSurface(this.run.colors[label % this.run.colors.length]);
  }

  dress() {
    for (const button of this.list.querySelectorAll("button")) {
      const label = Number(button.value);
      button.setAttribute("aria-pressed", !this.hidden.has(label));
      button.style.setProperty("--class", this.colorOf(label));
    }
  }

  #item(label, onToggle) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", value: label, textContent: this.run.classNames[label] });
    button.addEventListener("click", () => {
      if (!this.hidden.delete(label)) this.hidden.add(label);
      onToggle();
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  }
}
