Plot.dot(shown, {
  x: "x",
  y: "y",
  r: $radius,
  fill: (d) => String(d.class_name),
  fillOpacity: 0.7,
  tip: true,
  title: $tip
}),
