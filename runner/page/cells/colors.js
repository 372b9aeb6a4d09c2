const channels = await FileAttachment("reconstructions.csv").csv({typed: true});
const level = (d) => Math.round(255 * $level);
const pixels = Array.from({length: channels.length / 3}, (_, i) => ({
  ...channels[3 * i],
  color: "rgb(" + channels.slice(3 * i, 3 * i + 3).map(level) + ")"
}));
