"use strict";
/* Puts the parts of a page together, as far as the run has what they need. */

/** The run with its arrays as numbers and its networks as functions, null for one that is not there. */
async function unpackRun(packedRun) {
  const [pixels, numbers] = await Promise.all([unpack(packedRun.pixels), unpack(packedRun.codes)]);
  const [encoder, decoder] = await Promise.all([packedRun.encoder, packedRun.decoder].map(unpackLayers));
  const [size, latent] = [packedRun.pixels.shape[1], packedRun.codes.shape[1]];
  return {
    ...packedRun,
    pixels,
    latent,
    codes: packedRun.names.map((_, index) => row(numbers, index, latent)),
    picture: (index) => Float64Array.from(row(pixels, index, size), (value) => value / 255),
    encode: encoder && ((picture) => forward(encoder, picture)),
    decode: decoder && timed((code) => forward(decoder, code)),
  };
}

class Explorer {
  constructor(map, run) {
    this.map = map;
    this.run = run;
    this.legend = new Legend(run, byId("classes"), () => this.redraw());
    this.pictures = run.tile ? new Glyphs(map, run) : new Dots(map, run);
    this.through = run.encode
      ? new Bench(map, run, () => this.mark())
      : new NearestPicture(map, run, this.pictures.places);
    this.views = run.decode && new Views(map, run, this.pictures, () => this.redraw());
    this.drawing = new Drawing(run, (picture) => this.#showDrawing(picture));
    map.onPoint = (place) => this.showPoint(place);
    map.onPins = () => {
      this.showPins();
      const chosen = map.pins.at(-1)?.index;
      if (chosen !== undefined) this.through.choose(chosen);
    };
    map.onLayout = () => {
      this.pictures.arrange();
      this.views?.paint();
    };
    map.snap = (pin) => (map.space.isRegion ? pin : this.pictures.snap(pin, this.legend));
    this.#hideWhatIsMissing();
  }

  #hideWhatIsMissing() {
    const { run } = this;
    for (const id of ["decoded", "path-part", "views"]) byId(id).hidden = !run.decode;
    byId("no-decoder").hidden = Boolean(run.decode);
    byId("territory-legend").hidden = !(run.tile && run.isKnown);
    byId("missed-legend").hidden = !(run.tile && run.wrong?.some((count) => count > 0));
    byId("error-legend").hidden = Boolean(run.tile) || !this.legend.isEmpty;
    byId("generated-legend").hidden = run.generated.length === 0;
  }

  showPoint(place) {
    const { map, run } = this;
    const code = map.space.lift(place);
    byId("point").textContent = pointText(code);
    if (run.decode) this.drawing.show(code);
    const index = nearestOnMap(map, this.places, place, (one) => this.legend.hides(one));
    byId("near").textContent = index < 0 || run.isKnown ? "" : `near ${run.names[index]}`;
    this.through.follow(index);
    this.mark();
  }

  #showDrawing(picture) {
    drawPicture(byId("decoded"), picture, this.run);
    if (!this.run.isKnown) return;
    const { name, distance } = this.#nearestKnown(picture);
    byId("nearest").textContent = distance === 0 ? `This is ${name}` : `Nearest: ${name}`;
    byId("distance").textContent = distance === 0 ? "not a pixel differs" : pixelsText(distance, "differ");
  }

  #nearestKnown(picture) {
    const { index, distance } = nearest(picture, this.run.pixels);
    return { name: this.run.names[index], distance };
  }

  showPins() {
    const { map, run } = this;
    if (!run.decode) return;
    showPath(map, byId("path"), byId("path-hint"), (canvas, code) => {
      const picture = run.decode(code);
      drawPicture(canvas, picture, run);
      if (!run.isKnown) return "";
      const { name, distance } = this.#nearestKnown(picture);
      return distance === 0 ? name : `${name} +${distance}`;
    });
  }

  /** What lies over the map besides point and pins. */
  mark() {
    this.map.marks = [...this.lasting, ...this.through.marks()];
    this.map.draw();
  }

  /** Places and marks that stay the same until the view or the legend changes. */
  #measure() {
    const { run } = this;
    const { space } = this.map;
    this.places = run.codes.map((code) => space.project(code));
    const generated = run.generated.map((code) => ({
      place: space.project(code),
      kind: "generated",
      text: "+",
    }));
    this.lasting = [...generated, ...(space.isRegion ? [] : this.pictures.marks(this.legend))];
  }

  redraw() {
    this.#measure();
    this.pictures.dress(this.legend);
    this.legend.dress();
    this.views?.paint();
    this.through.redraw();
    this.showPoint(this.map.point);
    this.showPins();
  }
}

async function explore(packedRun) {
  const run = await unpackRun(packedRun);
  const map = await LatentMap.embed(run.map, byId("map"), planeSpace(run.plane), run.latent === 1);
  const explorer = new Explorer(map, run);
  const redraw = () => explorer.redraw();
  map.moveTo(explorer.pictures.places[0]);
  redraw();
  DARK.addEventListener("change", redraw);
  new ResizeObserver(redraw).observe(document.body);
  await embedPlot(run.curve, byId("curve"));
  return map;
}

const ready = explore(JSON.parse(byId("run").textContent));
