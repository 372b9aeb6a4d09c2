"use strict";
/* What is said of a training on the page. */

const COLLAPSED = 0.01; // nats of KL below which codes tell nothing, as latent/codes.py has it
const SAME = "Same pictures, same initial weights, double precision: the steps that Python takes with config.json.";

/** What is as in the run, and what is not. */
function comparisonText(laboratory) {
  const remarks = [...laboratory.remarks(), ...laboratory.facts.remarks];
  return [laboratory.isExact ? SAME : "", ...remarks].filter(Boolean).join(" ");
}

/** How a descent ended. */
function endingOf({ isLost, told }) {
  if (isLost) return "It diverged: a smaller learning rate may help";
  return told.kl < COLLAPSED ? "Collapsed: the codes tell the decoder nothing" : "Finished";
}

/** The two parts of −ELBO, and what KL weighs in what is trained; less than 0.001 nats are none. */
function partsText({ reconstruction, kl, weight }) {
  const [drawn, told] = [reconstruction, kl].map((nats) => (nats < 1e-3 ? "0" : roundedText(nats, 3)));
  const weighs = weight === 1 ? "" : `, which weighs ${roundedText(weight, 2)}`;
  return ` nats: reconstruction ${drawn} + KL ${told}${weighs}`;
}
