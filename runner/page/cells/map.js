Plot.plot({
  grid: true,
  height: 560,
  inset: 24,
$legends
  marks: [
$marks
  ]
})
