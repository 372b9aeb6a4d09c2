const metrics = await FileAttachment("metrics.csv").csv({typed: true});
const lines = [
$lines
];
