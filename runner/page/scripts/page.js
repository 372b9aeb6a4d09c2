"use strict";
/* Puts a page together. */

async function explore(packedRun) {
  const run = await unpackRun(packedRun);
  const oneLine = run.latent === 1;
  const space = sliceSpace(run.plane, Array(run.latent).fill(0));
  const ranges = extentOf(run.codes.map((code) => space.project(code)), oneLine);
  const map = new LatentMap(byId("map"), { space, oneLine, ranges, labels: run.plane.labels });
  const explorer = new Explorer(map, run);
  const redraw = () => explorer.redraw();
  redraw();
  DARK.addEventListener("change", redraw);
  new ResizeObserver(redraw).observe(document.body);
  explorer.curve = await LearningCurve.embed(run.curve, byId("curve"));
  explorer.training = await showTraining(run, explorer);
  explorer.time = await showTime(run, explorer);
  explorer.saving = new Saving(explorer);
  explorer.address = new Address(explorer);
  return explorer;
}

const ready = explore(JSON.parse(byId("run").textContent));
