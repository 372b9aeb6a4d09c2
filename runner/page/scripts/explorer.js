"use strict";
/* The parts of a page, and what they have to do with each other. */

class Explorer {
  constructor(map, run) {
    this.map = map;
    this.run = run;
    this.stop = () => {};
    const go = (index) => this.visit(index);
    this.legend = new Legend(run, byId("classes"), () => this.redraw());
    this.coloring = new Coloring(run, this.legend, () => map.repaint());
    this.finder = new Finder(run, () => map.repaint(), go);
    this.region = new RegionPanel(map, run, go);
    this.views = new Views(map, run, () => this.#look());
    this.scene = new Scene(map, run, this.views, this);
    const isChanged = run.encode && run.isDrawn; // where pictures are only dots, none of them is
    this.through = isChanged ? new Bench(map, run, () => this.mark(), go) : new NearestPicture(map, run);
    this.own = run.encode && new OwnPicture(map, run, () => this.mark());
    this.misplaced = run.misplaced && new Misplaced(map, run, this.legend, () => this.mark(), (code) => this.point(code));
    this.axes = new Axes(run, (numbers) => this.views.along(numbers), (code) => this.point(code));
    this.drawn = new Drawn(map, run);
    this.#listen();
    if (run.isConditional) this.#offerClasses();
    showParts(run, this.scene.territories);
    this.axes.measure();
    this.visit(firstVisible(run));
  }

  #listen() {
    const { map, scene } = this;
    map.onPoint = (place) => this.showPoint(place);
    map.onLed = (place) => this.misplaced?.follow(place);
    map.onPins = () => this.#pinned();
    map.onView = () => {
      byId("zoom-whole").disabled = map.isWhole;
      scene.move();
    };
    map.onRegion = (region) => this.region.show(region, scene.places, scene.shown());
    byId("zoom-in").addEventListener("click", () => map.zoomBy(KEY_ZOOM, map.point));
    byId("zoom-out").addEventListener("click", () => map.zoomBy(1 / KEY_ZOOM, map.point));
    byId("zoom-whole").addEventListener("click", () => map.showWhole());
  }

  /** Let the reader choose the class in which is drawn, and in which pictures of their own are seen. */
  #offerClasses() {
    byId("label").append(...this.run.classNames.map((name, label) => new Option(name, label)));
    byId("label").addEventListener("change", ({ target }) => {
      this.run.label = Number(target.value);
      this.show({});
    });
  }

  /** Go to a picture: the point is its code, and so is the slice that the map shows of many numbers. */
  visit(index) {
    this.point(this.run.codes[index]);
    this.through.choose(index);
  }

  /** Pin pictures, by their index, or codes. */
  pinAll(wanted) {
    const { map, run } = this;
    const pinned = (one) => (Number.isInteger(one) ? { index: one, code: run.codes[one] } : { code: one });
    map.pins = wanted.slice(0, 2).map((one) => ({ ...pinned(one), place: map.space.project(pinned(one).code) }));
    this.drawn.showPath();
  }

  colorBy(kind) {
    if (!this.coloring.take(kind)) throw new RangeError(kind);
    this.map.repaint();
  }

  hide(labels) {
    this.legend.hidden = new Set(labels);
    this.redraw();
  }

  /** Go to a code. */
  point(code) {
    this.#cutAt(code);
    this.map.follow(this.map.space.project(code));
  }

  /** Let the map show the slice through a code. */
  #cutAt(code) {
    if (this.run.latent < 3) return;
    this.views.go(code);
    this.scene.look();
    this.map.repaint();
  }

  #pinned() {
    this.drawn.showPath();
    const chosen = this.map.pins.at(-1)?.index;
    if (chosen === undefined) return;
    this.#cutAt(this.run.codes[chosen]);
    this.through.choose(chosen);
  }

  /** The map has other axes, or shows another view. */
  #look() {
    this.scene.lookElsewhere();
    for (const pin of this.map.pins) pin.place = this.map.space.project(pin.code);
    if (this.map.region) this.map.clearRegion();
    this.redraw();
  }

  /**
   * Show the pictures at other `codes`, and what other networks make of them: those of another moment, or of
   * another training. What is not given stays as it is. Map and point follow at once, the rest step by step.
   */
  show({ codes, encode, decode, spread }) {
    const { run, map } = this;
    if (codes) run.codes = codes;
    if (encode) run.encode = encode;
    if (decode) run.decode = timed(decode);
    if (spread) run.spread = spread;
    this.coloring.measure();
    this.views.grid.begin(map);
    this.scene.measure();
    this.showPoint(map.point);
    map.repaint();
    this.stop();
    this.stop = inFramesAfterNext(this.#rest(), () => {}, PATIENCE);
  }

  /** What is shown beside the map, as steps. */
  *#rest() {
    const { run, map, scene } = this;
    if (run.isDrawn && run.decode) yield* judging(run);
    yield () => {
      showParts(run, scene.territories);
      this.coloring.measure();
      map.repaint();
    };
    yield () => this.through.redraw();
    yield () => this.own?.redraw();
    yield () => this.misplaced?.redraw();
    yield () => this.axes.measure();
    yield () => this.drawn.showPath();
    yield () => scene.look();
  }

  showPoint(place) {
    const { map, run, scene } = this;
    const code = map.space.lift(place);
    byId("point").textContent = pointText(code);
    this.axes.show(code);
    this.drawn.show(code);
    const index = scene.nearest(place);
    byId("near").textContent = index < 0 || run.isKnown ? "" : `near ${run.names[index]}`;
    this.through.follow(index);
    this.mark();
  }

  /** What lies over the map besides point and pins. */
  mark() {
    const { isGrid } = this.views;
    const { marks, places } = this.scene;
    const own = [...this.through.marks(places, isGrid), ...(this.own?.marks(isGrid) ?? [])];
    this.map.marks = [...(this.misplaced?.marks() ?? []), ...marks, ...own];
    this.map.draw();
  }

  redraw() {
    this.scene.measure();
    this.legend.dress();
    this.axes.dress(this.views.numbers);
    this.through.redraw();
    this.own?.redraw();
    this.misplaced?.redraw();
    this.showPoint(this.map.point);
    this.drawn.showPath();
    this.map.repaint();
  }
}
