Plot.text(shown, {
  x: "x",
  y: "y",
  text: (d) => String(d.$name).replace(/^digit (?=.)/, ""),
  dy: -10,
  fontSize: shown.length > 40 ? 10 : 14,
  fill: "black",
  stroke: "white"
})
