"use strict";
/* Taking things home: each panel as SVG or PNG, and codes as CSV. */

const PNG_SCALE = 2;
const PADDING = 12; // CSS pixels around pictures
// Looks of what lies over a map, which style.css gives on the page.
const OVERLAY_STYLES = [
  ...["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight"],
  ...["text-anchor", "dominant-baseline", "paint-order"],
];

/** A chart, and what lies over it if anything does. */
function chartSvg(chart, paint, overlay) {
  const context = new SvgContext();
  chart.paint(context, paint);
  return svgFile(...chart.size, `${context}\n${overlay ? overlaySvg(overlay, chart.frame) : ""}`);
}

function overlaySvg(overlay, { left, top, width, height }) {
  const copies = [...overlay.children].map((shape) => {
    const copy = shape.cloneNode(true);
    const style = getComputedStyle(shape);
    for (const name of OVERLAY_STYLES) copy.setAttribute(name, style.getPropertyValue(name));
    return new XMLSerializer().serializeToString(copy);
  });
  const clip = `<clipPath id="over"><rect x="${left}" y="${top}" width="${width}" height="${height}"/></clipPath>`;
  return `${clip}<g clip-path="url(#over)">${copies.join("\n")}</g>`;
}

/** The pictures of an element, its bars and its captions, where they stand on the page. */
function picturesSvg(element) {
  const frame = element.getBoundingClientRect();
  const boxOf = (part) => {
    const { left, top, width, height } = part.getBoundingClientRect();
    return [left - frame.left + PADDING, top - frame.top + PADDING, width, height];
  };
  const isSeen = (part) => part.checkVisibility();
  const parts = [];
  for (const canvas of [...element.querySelectorAll("canvas")].filter(isSeen)) {
    parts.push(svgImage(canvas, ...boxOf(canvas)));
  }
  for (const bar of [...element.querySelectorAll(".bars span")].filter(isSeen)) {
    const [x, y, width, height] = boxOf(bar);
    const fill = getComputedStyle(bar).backgroundColor;
    parts.push(`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="3" fill="${fill}"/>`);
  }
  for (const caption of [...element.querySelectorAll("figcaption")].filter(isSeen)) {
    const [x, y, width] = boxOf(caption);
    const looks = `font-size="13" text-anchor="middle" fill="${color("--muted")}"`;
    parts.push(`<text x="${x + width / 2}" y="${y + 14}" ${looks}>${escaped(caption.textContent.trim())}</text>`);
  }
  return svgFile(frame.width + 2 * PADDING, frame.height + 2 * PADDING, parts.join("\n"));
}

/** An SVG as a PNG, finer than the screen. */
async function png(svgText) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height].map((side) => Math.round(side * PNG_SCALE));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done));
}

/** Codes as a table: what each is, and its numbers, with all digits. */
function codesCsv(codes) {
  const [, first] = codes[0];
  const header = ["name", ...Array.from(first, (_, i) => `z${i + 1}`)];
  return [header, ...codes.map(([name, code]) => [name, ...code])].map((row) => `${row.join(",")}\n`).join("");
}

/** Let the browser keep a file. */
function keep(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Offer each panel of a page as a file. */
class Saving {
  constructor(explorer) {
    const { map, curve } = explorer;
    this.explorer = explorer;
    const mapSvg = () => chartSvg(map.chart, (context) => map.onPaint(context), map.overlay.element);
    const curveSvg = () => chartSvg(curve.chart, (context) => curve.paint(context));
    this.#offer("map-title", "map", mapSvg);
    this.#offer("decoded-title", "drawing", () => picturesSvg(byId("decoded").parentElement));
    this.#button("decoded-title", "CSV", "Save the code as CSV", () => this.saveCodes());
    this.#offer("through-title", "bottleneck", () => picturesSvg(document.querySelector(".through")));
    this.#offer("own-title", "own picture", () => picturesSvg(document.querySelector(".own")));
    if (explorer.training) {
      this.#offer("training-title", "training", () => picturesSvg(document.querySelector(".laboratory")));
    }
    this.#offer("path-title", "path", () => picturesSvg(byId("path")));
    this.#offer("curve-title", "curve", curveSvg);
    map.element.addEventListener("keydown", ({ key, ctrlKey, metaKey }) => {
      if (key === "c" && !ctrlKey && !metaKey) this.saveCodes();
    });
  }

  #offer(title, name, draw) {
    const svgBlob = () => new Blob([draw()], { type: "image/svg+xml" });
    this.#button(title, "PNG", `Save the ${name} as PNG`, async () => keep(await png(draw()), `${name}.png`));
    this.#button(title, "SVG", `Save the ${name} as SVG`, () => keep(svgBlob(), `${name}.svg`));
  }

  #button(title, text, label, act) {
    const heading = byId(title);
    let place = heading.nextElementSibling;
    if (!place?.classList.contains("take")) {
      place = document.createElement("div");
      place.className = "take";
      heading.after(place);
    }
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: text, id: title.replace("title", text.toLowerCase()) });
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    place.append(button);
  }

  /** The code at the point, and those of the pins. */
  saveCodes() {
    const { map } = this.explorer;
    const pins = map.pins.map(({ code }, i) => [`pin ${i + 1}`, code]);
    const text = codesCsv([["point", map.space.lift(map.point)], ...pins]);
    keep(new Blob([text], { type: "text/csv" }), "code.csv");
  }
}
