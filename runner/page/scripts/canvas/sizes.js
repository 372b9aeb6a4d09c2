"use strict";
/* How large things are on the page, in CSS pixels, and canvases of such sizes. */

const SIZES = new WeakMap();
const RESIZED = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    SIZES.set(target, [contentRect.width, contentRect.height].map(Math.round));
    if (!target.isConnected) RESIZED.unobserve(target);
  }
});

/** Width and height of an element without padding; the page is told of changes, and need not lay itself out for it. */
function sizeOf(element) {
  if (!SIZES.has(element)) {
    SIZES.set(element, [element.clientWidth, element.clientHeight]);
    RESIZED.observe(element);
  }
  return SIZES.get(element);
}

/** The context of a canvas that is empty and has a size in CSS pixels, in which places are told to it. */
function cleared(canvas, size) {
  const [width, height] = size.map((length) => Math.round(length * devicePixelRatio));
  resize(canvas, width, height);
  const context = canvas.getContext("2d");
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  return context;
}

/** Give a canvas a size; one that has it keeps what is drawn on it. */
function resize(canvas, width, height) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
