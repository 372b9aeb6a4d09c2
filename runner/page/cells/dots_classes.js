Plot.dot(shown, {
  x: "x",
  y: "y",
  r: $radius,
  fill: (d) => String(d.class_name),
  tip: true,
  title: $tip
}),
