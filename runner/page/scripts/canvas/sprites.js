"use strict";
/* Every picture of a run as a small image in the colours of the page, made when it is first drawn. */

class Sprites {
  /** Ink stands on paper: there is a margin of it. */
  constructor(run) {
    this.run = run;
    this.margin = run.isInk ? 1 : 0;
    this.form = run.cell.map((side) => side + 2 * this.margin);
    this.images = new Map();
  }

  /** The image of picture `index`, in the colours of the missed ones if it `isMissed`. */
  of(index, isMissed = false) {
    if (this.isDark !== DARK.matches) {
      this.images.clear();
      this.isDark = DARK.matches;
    }
    const key = isMissed ? -1 - index : index;
    if (!this.images.has(key)) this.images.set(key, this.#drawn(index, isMissed));
    return this.images.get(key);
  }

  #drawn(index, isMissed) {
    const { run, margin } = this;
    const colors = isMissed ? missedColors(run.isInk) : pictureColors(run.isInk);
    return pictureImage(run.picture(index), run, colors, margin);
  }
}

/** The colours of 0 and 1 in pictures with wrong pixels. */
function missedColors(isInk) {
  const paperAndInk = [color("--missed-tile"), color("--missed")];
  return isInk || DARK.matches ? paperAndInk : paperAndInk.reverse();
}

/** Draw an image with its middle at a spot, on whole pixels of the screen; made smaller, it is smooth. */
function drawSprite(context, image, [x, y], [width, height]) {
  const whole = (length) => Math.round(length * devicePixelRatio) / devicePixelRatio;
  context.imageSmoothingEnabled = width < image.width;
  context.drawImage(image, whole(x - width / 2), whole(y - height / 2), width, height);
}
