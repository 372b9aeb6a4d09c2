Plot.dot(shown, {
  x: "x",
  y: "y",
  r: $radius,
  fill: (d) => (d.wrong_pixels ? "#D55E00" : "#0072B2"),
  symbol: (d) => (d.wrong_pixels ? "with wrong pixels" : "learned"),
  tip: true,
  title: $tip
}),
