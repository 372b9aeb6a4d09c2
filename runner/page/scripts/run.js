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
    picture: (index) => Float64Array.from(row(pixels, index, size), (value) => value / 255),
    layers: { encoder, decoder, spread },
  };
  const networks = asFunctions(run.layers, run);
  return Object.assign(run, networks, { decode: networks.decode && timed(networks.decode) });
}

/** The first picture on which there is something to be seen. */
function firstVisible(run) {
  const isVisible = (_, index) => new Set(run.picture(index)).size > 1;
  return Math.max(run.names.findIndex(isVisible), 0);
}
