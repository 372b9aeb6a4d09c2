"use strict";
/* Pictures on the map: each stands at its code, or beside it with a line to it where codes lie close. */

const TILE_GAP = 3; // CSS pixels
const CODE_RADIUS = 2;

/** Where pictures of one `size` stand whose codes are at some spots of a map. */
function placedTiles(spots, size, oneLine) {
  const box = size.map((length) => length + TILE_GAP);
  return spread(oneLine ? stacked(spots, box) : spots, box);
}

/**
 * Paint tiles of one `size`: each has an `image`, where it stands and the spot of its code (`at`), a `color`
 * or none, and may be missed or found.
 */
function paintTiles(context, tiles, size) {
  context.lineWidth = 1;
  for (const { at, spot, color: own } of tiles) {
    context.strokeStyle = context.fillStyle = own ?? color("--accent");
    strokeLine(context, at, spot);
    fillDot(context, at, CODE_RADIUS);
  }
  for (const tile of tiles) {
    drawSprite(context, tile.image, tile.spot, size);
    // Colour alone does not tell everybody which ones were missed.
    if (tile.isMissed) strokeTile(context, tile.spot, size, color("--missed"), 1, [4, 3]);
    if (tile.color) strokeTile(context, tile.spot, size, tile.color, 2);
    if (tile.isFound) strokeTile(context, tile.spot, size.map((side) => side + 6), color("--pin"), 3);
  }
}

function strokeTile(context, [x, y], [width, height], stroke, lineWidth, dash = []) {
  context.strokeStyle = stroke;
  context.lineWidth = lineWidth;
  context.setLineDash(dash);
  context.strokeRect(x - width / 2, y - height / 2, width, height);
  context.setLineDash([]);
}

function fillDot(context, [x, y], radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/** Which of tiles of one `size` lies at a spot: the one painted last; −1 for none. */
function tileAt(spots, [width, height], [x, y]) {
  return spots.findLastIndex(
    ([left, top]) => Math.abs(left - x) <= width / 2 + 1 && Math.abs(top - y) <= height / 2 + 1,
  );
}

/** The pin on the very code of a picture. */
function pinOn(index, places, run) {
  return { index, place: places[index], code: run.codes[index] };
}
