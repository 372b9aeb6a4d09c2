const names = new Map(pixels.map((d) => [d.index, String(d.name)]));
const first = [...names.keys()].slice(0, 6);
