$read
const kinds = ["input", "noisy_input", "output", "test_input", "test_output"]
  .filter((kind) => pixels.some((d) => d.kind === kind));
const words = (kind) => kind.replace("_", " ");
