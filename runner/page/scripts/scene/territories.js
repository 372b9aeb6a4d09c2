"use strict";
/* Which places of the map belong to which picture: what the decoder draws there, held against the set. */

const SIDES = [15, 30, 60, 120]; // cells across the map, coarse ones first
const FARTHEST = 4; // pixels from the nearest picture that colours still tell apart
const PATIENCE = 8; // milliseconds of work at a time
const STILL = 120; // milliseconds without a move before what was seen is drawn finer

class Territories {
  /** `onMore` is called whenever more can be seen. */
  constructor(run, onMore) {
    this.run = run;
    this.onMore = onMore;
    this.level = null;
    this.stop = () => {};
  }

  /** Forget what was seen: the map has other axes. */
  forget() {
    this.stop();
    this.level = null;
  }

  /** Look closer where the map shows another part of the same: until then there is what was seen. */
  move(map) {
    this.stop();
    const later = setTimeout(() => this.begin(map), STILL);
    this.stop = () => clearTimeout(later);
  }

  /** Look everywhere: places mean other codes now, or codes other pictures. Until then there is what was seen. */
  begin(map) {
    this.stop();
    this.stop = inFramesAfterNext(this.#rows(map), () => {}, PATIENCE);
  }

  /** The work row by row; each level is shown when it is whole. */
  *#rows({ ranges: [left, right, bottom, top], space, oneLine }) {
    for (const columns of SIDES) {
      const rows = oneLine ? 1 : columns;
      const distances = new Uint8Array(rows * columns);
      for (let row = 0; row < rows; row++) {
        yield () => {
          const y = oneLine ? 0 : top - ((row + 0.5) / rows) * (top - bottom);
          for (let column = 0; column < columns; column++) {
            const x = left + ((column + 0.5) / columns) * (right - left);
            const { distance } = this.run.likeness.nearest(this.run.decode(space.lift([x, y])));
            distances[row * columns + column] = Math.min(distance, FARTHEST);
          }
          if (row < rows - 1) return;
          this.level = { distances, rows, columns, ranges: [left, right, bottom, top] };
          this.onMore();
        };
      }
    }
  }

  paint(context, map) {
    if (!this.level) return;
    const [left, right, bottom, top] = this.level.ranges;
    const [x, y] = map.toSpot([left, top]);
    const [endX, endY] = map.toSpot([right, bottom]);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#image(), x, y, endX - x, endY - y);
  }

  #image() {
    const { level } = this;
    if (level.image && level.isDark === DARK.matches) return level.image;
    const shades = Array.from({ length: FARTHEST + 1 }, (_, distance) =>
      channels(mix(color("--territory"), color("--surface"), Math.sqrt(distance / FARTHEST))),
    );
    const image = new ImageData(level.columns, level.rows);
    level.distances.forEach((distance, cell) => image.data.set([...shades[distance], 255], 4 * cell));
    level.image = new OffscreenCanvas(level.columns, level.rows);
    level.image.getContext("2d").putImageData(image, 0, 0);
    level.isDark = DARK.matches;
    return level.image;
  }
}
