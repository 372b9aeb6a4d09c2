"use strict";
/*
 * Pictures as pixels on a canvas: values 0…1, whose `form` is their cell (rows, columns, and in colour 3), and
 * whether 1 is ink.
 */

const PARTING_LINE = "#80808033"; // between large pixels of any colour, by day and by night

/** The colours of the values 0 and 1: paper and ink; or where 0 is black and 1 is white, dark and light. */
function pictureColors(isInk) {
  const paperAndInk = [color("--paper"), color("--ink")];
  return isInk || DARK.matches ? paperAndInk : paperAndInk.reverse();
}

/** The level of a channel of a pixel: in colour its own, in grey between those of two colours. */
function levelsOf(values, { cell, isInk }, [none, full]) {
  if (cell.length < 3) return (pixel, c) => none[c] + values[pixel] * (full[c] - none[c]);
  return (pixel, c) => 255 * (isInk ? 1 - values[3 * pixel + c] : values[3 * pixel + c]);
}

// One canvas for all pictures that are on their way to another one: to make one takes longer than to draw on it.
const SHEET = new OffscreenCanvas(1, 1).getContext("2d");

/**
 * A picture on the sheet, one pixel for each of its own, with a `margin` in the first of the colours around it;
 * a grey one in two colours and those between.
 */
function onSheet(values, form, colors = pictureColors(form.isInk), margin = 0) {
  const [rows, columns] = form.cell;
  const level = levelsOf(values, form, colors.map(channels));
  const image = new ImageData(columns, rows);
  for (let i = 0; i < rows * columns; i++) {
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = level(i, c);
    image.data[4 * i + 3] = 255;
  }
  resize(SHEET.canvas, columns + 2 * margin, rows + 2 * margin);
  SHEET.fillStyle = colors[0];
  if (margin) SHEET.fillRect(0, 0, columns + 2 * margin, rows + 2 * margin);
  SHEET.putImageData(image, margin, margin);
  return SHEET.canvas;
}

/** The same as an image of its own. */
function pictureImage(...picture) {
  return onSheet(...picture).transferToImageBitmap();
}

const IMAGES = new WeakMap();

/** The same, kept for the next time that these very values are drawn. */
function keptImage(values, form) {
  const kept = IMAGES.get(values);
  if (kept?.isDark === DARK.matches) return kept.image;
  const image = pictureImage(values, form);
  IMAGES.set(values, { image, isDark: DARK.matches });
  return image;
}

/** Draw `values` (rows × columns), stretched to a size, at a place of a canvas. */
function paintPixels(context, values, form, [left, top], [width, height]) {
  context.imageSmoothingEnabled = false;
  context.drawImage(onSheet(values, form), left, top, width, height);
}

/** Fill a canvas with a picture, as sharp as the screen allows; fine lines part large pixels. */
function drawPicture(canvas, values, form) {
  const [rows, columns] = form.cell;
  const scale = Math.max(1, Math.floor((sizeOf(canvas)[0] * devicePixelRatio) / columns));
  resize(canvas, columns * scale, rows * scale);
  const context = canvas.getContext("2d");
  paintPixels(context, values, form, [0, 0], [canvas.width, canvas.height]);
  if (scale < 8) return;
  context.fillStyle = PARTING_LINE;
  for (let x = 1; x < columns; x++) context.fillRect(x * scale, 0, 1, canvas.height);
  for (let y = 1; y < rows; y++) context.fillRect(0, y * scale, canvas.width, 1);
}

/** Outline one pixel of a picture on a canvas that `drawPicture` has filled. */
function outlinePixel(canvas, index, [rows, columns], variable) {
  const [width, height] = [canvas.width / columns, canvas.height / rows];
  const context = canvas.getContext("2d");
  context.strokeStyle = color(variable);
  context.lineWidth = Math.max(2, width / 8);
  const inset = context.lineWidth / 2;
  const [left, top] = [(index % columns) * width, Math.floor(index / columns) * height];
  context.strokeRect(left + inset, top + inset, width - 2 * inset, height - 2 * inset);
}
