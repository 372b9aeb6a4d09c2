"use strict";
/* Puts the parts of a page together, as far as the run has what they need. */

/** The run with its arrays as numbers and its networks as functions, null for one that is not there. */
async function unpackRun(packedRun) {
  const [pixels, numbers] = await Promise.all([unpack(packedRun.pixels), unpack(packedRun.codes)]);
  const [encoder, decoder, spread] = await Promise.all(
    [packedRun.encoder, packedRun.decoder, packedRun.spread && [packedRun.spread]].map(unpackLayers),
  );
  const [size, latent] = [packedRun.pixels.shape[1], packedRun.codes.shape[1]];
  const codes = packedRun.names.map((_, index) => row(numbers, index, latent));
  return {
    ...packedRun,
    pixels,
    latent,
    codes,
    likeness: new Likeness(pixels, size, packedRun.isBinary),
    picture: (index) => Float64Array.from(row(pixels, index, size), (value) => value / 255),
    encode: encoder && ((picture) => forward(encoder, picture)),
    layers: { encoder, decoder, spread },
    spread: spread && ((picture) => forward([...encoder.slice(0, -1), ...spread], picture)),
    decode: decoder && timed((code) => forward(decoder, code)),
  };
}

class Explorer {
  constructor(map, run) {
    this.map = map;
    this.run = run;
    this.legend = new Legend(run, byId("classes"), () => this.redraw());
    this.pictures = run.isDrawn ? new Glyphs(map, run) : new Dots(map, run);
    const hasTerritories = run.isDrawn && run.isKnown && run.decode;
    this.territories = hasTerritories ? new Territories(run, () => map.repaint()) : null;
    this.through = run.encode && run.isDrawn ? new Bench(map, run, () => this.mark()) : new NearestPicture(map, run);
    this.own = run.encode && new OwnPicture(map, run, () => this.mark());
    this.views = run.decode && new Views(map, run, () => this.redraw());
    this.drawing = new Drawing(run, (picture) => this.#showDrawing(picture));
    map.onPaint = (context) => this.#paint(context);
    map.onPoint = (place) => this.showPoint(place);
    map.onPins = () => {
      this.showPins();
      const chosen = map.pins.at(-1)?.index;
      if (chosen !== undefined) this.through.choose(chosen);
    };
    map.snap = (pin) => (this.isGrid ? pin : this.pictures.snap(pin, this.legend));
    this.#hideWhatIsMissing();
    this.#measure();
    this.territories?.begin(map);
  }

  get isGrid() {
    return Boolean(this.views?.isGrid);
  }

  /**
   * Show the pictures at other `codes`, and what other networks make of them: those of another moment, or of
   * another training. What is not given stays as it is.
   */
  show({ codes, encode, decode }) {
    const { run } = this;
    if (codes) run.codes = codes;
    if (encode) run.encode = encode;
    if (decode) run.decode = timed(decode);
    if (run.isDrawn && run.wrong) run.wrong = run.codes.map((code, index) => this.#wrongPixels(code, index));
    this.views?.grid.begin();
    this.redraw();
    this.territories?.begin(this.map);
  }

  #wrongPixels(code, index) {
    return differingPixels(this.run.decode(code), this.run.picture(index));
  }

  #paint(context) {
    if (this.isGrid) return void this.views.grid.paint(context, this.map.frame);
    this.territories?.paint(context, this.map);
    this.pictures.paint(context, this.legend);
  }

  #hideWhatIsMissing() {
    const { run } = this;
    for (const id of ["decoded", "path-part", "views"]) byId(id).hidden = !run.decode;
    byId("no-decoder").hidden = Boolean(run.decode);
    byId("territory-legend").hidden = !(run.isDrawn && run.isKnown);
    byId("missed-legend").hidden = !(run.isDrawn && run.wrong?.some((count) => count > 0));
    byId("error-legend").hidden = Boolean(run.isDrawn) || !this.legend.isEmpty;
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
    const { index, distance } = this.run.likeness.nearest(picture);
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
    this.map.marks = [...this.lasting, ...this.through.marks(this.places, this.isGrid), ...this.#ownMarks()];
    this.map.draw();
  }

  #ownMarks() {
    return this.own ? this.own.marks(this.isGrid) : [];
  }

  /** Places and marks that stay the same until the view, the codes or the legend change. */
  #measure() {
    const { run } = this;
    const { space } = this.map;
    this.places = run.codes.map((code) => space.project(code));
    if (!this.isGrid) this.pictures.places = this.places;
    const generated = run.generated.map((code) => ({
      place: space.project(code),
      kind: "generated",
      text: "+",
    }));
    this.lasting = [...generated, ...(this.isGrid ? [] : this.pictures.marks(this.legend))];
  }

  redraw() {
    this.#measure();
    this.legend.dress();
    this.through.redraw();
    this.own?.redraw();
    this.showPoint(this.map.point);
    this.showPins();
    this.map.repaint();
  }
}

async function explore(packedRun) {
  const run = await unpackRun(packedRun);
  const space = planeSpace(run.plane);
  const oneLine = run.latent === 1;
  const places = run.codes.map((code) => space.project(code));
  const ranges = extentOf(places, oneLine);
  const map = new LatentMap(byId("map"), { space, oneLine, ranges, labels: run.plane.labels });
  const explorer = new Explorer(map, run);
  const redraw = () => explorer.redraw();
  map.moveTo(places[0]);
  redraw();
  DARK.addEventListener("change", redraw);
  new ResizeObserver(redraw).observe(document.body);
  explorer.curve = await LearningCurve.embed(run.curve, byId("curve"));
  explorer.training = await showTraining(run, explorer);
  explorer.time = await showTime(run, explorer);
  return explorer;
}

const ready = explore(JSON.parse(byId("run").textContent));
