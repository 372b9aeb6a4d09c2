"use strict";
/* The run with its arrays as numbers and its networks as functions, null for one that is not there. */

async function unpackRun(packedRun) {
  const [pixels, numbers] = await Promise.all([unpack(packedRun.pixels), unpack(packedRun.codes)]);
  const [encoder, decoder, spread] = await Promise.all(
    [packedRun.encoder, packedRun.decoder, packedRun.spread && [packedRun.spread]].map(unpackLayers),
  );
  const [size, latent] = [packedRun.pixels.shape[1], packedRun.codes.shape[1]];
  const run = {
    ...packedRun,
    label: 0, // of the class in which networks that are given one draw
    pixels,
    latent,
    codes: packedRun.names.map((_, index) => row(numbers, index, latent)),
    likeness: new Likeness(pixels, size, packedRun.isBinary),
    picture: (index) => fromBytes(row(pixels, index, size), 0, 1),
    layers: { encoder, decoder, spread },
    misplaced: packedRun.misplaced && (await unpackMisplaced(packedRun.misplaced)),
  };
  const networks = asFunctions(run.layers, run);
  return Object.assign(run, networks, { decode: networks.decode && timed(networks.decode) });
}

/** The misplaced pictures one by one: each with its code, the `best` one, and the `nats` that it loses. */
async function unpackMisplaced(facts) {
  const [pixels, codes, best] = await Promise.all([facts.pixels, facts.codes, facts.best].map(unpack));
  const [size, latent] = [facts.pixels.shape[1], facts.codes.shape[1]];
  return facts.names.map((name, index) => ({
    ...{ name, nats: facts.nats[index], label: facts.classes[index] },
    ...{ picture: fromBytes(row(pixels, index, size), 0, 1) },
    ...{ code: row(codes, index, latent), best: row(best, index, latent) },
  }));
}

/** Steps after which errors and wrong pixels are those of the pictures as they are drawn by now. */
function* judging(run) {
  const [errors, wrong] = [[], []];
  for (const [index, code] of run.codes.entries()) {
    yield () => {
      const [drawn, picture] = [run.decode(code, run.classes[index]), run.picture(index)];
      errors.push(squaredError(drawn, picture));
      if (run.wrong) wrong.push(differingPixels(drawn, picture));
    };
  }
  yield () => Object.assign(run, { errors }, run.wrong && { wrong });
}

/** The first picture on which there is something to be seen. */
function firstVisible(run) {
  const isVisible = (_, index) => new Set(run.picture(index)).size > 1;
  return Math.max(run.names.findIndex(isVisible), 0);
}
