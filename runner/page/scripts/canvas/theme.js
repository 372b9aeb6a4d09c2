"use strict";
/* The colours of style.css, which follow the light or dark mode of the reader, for charts and canvases. */

const DARK = matchMedia("(prefers-color-scheme: dark)");
const READABLE_CONTRAST = 3;

const byId = (id) => document.getElementById(id);

const COLORS = new Map();

/** What `find` finds, kept under a name as long as it stays light or dark. */
function keptColor(name, find) {
  if (COLORS.isDark !== DARK.matches) {
    COLORS.clear();
    COLORS.isDark = DARK.matches;
  }
  if (!COLORS.has(name)) COLORS.set(name, find());
  return COLORS.get(name);
}

/** The value of a colour variable of style.css, `#rrggbb`. */
function color(variable) {
  return keptColor(variable, () => getComputedStyle(document.documentElement).getPropertyValue(variable).trim());
}

/** Red, green and blue of `#rrggbb`. */
function channels(hex) {
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
}

/** A colour between two, `#rrggbb`: `share` 0 is the first, 1 the second. */
function mix(first, second, share) {
  const [from, to] = [channels(first), channels(second)];
  const mixed = from.map((value, i) => Math.round(value + share * (to[i] - value)));
  return "#" + mixed.map((value) => value.toString(16).padStart(2, "0")).join("");
}

/** A colour as it is, or with so much of the ink in it that it stands out from its background. */
function readable(base, background, ink) {
  for (let share = 0; share < 1; share += 0.1) {
    const mixed = mix(base, ink, share);
    if (contrast(mixed, background) >= READABLE_CONTRAST) return mixed;
  }
  return ink;
}

/** A colour of a class, as it stands out from the surface of the page. */
function onSurface(base) {
  if (!DARK.matches) return base;
  return keptColor(base, () => readable(base, color("--surface"), color("--ink")));
}

/** The colour for a share of a scale, from 0 to 1. */
function tint(share) {
  const level = Math.round(share * 255);
  return keptColor(level, () => mix(color("--accent"), color("--missed"), level / 255));
}

/** The contrast of two colours as WCAG 2 defines it, 1…21. */
function contrast(one, other) {
  const [dark, light] = [one, other].map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex) {
  const [red, green, blue] = channels(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
