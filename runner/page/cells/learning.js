Plot.plot({
  color: {
    legend: lines.length > 1,
    domain: lines.map(({name}) => name),
    range: ["#8a8a8a", "#0072B2"].slice(-lines.length)
  },
  x: {tickFormat: (epoch) => (Number.isInteger(epoch) ? epoch.toLocaleString("en") : "")},
  y: {type: "$scale", grid: true, label: "$unit", tickFormat: "~g"},
  marks: lines.map(({name, value}) =>
    Plot.lineY(metrics.filter((d) => value(d) > 0), {
      x: "epoch",
      y: value,
      stroke: () => name,
      marker: metrics.length > 60 ? "none" : "dot",
      tip: true
    })
  )
})
