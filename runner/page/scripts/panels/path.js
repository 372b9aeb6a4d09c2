"use strict";
/* The way between two pins. */

/** Show the pictures between two pins, or none: `drawStep(canvas, code)` returns a caption. */
function showPath(map, strip, hint, drawStep) {
  const codes = map.pins.length === 2 ? withPointsBetween(...map.pins.map(({ code }) => code)) : [];
  map.path = codes.map((code) => map.space.project(code));
  hint.hidden = codes.length > 0;
  const canvases = codes.map(() => document.createElement("canvas"));
  const captions = codes.map(() => document.createElement("figcaption"));
  strip.replaceChildren(
    ...canvases.map((canvas, step) => {
      const figure = document.createElement("figure");
      figure.append(canvas, captions[step]);
      return figure;
    }),
  );
  // In the page by now, so that a canvas knows its size.
  const drawOne = (code, step) => () => (captions[step].textContent = drawStep(canvases[step], code));
  inFrames(codes.map(drawOne), () => {});
}
