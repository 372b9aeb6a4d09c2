"use strict";
/* Axes as numbers: from values to shares of a side and back, and where their ticks stand. */

const FEW_DECADES = 2.5;
const PLAIN = [1e-3, 1e5]; // within these, numbers are written without a power of ten
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function linearScale(low, high, isWhole = false) {
  return {
    share: (value) => (value - low) / (high - low),
    value: (share) => low + share * (high - low),
    ticks: (count) => linearTicks(low, high, count, isWhole),
  };
}

function logarithmicScale(low, high) {
  const [start, end] = [low, high].map(Math.log10);
  return {
    share: (value) => (Math.log10(value) - start) / (end - start),
    value: (share) => 10 ** (start + share * (end - start)),
    ticks: (count) => logarithmicTicks(low, high, count),
  };
}

/** About `count` round values from `low` to `high`, 1, 2 or 5 times a power of ten apart. */
function linearTicks(low, high, count, isWhole = false) {
  const step = Math.max(roundStep((high - low) / count), isWhole ? 1 : 0);
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, i) => tick((first + i) * step, step, largest));
}

/** Of few decades round values, of more powers of ten. */
function logarithmicTicks(low, high, count) {
  const decades = Math.log10(high / low);
  if (decades < 1) return linearTicks(low, high, count).filter(({ value }) => value > 0);
  const factors = decades < FEW_DECADES ? [1, 2, 5] : [1];
  const step = decades < FEW_DECADES ? 1 : Math.ceil(decades / count);
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    if (power % step !== 0) continue;
    for (const factor of factors) {
      const value = factor * 10 ** power;
      if (value >= low && value <= high) found.push(tick(value, value, value));
    }
  }
  return found;
}

/** The smallest of … 0.1, 0.2, 0.5, 1, 2, 5, 10 … that is not below `step`. */
function roundStep(step) {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= step * (1 - 1e-9));
}

/** A tick and its text: with the digits that tell it from one a `step` away, on an axis up to `largest`. */
function tick(value, step, largest) {
  if (Math.abs(value) < step / 2) return { value, text: "0" };
  if (largest < PLAIN[0] || largest >= PLAIN[1]) return { value, text: powerText(value, step) };
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return { value, text: value.toFixed(digits).replace("-", "−") };
}

/** `10⁻⁵`, `2·10⁶`, `−1.25·10⁷`. */
function powerText(value, step) {
  const power = Math.floor(Math.log10(Math.abs(value)) + 1e-9);
  const digits = Math.max(0, power - Math.floor(Math.log10(step) + 1e-9));
  const factor = (value / 10 ** power).toFixed(digits);
  const raised = String(Math.abs(power)).replace(/\d/g, (digit) => SUPERSCRIPTS[digit]);
  const ten = `10${power < 0 ? "⁻" : ""}${raised}`;
  return (factor === "1" ? ten : `${factor}·${ten}`).replace("-", "−");
}

/** A number above 0 with so many digits that count, in full unless it is very small. */
function roundedText(value, digits) {
  if (value < PLAIN[0]) return value.toPrecision(digits);
  return value.toLocaleString("en", { maximumSignificantDigits: digits });
}
