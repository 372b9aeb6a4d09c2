const first = [...new Set(pixels.map((d) => d.index))].slice(0, 6);
