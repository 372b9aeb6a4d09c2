"use strict";
/* The decoded prior, drawn over the map of images. */

/** What the decoder draws at the quantiles of the prior, over the frame of the map. */
class DecodedGrid {
  constructor(map, { side, shares, values }, cell, latent, decoder) {
    this.map = map;
    this.cell = cell;
    this.decoder = decoder;
    this.columns = side;
    this.rows = latent > 1 ? side : 1;
    this.pictures = null;
    this.ranges = [shares[0], shares.at(-1), ...(latent > 1 ? [shares[0], shares.at(-1)] : [-1, 1])];
    // The first two dimensions vary, all others stay at the mean of the prior.
    this.space = {
      lift: (place) =>
        Array.from({ length: latent }, (_, i) => (i < 2 ? interpolate(shares, values, place[i]) : 0)),
      project: (code) => [0, 1].map((i) => (i < latent ? interpolate(values, shares, code[i]) : 0)),
    };
    this.canvas = document.createElement("canvas");
    this.canvas.className = "grid";
    this.canvas.hidden = true;
    map.element.append(this.canvas);
  }

  show(shown) {
    this.canvas.hidden = !shown;
    this.pictures ??= Array.from({ length: this.rows * this.columns }, (_, index) => {
      const [left, right, bottom, top] = this.ranges;
      const x = left + ((index % this.columns) + 0.5) * ((right - left) / this.columns);
      const y = top - (Math.floor(index / this.columns) + 0.5) * ((top - bottom) / this.rows);
      return forward(this.decoder, this.space.lift([x, y]));
    });
  }

  paint() {
    const { canvas, cell, columns, rows } = this;
    if (canvas.hidden) return;
    const { left, top, width, height } = this.map.frame;
    for (const [side, length] of Object.entries({ left, top, width, height })) {
      canvas.style[side] = `${length}px`;
    }
    [canvas.width, canvas.height] = [width, height].map((length) => Math.round(length * devicePixelRatio));
    const [across, down] = [canvas.width / columns, canvas.height / rows];
    const context = canvas.getContext("2d");
    this.pictures.forEach((picture, index) => {
      const spot = [Math.round((index % columns) * across), Math.round(Math.floor(index / columns) * down)];
      paintPixels(context, picture, cell, spot, [Math.ceil(across), Math.ceil(down)]);
    });
  }
}

/** The value at `x` of the line through the points of two rising tables; flat beyond their ends. */
function interpolate(from, to, x) {
  if (x <= from[0]) return to[0];
  const next = from.findIndex((value) => value >= x);
  if (next < 0) return to.at(-1);
  const share = (x - from[next - 1]) / (from[next] - from[next - 1]);
  return to[next - 1] + share * (to[next] - to[next - 1]);
}
