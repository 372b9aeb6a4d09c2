"use strict";
/* The page of a set of images: wires map, pictures and legend to the decoder. */

const SHOWN_ALPHA = 0.75;
const GRID_LABELS = ["share of the normal below z1", "share of the normal below z2"];
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
  const grid = decoder && new DecodedGrid(map, run.quantiles, cell, latent, decoder);
  let places = [];
  let classMarks = [];

  function project() {
    places = classes.map((_, index) => map.space.project(codeOfImage(index)));
  }

  function nearestImage(place) {
    const [left, right, bottom, top] = map.ranges;
    const { width, height } = map.frame;
    const [perX, perY] = [width / (right - left), height / (top - bottom)];
    let best = { index: -1, distance: Infinity };
    places.forEach(([x, y], index) => {
      if (hidden.has(classes[index])) return;
      const distance = (perX * (x - place[0])) ** 2 + (perY * (y - place[1])) ** 2;
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
    map.marks = [...classMarks];
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
  function markClasses() {
    const visible = shownClasses().filter((label) => !hidden.has(label));
    return visible.map((label) => {
      const members = places.filter((_, index) => classes[index] === label);
      const place = [0, 1].map((axis) => median(members.map((member) => member[axis])));
      return { place, text: classNames[label].replace("digit ", "") };
    });
  }

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
    classMarks = map.space === plane ? markClasses() : [];
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
    const labels = asGrid ? GRID_LABELS : run.plane.labels;
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
