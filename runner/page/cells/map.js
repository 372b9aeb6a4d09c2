Plot.plot({
  grid: true,
  height: 560,
  inset: 12,
$legends
  marks: [
$marks
  ]
})
