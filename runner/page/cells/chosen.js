Plot.plot({
  width: Math.min(640, 170 * kinds.length),
  aspectRatio: 1,
  padding: 0,
  round: false,
  axis: null,
  fx: {axis: "top", label: null, domain: kinds, tickFormat: words, padding: 0.1},
  color: {$color},
  marks: [
    Plot.cell(pixels.filter((d) => d.index === chosen), {
      x: "column",
      y: "row",
      fill: "$fill",
      fx: "kind",
      inset: -0.2,
      tip: true
    }),
    Plot.frame({stroke: "#ccc"})
  ]
})
