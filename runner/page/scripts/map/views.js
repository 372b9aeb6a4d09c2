"use strict";
/*
 * What the map shows: the pictures of the set or what the decoder draws everywhere, along which axes, and of
 * more than two numbers through which code.
 */

class Views {
  /** `onChange` is called when places mean other codes. */
  constructor(map, run, onChange) {
    Object.assign(this, { map, run, onChange });
    this.isGrid = false;
    this.numbers = null; // of the two axes; null for the plane of the run
    this.through = Array(run.latent).fill(0);
    this.grid = new DecodedGrid(run, () => map.repaint());
    run.coarse = (code) => this.grid.near(code);
    byId("show-pictures").addEventListener("click", () => this.show(false));
    byId("show-grid").addEventListener("click", () => this.show(true));
    this.#settle();
  }

  get plane() {
    return this.numbers ? coordinatePlane(this.numbers, this.run.latent) : this.run.plane;
  }

  /** Show the pictures of the set, or what the decoder draws everywhere. */
  show(asGrid) {
    this.isGrid = asGrid;
    // Shares of a prior are those of single numbers.
    const { varied } = this.run.region;
    if (asGrid && varied && this.run.latent > 2) this.numbers ??= varied;
    byId("show-pictures").setAttribute("aria-pressed", !asGrid);
    byId("show-grid").setAttribute("aria-pressed", asGrid);
    byId("grid-help").hidden = !asGrid;
    for (const id of ["coloring", "classes", "legend"]) byId(id).hidden = asGrid;
    this.change();
  }

  /** Let the two axes be those of two numbers, null for the plane of the run. */
  along(numbers) {
    this.numbers = numbers;
    if (!numbers && this.isGrid && this.run.region.varied) return void this.show(false);
    this.change();
  }

  /** Look at other codes of the same map: the slice through `code`. */
  go(code) {
    this.through = code;
    this.map.space = this.#space();
    this.grid.begin(this.map);
  }

  /** Show the whole of the map as it is to be by now; the point keeps its code. */
  change() {
    const { map } = this;
    this.through = map.space.lift(map.point);
    this.#settle();
    map.moveTo(map.space.project(this.through));
    this.onChange();
  }

  #settle() {
    const { map } = this;
    map.space = this.#space();
    map.chart.labels = this.#labels();
    map.show(this.#ranges());
    this.grid.begin(map);
  }

  #prior() {
    const { quantiles, varied } = this.run.region;
    return this.isGrid && quantiles ? { quantiles, varied: this.numbers ?? varied } : null;
  }

  #space() {
    const prior = this.#prior();
    if (prior) return priorSpace(prior.quantiles, prior.varied, this.through);
    return sliceSpace(this.plane, this.through);
  }

  #labels() {
    const prior = this.#prior();
    if (prior) return prior.varied.map((number) => `share of the normal below z${number + 1}`).concat("").slice(0, 2);
    return this.plane.labels;
  }

  #ranges() {
    const { run } = this;
    const isRegion = this.isGrid && (run.region.quantiles || !this.numbers);
    if (isRegion) return run.region.ranges;
    const misplaced = (run.misplaced ?? []).flatMap(({ code, best }) => [code, best]);
    return extentOf([...run.codes, ...misplaced].map((code) => project(this.plane, code)), run.latent === 1);
  }
}
