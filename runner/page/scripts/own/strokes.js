"use strict";
/* Strokes on the canvas of the reader's own picture. */

/** Draw on a canvas with pointer or touch, or with the arrow keys and Space. */
function listenToStrokes(canvas, own) {
  const [rows, columns] = own.run.cell;
  const pointOf = (event) => {
    const box = canvas.getBoundingClientRect();
    const share = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    return [share[0] * columns, share[1] * rows];
  };
  const pixelOf = ([x, y]) =>
    clamp(Math.floor(y), 0, rows - 1) * columns + clamp(Math.floor(x), 0, columns - 1);
  const begin = (point) => new Stroke(own.picture, own.run.cell, own.tools.brushAt(pixelOf(point)));
  let stroke = null;
  const goOn = (point) => {
    stroke.to(point);
    own.take(stroke.picture);
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    stroke = begin(pointOf(event));
    own.cursor = pixelOf(pointOf(event));
    goOn(pointOf(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (stroke && event.isPrimary) goOn(pointOf(event));
  });
  for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, () => (stroke = null));
  canvas.addEventListener("keydown", (event) => {
    const [column, line] = [own.cursor % columns, Math.floor(own.cursor / columns)];
    const arrow = ARROWS[event.key];
    if (!arrow && event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (!arrow) {
      const dab = begin([column + 0.5, line + 0.5]);
      dab.to([column + 0.5, line + 0.5]);
      own.take(dab.picture);
      return void own.moveCursor(own.cursor);
    }
    const next = [(column + arrow[0] + columns) % columns, (line - arrow[1] + rows) % rows];
    own.moveCursor(next[1] * columns + next[0]);
  });
  for (const type of ["focus", "blur"]) canvas.addEventListener(type, () => own.redraw());
}
