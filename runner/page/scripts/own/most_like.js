"use strict";
/* The pictures of the set that are most like the reader's own, as buttons that take them. */

const SHOWN_NEAREST = 3;
const QUICK = 4; // milliseconds for which nobody who draws has to wait

class MostLike {
  /** `onTake(picture)` is called with the one that is clicked. */
  constructor(run, list, onTake) {
    Object.assign(this, { run, list, onTake, picture: null });
    this.search = timed((picture) => run.likeness.nearestOf(picture, SHOWN_NEAREST));
  }

  /** Show those most like a picture, at once or when it rests; of the same one they are known. */
  show(picture) {
    clearTimeout(this.later);
    const find = () => {
      this.picture = picture;
      this.found = this.search(picture);
      this.#draw();
    };
    if (picture === this.picture) this.#draw();
    else if (this.search.milliseconds > QUICK) this.later = setTimeout(find, REST);
    else find();
  }

  #draw() {
    const { run, list, found } = this;
    while (list.children.length < found.length) list.append(this.#button());
    found.forEach(({ index, distance }, rank) => {
      const button = list.children[rank];
      const [canvas, caption] = button.children;
      const how = run.isBinary ? pixelsText(distance, "differ") : `error ${roundedText(distance, 3)}`;
      button.value = index;
      button.setAttribute("aria-label", `Take ${run.names[index]}: ${how}`);
      caption.textContent = `${run.names[index]}: ${how}`;
      drawPicture(canvas, run.picture(index), run);
    });
  }

  #button() {
    const button = document.createElement("button");
    button.type = "button";
    button.append(document.createElement("canvas"), document.createElement("span"));
    button.addEventListener("click", () => this.onTake(this.run.picture(Number(button.value))));
    return button;
  }
}
