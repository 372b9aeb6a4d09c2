Plot.plot({
  aspectRatio: 1,
  padding: 0.04,
  axis: null,
  fx: {axis: "top", label: null, domain: [...new Set(pixels.map((d) => d.kind))]},
  color: {scheme: "greys", reverse: $reverse, domain: [0, 1], legend: true, label: "value of a pixel"},
  marks: [
    Plot.cell(pixels.filter((d) => d.index === chosen), {
      x: "column",
      y: "row",
      fill: "value",
      fx: "kind",
      inset: 0.5,
      tip: true
    })
  ]
})
