const chosen = view(Inputs.select(new Map(pixels.map((d) => [$called, d.index])), {label: "$Noun"}));
