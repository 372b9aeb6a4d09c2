Plot.plot({
  color: {legend: lines.length > 1},
  y: {type: "$scale", grid: true, label: "$unit", tickFormat: "~g"},
  marks: lines.map(({name, value}) =>
    Plot.lineY(metrics, {
      x: "epoch",
      y: value,
      stroke: () => name,
      marker: metrics.length > 60 ? "none" : "dot",
      tip: true
    })
  )
})
