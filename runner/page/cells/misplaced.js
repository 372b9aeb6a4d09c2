Plot.arrow(codes.toSorted((one, other) => other.amortization_gap - one.amortization_gap).slice(0, $count), {
  x1: "x",
  y1: "y",
  x2: "best_z1",
  y2: "$up",
  title: $tip
}),
