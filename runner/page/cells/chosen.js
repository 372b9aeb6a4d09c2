Plot.plot({
  width: Math.min(640, 170 * kinds.length),
  aspectRatio: 1,
  padding: 0,
  round: false,
  axis: null,
  fx: {axis: "top", label: null, domain: kinds, tickFormat: words, padding: 0.1},
  color: {scheme: "greys", reverse: $reverse, domain: [0, 1], legend: true, label: "value of a pixel"},
  marks: [
    Plot.cell(pixels.filter((d) => d.index === chosen), {
      x: "column",
      y: "row",
      fill: "value",
      fx: "kind",
      inset: -0.2,
      tip: true
    }),
    Plot.frame({stroke: "#ccc"})
  ]
})
