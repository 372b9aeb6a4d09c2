"use strict";
/* The two views of the map: the pictures of the set, or what the decoder draws all over its region. */

class Views {
  constructor(map, run, onChange) {
    this.map = map;
    this.onChange = onChange;
    this.isGrid = false;
    this.plane = { space: map.space, ranges: map.ranges, labels: run.plane.labels };
    const space = run.region.quantiles ? priorSpace(run.region, run.latent) : map.space;
    this.region = { ...run.region, space };
    this.grid = new DecodedGrid(run, this.region, () => map.repaint());
    run.coarse = (code) => this.grid.near(code);
    byId("show-pictures").addEventListener("click", () => this.show(false));
    byId("show-grid").addEventListener("click", () => this.show(true));
  }

  show(asGrid) {
    const { map } = this;
    const { space, ranges, labels } = asGrid ? this.region : this.plane;
    const code = map.space.lift(map.point);
    this.isGrid = asGrid;
    map.space = space;
    map.chart.labels = labels;
    byId("show-pictures").setAttribute("aria-pressed", !asGrid);
    byId("show-grid").setAttribute("aria-pressed", asGrid);
    byId("grid-help").hidden = !asGrid;
    for (const id of ["classes", "legend"]) byId(id).hidden = asGrid;
    map.clear();
    map.show(ranges);
    map.moveTo(space.project(code));
    this.onChange();
  }
}

/** The pictures of a region in rows and columns, all over the frame of the map. */
class DecodedGrid {
  /** `onMore` is called whenever there is more to paint. */
  constructor(run, region, onMore) {
    this.run = run;
    this.region = region;
    this.onMore = onMore;
    this.begin();
  }

  /** Forget what was drawn: the decoder is another one. */
  begin() {
    this.stop?.();
    this.pictures = null;
  }

  /** The picture of the cell in which a code lies, or as long as there is none one from about there. */
  near(code) {
    if (code.length > 2) return null; // Cells say nothing of the other numbers.
    this.#decode();
    const { rows, columns, ranges, space } = this.region;
    const [left, right, bottom, top] = ranges;
    const [x, y] = space.project(code);
    const column = clamp(Math.floor(((x - left) / (right - left)) * columns), 0, columns - 1);
    const row = clamp(Math.floor(((top - y) / (top - bottom)) * rows), 0, rows - 1);
    return finest(this.pictures, row * columns + column, columns);
  }

  /** Begin to decode all cells, if that has not begun. */
  #decode() {
    if (this.pictures) return;
    const { rows, columns, ranges, space } = this.region;
    const [left, right, bottom, top] = ranges;
    this.pictures = [];
    const decodeOne = (index) => () => {
      const x = left + ((index % columns) + 0.5) * ((right - left) / columns);
      const y = top - (Math.floor(index / columns) + 0.5) * ((top - bottom) / rows);
      this.pictures[index] = this.run.decode(space.lift([x, y]));
    };
    this.stop = inFrames(coarseToFine(rows, columns).map(decodeOne), this.onMore);
  }

  paint(context, { left, top, width, height }) {
    this.#decode();
    const { columns, rows } = this.region;
    context.fillStyle = this.run.isInk ? color("--paper") : color("--surface");
    context.fillRect(left, top, width, height);
    const box = [width / columns, height / rows];
    const size = fitted(this.run.cell, box);
    for (let index = 0; index < rows * columns; index++) {
      const x = left + ((index % columns) + 0.5) * box[0];
      const y = top + (Math.floor(index / columns) + 0.5) * box[1];
      const picture = finest(this.pictures, index, columns);
      drawSprite(context, keptImage(picture, this.run), [x, y], size);
    }
  }
}

/** The largest size of a picture that leaves half a pixel of it free all around in a box. */
function fitted([rows, columns], [width, height]) {
  const scale = Math.min(width / (columns + 1), height / (rows + 1));
  return [columns * scale, rows * scale].map((length) => Math.max(1, Math.floor(length)));
}

/** Shares of a standard normal as places; all but the varied dimensions stay at its mean. */
function priorSpace({ quantiles: { shares, values }, varied }, latent) {
  const value = (place, axis) => (axis < 0 ? 0 : interpolate(shares, values, place[axis]));
  const share = (code, i) => (i === undefined ? 0 : interpolate(values, shares, code[i]));
  return {
    lift: (place) => Array.from({ length: latent }, (_, i) => value(place, varied.indexOf(i))),
    project: (code) => [0, 1].map((axis) => share(code, varied[axis])),
  };
}

/** The value at `x` of the line through the points of two rising tables; flat beyond their ends. */
function interpolate(from, to, x) {
  if (x <= from[0]) return to[0];
  const next = from.findIndex((value) => value >= x);
  if (next < 0) return to.at(-1);
  const share = (x - from[next - 1]) / (from[next] - from[next - 1]);
  return to[next - 1] + share * (to[next] - to[next - 1]);
}
