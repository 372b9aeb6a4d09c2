Plot.dot(shown, {
  x: "x",
  y: "y",
  r: $radius,
  fill: "error",
  tip: true,
  title: $tip
}),
