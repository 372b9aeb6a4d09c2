"use strict";
/* What the map shows of a run: its pictures at their codes over their territories, or what the decoder draws. */

class Scene {
  /** `views` say which of the two it is; the parts of the page how each picture looks. */
  constructor(map, run, views, { legend, coloring, finder }) {
    Object.assign(this, { map, run, views, legend });
    this.looks = {
      hides: (index) => legend.hides(index),
      colorOf: (index) => coloring.colorOf(index),
      isFound: (index) => finder.isFound(index),
    };
    this.pictures = new (run.isDrawn ? Glyphs : map.oneLine ? Strip : Dots)(map, run);
    const hasTerritories = run.isDrawn && run.isKnown && run.decode;
    this.territories = hasTerritories ? new Territories(run, () => map.repaint()) : null;
    map.onPaint = (context) => this.#paint(context);
    map.snap = (pin) => (views.isGrid ? pin : this.pictures.snap(pin));
    this.measure();
    this.look();
  }

  #paint(context) {
    const { map, views } = this;
    if (views.isGrid) return void views.grid.paint(context, map);
    this.territories?.paint(context, map);
    this.pictures.paint(context, this.looks);
  }

  /** Take places and marks as they are by now; they stay until the view, the codes or the legend change. */
  measure() {
    const { run, views, map } = this;
    this.places = run.codes.map((code) => map.space.project(code));
    if (!views.isGrid) this.pictures.places = this.places;
    const generated = run.generated.map((code) => ({ place: map.space.project(code), kind: "generated", text: "+" }));
    this.marks = [...generated, ...(views.isGrid ? [] : this.pictures.marks(this.legend))];
  }

  /** Find the territories of other networks, or of another slice. */
  look() {
    this.territories?.begin(this.map);
  }

  /** The same on other axes, on which what was seen means nothing. */
  lookElsewhere() {
    this.territories?.forget();
    this.look();
  }

  /** Another part of the map is seen. */
  move() {
    if (this.views.isGrid) this.views.grid.move(this.map);
    else this.territories?.move(this.map);
  }

  /** The picture nearest to a place, −1 if all are hidden. */
  nearest(place) {
    return nearestOnMap(this.map, this.places, place, this.looks.hides);
  }

  /** The pictures that are not hidden. */
  shown() {
    return [...this.run.codes.keys()].filter((index) => !this.looks.hides(index));
  }
}
