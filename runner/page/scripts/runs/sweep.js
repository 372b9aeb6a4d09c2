"use strict";
/* Puts the page of a sweep or a comparison together. */

function showSweep({ settings, runs, maps, colors, curves }) {
  const parts = { "settings-part": settings.rows, "maps-part": maps, "curves-part": curves?.lines ?? [] };
  for (const [id, content] of Object.entries(parts)) byId(id).hidden = content.length === 0;
  new RunTable(settings, { table: "settings", more: "settings-more", columns: "settings-columns" });
  const ids = { table: "runs", more: "runs-more", columns: "runs-columns", found: "found" };
  const table = new RunTable(runs, ids, 2 * FIRST_ROWS);
  byId("find").addEventListener("input", ({ target }) => table.find(target.value));
  if (maps.length) new LinkedMaps(maps, colors, byId("maps"), byId("marked"));
  if (curves) new LinkedCurves(curves, byId("curves"), byId("curve-run"));
}

showSweep(JSON.parse(byId("run").textContent));
