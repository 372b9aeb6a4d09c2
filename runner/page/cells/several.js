Plot.plot({
  aspectRatio: 1,
  marginLeft: 80,
  axis: null,
  fx: {axis: "top", label: "$part$noun"},
  fy: {axis: "left", label: null, domain: [...new Set(pixels.map((d) => d.kind))]},
  color: {scheme: "greys", reverse: $reverse, domain: [0, 1]},
  marks: [
    Plot.cell(pixels.filter((d) => first.includes(d.index)), {
      x: "column",
      y: "row",
      fill: "value",
      fx: "index",
      fy: "kind",
      inset: -0.3
    })
  ]
})
