const codes = await FileAttachment("latent.csv").csv({typed: true});
const step = Math.ceil(codes.length / $most);
const shown = codes.filter((d, i) => i % step === 0);
