"use strict";
/* What the decoder draws everywhere: pictures in rows and columns, all over what is seen of the map. */

class DecodedGrid {
  /** `onMore` is called whenever there is more to paint. */
  constructor(run, onMore) {
    this.run = run;
    this.onMore = onMore;
    this.stop = () => {};
  }

  /** Forget what was drawn: places mean other codes, or codes other pictures. */
  begin(map) {
    this.#forget();
    Object.assign(this, { space: map.space, ranges: map.ranges });
  }

  /** Draw what is seen by now, as soon as it stays; until then there is what was drawn. */
  move(map) {
    this.stop();
    const later = setTimeout(() => {
      this.begin(map);
      this.onMore();
    }, STILL);
    this.stop = () => clearTimeout(later);
  }

  #forget() {
    this.stop();
    this.pictures = null;
  }

  /** The picture of the cell in which a code lies, or as long as there is none one from about there. */
  near(code) {
    if (code.length > 2) return null; // Cells say nothing of the other numbers.
    this.#decode();
    const { rows, columns } = this.run.region;
    const [left, right, bottom, top] = this.ranges;
    const [x, y] = this.space.project(code);
    const column = clamp(Math.floor(((x - left) / (right - left)) * columns), 0, columns - 1);
    const row = clamp(Math.floor(((top - y) / (top - bottom)) * rows), 0, rows - 1);
    return finest(this.pictures, row * columns + column, columns);
  }

  /** Begin to decode all cells, if that has not begun. */
  #decode() {
    if (this.pictures) return;
    const { rows, columns } = this.run.region;
    const pictures = (this.pictures = []);
    const decodeOne = (index) => () => {
      pictures[index] = this.run.decode(this.space.lift(this.#middle(index)));
    };
    this.stop = inFrames(coarseToFine(rows, columns).map(decodeOne), this.onMore);
  }

  /** The place in the middle of a cell; on a line, that of the line. */
  #middle(index) {
    const { rows, columns } = this.run.region;
    const [left, right, bottom, top] = this.ranges;
    const x = left + ((index % columns) + 0.5) * ((right - left) / columns);
    return [x, top - (Math.floor(index / columns) + 0.5) * ((top - bottom) / rows)];
  }

  paint(context, map) {
    this.#decode();
    const { columns, rows } = this.run.region;
    const { left, top, width, height } = map.frame;
    context.fillStyle = this.run.isInk ? color("--paper") : color("--surface");
    context.fillRect(left, top, width, height);
    const [[x, y], [endX, endY]] = [
      map.toSpot([this.ranges[0], this.ranges[3]]),
      map.toSpot([this.ranges[1], this.ranges[2]]),
    ];
    const size = fitted(this.run.cell, [(endX - x) / columns, (endY - y) / rows]);
    for (let index = 0; index < rows * columns; index++) {
      const picture = finest(this.pictures, index, columns);
      drawSprite(context, keptImage(picture, this.run), map.toSpot(this.#middle(index)), size);
    }
  }
}

/** The largest size of a picture that leaves half a pixel of it free all around in a box. */
function fitted([rows, columns], [width, height]) {
  const scale = Math.min(width / (columns + 1), height / (rows + 1));
  return [columns * scale, rows * scale].map((length) => Math.max(1, Math.floor(length)));
}
