const pixels = await FileAttachment("reconstructions.csv").csv({typed: true});
