Plot.text(shown, {
  x: "x",
  y: "y",
  text: (d) => String(d.$name),
  dy: -10,
  fontSize: 14
})
