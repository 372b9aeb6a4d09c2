"use strict";
/*
 * Two axes with ticks and a grid on a canvas, in the colours of the page, as sharp as the screen allows.
 * Places are in the units of the axes, spots in CSS pixels of the element.
 */

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const TICK_SIZE = 12; // CSS pixels of its text
const ROOM = { left: 58, bottom: 46, right: 8, top: 8 };
const BARE = 8; // where an axis has no label, it is not drawn
const TICK_DISTANCE = { x: 90, y: 60 };
const FEWEST_TICKS = 5;

class Chart {
  /** `ranges` are left, right, bottom, top; `labels` those of the two axes, empty for none. */
  constructor(element, { ranges, labels, isLogarithmic = false, isWhole = false }) {
    this.element = element;
    this.labels = labels;
    this.isLogarithmic = isLogarithmic;
    this.isWhole = isWhole;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "chart";
    this.canvas.setAttribute("aria-hidden", "true");
    element.prepend(this.canvas);
    this.show(ranges);
    this.measure();
  }

  show(ranges) {
    const [left, right, bottom, top] = ranges;
    this.ranges = [...ranges];
    this.x = linearScale(left, right, this.isWhole);
    this.y = this.isLogarithmic ? logarithmicScale(bottom, top) : linearScale(bottom, top);
  }

  /** Take the size that the element has by now: the box of the axes within it is the frame. */
  measure() {
    this.size = sizeOf(this.element);
    const [labelX, labelY] = this.labels;
    const left = labelY ? ROOM.left : BARE;
    const bottom = labelX ? ROOM.bottom : BARE;
    const width = Math.max(this.size[0] - left - ROOM.right, 1);
    const height = Math.max(this.size[1] - bottom - ROOM.top, 1);
    this.frame = { left, top: ROOM.top, width, height };
  }

  toSpot([x, y]) {
    const { left, top, width, height } = this.frame;
    return [left + this.x.share(x) * width, top + (1 - this.y.share(y)) * height];
  }

  toPlace([spotX, spotY]) {
    const { left, top, width, height } = this.frame;
    return [this.x.value((spotX - left) / width), this.y.value(1 - (spotY - top) / height)];
  }

  /** Draw the axes, and within their frame what `paint(context)` draws. */
  draw(paint) {
    const { canvas, size } = this;
    this.paint(cleared(canvas, size), paint);
  }

  /** The same on any context that knows what `draw` uses. */
  paint(context, paint) {
    const { left, top, width, height } = this.frame;
    this.#paintAxes(context);
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    paint(context);
    context.restore();
  }

  #paintAxes(context) {
    const { frame, size } = this;
    const [labelX, labelY] = this.labels;
    Object.assign(context, { font: `${TICK_SIZE}px ${FONT}`, lineWidth: 1, textBaseline: "middle" });
    context.strokeStyle = color("--line");
    context.fillStyle = color("--muted");
    const bottom = frame.top + frame.height;
    if (labelX) {
      context.textAlign = "center";
      for (const { value, text } of this.x.ticks(Math.max(frame.width / TICK_DISTANCE.x, FEWEST_TICKS))) {
        const x = sharp(frame.left + this.x.share(value) * frame.width);
        strokeLine(context, [x, frame.top], [x, bottom]);
        const half = context.measureText(text).width / 2;
        context.fillText(text, Math.min(x, size[0] - half), bottom + 13);
      }
      context.fillText(labelX, frame.left + frame.width / 2, size[1] - 9, frame.width);
    }
    if (!labelY) return;
    context.textAlign = "right";
    for (const { value, text } of this.y.ticks(Math.max(frame.height / TICK_DISTANCE.y, FEWEST_TICKS))) {
      const y = sharp(bottom - this.y.share(value) * frame.height);
      strokeLine(context, [frame.left, y], [frame.left + frame.width, y]);
      context.fillText(text, frame.left - 6, y);
    }
    context.save();
    context.textAlign = "center";
    context.translate(9, frame.top + frame.height / 2);
    context.rotate(-Math.PI / 2);
    context.fillText(labelY, 0, 0, frame.height);
    context.restore();
  }
}

/** The middle of the pixel in which a coordinate lies, where a thin line is sharp. */
function sharp(coordinate) {
  return Math.floor(coordinate) + 0.5;
}

function strokeLine(context, from, to) {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}
