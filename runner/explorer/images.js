"use strict";
/* The page of a set of images: wires map, pictures and legend to the decoder. */

const SHOWN_ALPHA = 0.75;
const READABLE_CONTRAST = 3;

async function imagePage(run) {
  const { cell, classes, classNames } = run;
  const size = cell[0] * cell[1];
  const latent = run.plane.origin.length;
  const [images, codes] = await Promise.all([unpack(run.images), unpack(run.codes)]);
  const decoder = run.decoder && (await unpackLayers(run.decoder));
  const codeOfImage = (index) => row(codes, index, latent);
  const hidden = new Set();
  const plane = planeSpace(run.plane);
  const map = await LatentMap.embed(run.map, byId("map"), plane, latent === 1);
  const { ranges } = map;
  const axes = [...map.plot.below, ...map.plot.left];
  const grid = decoder && new DecodedGrid(map, run.quantiles, cell, latent, (code) => forward(decoder, code));
  let places = [];

  function project() {
    places = classes.map((_, index) => map.space.project(codeOfImage(index)));
  }

  function nearestImage(place) {
    const [x, y] = map.toSpot(place);
    let best = { index: -1, distance: Infinity };
    places.forEach((other, index) => {
      if (hidden.has(classes[index])) return;
      const [otherX, otherY] = map.toSpot(other);
      const distance = (x - otherX) ** 2 + (y - otherY) ** 2;
      if (distance < best.distance) best = { index, distance };
    });
    return best.index;
  }

  function showPoint(place) {
    const code = map.space.lift(place);
    if (decoder) drawPicture(byId("decoded"), forward(decoder, code), cell);
    byId("point").textContent = pointText(code);
    showImage(nearestImage(place));
  }

  function showImage(index) {
    map.marks = map.space === plane ? classMarks() : [];
    byId("near").textContent = index < 0 ? "" : `near ${className(index)}`;
    if (index < 0) return;
    if (map.space === plane) map.marks.push({ place: places[index], kind: "nearest", radius: 7 });
    const input = Float32Array.from(row(images, index, size), (value) => value / 255);
    drawPicture(byId("input"), input, cell);
    if (decoder) drawPicture(byId("output"), forward(decoder, codeOfImage(index)), cell);
    byId("code").textContent = pointText(codeOfImage(index));
    byId("restored").textContent = className(index);
  }

  function className(index) {
    return classNames.length ? classNames[classes[index]] : `test image ${index + 1}`;
  }

  function showPins() {
    if (!decoder) return;
    showPath(map, byId("path"), byId("path-hint"), (canvas, code) => {
      drawPicture(canvas, forward(decoder, code), cell);
      return "";
    });
  }

  /** The name of each class that is shown, at the median of its images. */
  function classMarks() {
    return shownClasses().filter((label) => !hidden.has(label)).map((label) => {
      const members = places.filter((_, index) => classes[index] === label);
      return { place: [0, 1].map((axis) => median(members.map((place) => place[axis]))), text: shortName(label) };
    });
  }

  const shortName = (label) => classNames[label].replace("digit ", "");

  function shownClasses() {
    return classNames.length ? [...new Set(classes)].sort((a, b) => a - b) : [];
  }

  function classColor(label) {
    const base = classNames.length ? run.colors[label % run.colors.length] : color("--accent");
    return DARK.matches ? readable(base, color("--surface"), color("--ink")) : base;
  }

  function dressDots() {
    const dots = map.plot.renderers.find((renderer) => renderer.name === "dots").data_source;
    const alpha = Float64Array.from(classes, (label) =>
      hidden.has(label) || map.space !== plane ? 0 : SHOWN_ALPHA,
    );
    dots.data = { ...dots.data, color: classes.map(classColor), alpha };
  }

  function dressLegend() {
    for (const button of byId("classes").querySelectorAll("button")) {
      const label = Number(button.value);
      button.setAttribute("aria-pressed", !hidden.has(label));
      button.style.setProperty("--class", classColor(label));
    }
  }

  function redraw() {
    dressDots();
    dressLegend();
    grid?.paint();
    showPoint(map.point);
    showPins();
    map.draw();
  }

  function toggle(label) {
    if (!hidden.delete(label)) hidden.add(label);
    redraw();
  }

  /** Show the test images on their plane, or the decoded quantiles of the prior. */
  function show(asGrid) {
    const code = map.space.lift(map.point);
    map.space = asGrid ? grid.space : plane;
    const labels = asGrid ? ["share of the normal below z1", "share of the normal below z2"] : run.plane.labels;
    axes.forEach((axis, i) => (axis.axis_label = labels[i]));
    byId("show-images").setAttribute("aria-pressed", !asGrid);
    byId("show-grid").setAttribute("aria-pressed", asGrid);
    byId("grid-help").hidden = !asGrid;
    byId("classes").hidden = asGrid;
    project();
    map.clear();
    map.show(asGrid ? grid.ranges : ranges);
    map.moveTo(map.space.project(code));
    grid.show(asGrid);
    redraw();
  }

  byId("classes").append(
    ...shownClasses().map((label) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      Object.assign(button, { type: "button", value: label, textContent: classNames[label] });
      button.addEventListener("click", () => toggle(label));
      item.append(button);
      return item;
    }),
  );
  for (const id of ["decoded", "output-part", "path-part", "views"]) byId(id).hidden = !decoder;
  byId("no-decoder").hidden = Boolean(decoder);
  byId("show-images").addEventListener("click", () => show(false));
  byId("show-grid").addEventListener("click", () => show(true));
  map.onPoint = showPoint;
  map.onPins = showPins;
  map.onLayout = () => grid?.paint();
  DARK.addEventListener("change", redraw);
  new ResizeObserver(() => redraw()).observe(document.body);

  project();
  map.moveTo(places[0]);
  redraw();
  await embedPlot(run.curve, byId("curve"));
  return map;
}

/** What the decoder draws at the quantiles of the prior, over the frame of the map. */
class DecodedGrid {
  constructor(map, { side, shares, values }, cell, latent, decode) {
    this.map = map;
    this.cell = cell;
    this.decode = decode;
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
      return this.decode(this.space.lift([x, y]));
    });
  }

  paint() {
    const { canvas, cell, columns, rows } = this;
    if (canvas.hidden) return;
    const { left, top, width, height } = this.map.frame;
    Object.assign(canvas.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
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

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** A colour as it is, or with so much of the ink in it that it stands out from its background. */
function readable(base, background, ink) {
  for (let share = 0; share < 1; share += 0.1) {
    const mixed = mix(base, ink, share);
    if (contrast(mixed, background) >= READABLE_CONTRAST) return mixed;
  }
  return ink;
}

/** The contrast of two colours as WCAG 2 defines it, 1…21. */
function contrast(one, other) {
  const [dark, light] = [one, other].map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex) {
  const [red, green, blue] = channels(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const ready = imagePage(JSON.parse(byId("run").textContent));
