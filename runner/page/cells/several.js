Plot.plot({
  aspectRatio: 1,
  padding: 0,
  round: false,
  axis: null,
  fx: {padding: 0.1},
  fy: {domain: kinds, padding: 0.1},
  color: {$color},
  marks: [
    Plot.axisFy({anchor: "left", marginLeft: 80, label: null, tickFormat: words}),
    Plot.axisFx({label: null, tickFormat: (index) => names.get(index), lineWidth: 8, textOverflow: "ellipsis"}),
    Plot.cell(pixels.filter((d) => first.includes(d.index)), {
      x: "column",
      y: "row",
      fill: "$fill",
      fx: "index",
      fy: "kind",
      inset: -0.3
    }),
    Plot.frame({stroke: "#ccc"})
  ]
})
