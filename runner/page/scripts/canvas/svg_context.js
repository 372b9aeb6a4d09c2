"use strict";
/* What a chart draws, as SVG: as much of the context of a canvas as charts use, which writes down what is painted. */

const KEPT_STATE = [
  ...["fillStyle", "strokeStyle", "lineWidth", "dash"],
  ...["font", "textAlign", "textBaseline", "globalAlpha"],
];
const ANCHORS = { left: "start", center: "middle", right: "end" };

class SvgContext {
  constructor() {
    Object.assign(this, { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, font: `12px ${FONT}` });
    Object.assign(this, { textAlign: "left", textBaseline: "middle", globalAlpha: 1, dash: [] });
    this.parts = [];
    this.stack = [];
    this.groups = 0;
    this.clips = 0;
    this.path = "";
    this.measuring = new OffscreenCanvas(1, 1).getContext("2d");
  }

  save() {
    this.stack.push([this.groups, Object.fromEntries(KEPT_STATE.map((name) => [name, this[name]]))]);
  }

  restore() {
    const [groups, state] = this.stack.pop();
    for (; this.groups > groups; this.groups--) this.parts.push("</g>");
    Object.assign(this, state);
  }

  translate(x, y) {
    this.#open(`transform="translate(${x} ${y})"`);
  }

  rotate(angle) {
    this.#open(`transform="rotate(${(angle * 180) / Math.PI})"`);
  }

  clip() {
    const id = `clip${++this.clips}`;
    this.parts.push(`<clipPath id="${id}"><path d="${this.path}"/></clipPath>`);
    this.#open(`clip-path="url(#${id})"`);
  }

  #open(attributes) {
    this.parts.push(`<g ${attributes}>`);
    this.groups++;
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  beginPath() {
    this.path = "";
  }

  moveTo(x, y) {
    this.path += `M${x} ${y}`;
  }

  lineTo(x, y) {
    this.path += `${this.path ? "L" : "M"}${x} ${y}`;
  }

  rect(x, y, width, height) {
    this.path += `M${x} ${y}h${width}v${height}h${-width}z`;
  }

  /** A whole circle. */
  arc(x, y, radius) {
    const half = `a${radius} ${radius} 0 0 0`;
    if (Number.isFinite(x + y)) this.path += `M${x - radius} ${y}${half} ${2 * radius} 0${half} ${-2 * radius} 0z`;
  }

  stroke() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : "";
    const looks = `fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}"${dash}`;
    this.parts.push(`<path d="${this.path}" ${looks} opacity="${this.globalAlpha}"/>`);
  }

  fill() {
    this.parts.push(`<path d="${this.path}" fill="${this.fillStyle}" opacity="${this.globalAlpha}"/>`);
  }

  strokeRect(...box) {
    this.beginPath();
    this.rect(...box);
    this.stroke();
  }

  fillRect(...box) {
    this.beginPath();
    this.rect(...box);
    this.fill();
  }

  measureText(text) {
    this.measuring.font = this.font;
    return this.measuring.measureText(text);
  }

  /** A text, squeezed if it is wider than `most`. */
  fillText(text, x, y, most = Infinity) {
    const isWide = this.measureText(text).width > most;
    const squeezed = isWide ? ` textLength="${most}" lengthAdjust="spacingAndGlyphs"` : "";
    const [size] = this.font.split(" ");
    const looks = `font-size="${size}" text-anchor="${ANCHORS[this.textAlign]}" fill="${this.fillStyle}"${squeezed}`;
    this.parts.push(`<text x="${x}" y="${y}" dominant-baseline="central" ${looks}>${escaped(text)}</text>`);
  }

  drawImage(image, x, y, width, height) {
    this.parts.push(svgImage(image, x, y, width, height));
  }

  toString() {
    return this.parts.join("\n");
  }
}

/** A canvas as an image with crisp pixels. */
function svgImage(image, x, y, width, height) {
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [image.width, image.height];
  copy.getContext("2d").drawImage(image, 0, 0);
  const box = `x="${x}" y="${y}" width="${width}" height="${height}"`;
  const looks = 'preserveAspectRatio="none" style="image-rendering: pixelated"';
  return `<image ${box} ${looks} href="${copy.toDataURL()}"/>`;
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A whole SVG file of that size, on the surface of the page. */
function svgFile(width, height, content) {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const ground = `<rect width="${width}" height="${height}" fill="${color("--surface")}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${escaped(FONT)}">${ground}\n${content}</svg>`;
}
