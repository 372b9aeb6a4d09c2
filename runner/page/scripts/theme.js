"use strict";
/* The colours of style.css, which follow the light or dark mode of the reader, for plots and canvases. */

const DARK = matchMedia("(prefers-color-scheme: dark)");
const READABLE_CONTRAST = 3;

const byId = (id) => document.getElementById(id);

/** The value of a colour variable of style.css, `#rrggbb`. */
function color(variable) {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
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

/** Give a Bokeh plot the colours of the page: its axes, its grid, and whatever its tags name. */
function dress(plot) {
  for (const axis of [...plot.below, ...plot.left]) {
    axis.major_label_text_color = color("--muted");
    axis.axis_label_text_color = color("--muted");
  }
  for (const grid of plot.center) {
    if ("grid_line_color" in grid) grid.grid_line_color = color("--line");
    dressTagged(grid);
  }
  for (const renderer of plot.renderers) dressTagged(renderer.glyph);
}

function dressTagged(model) {
  for (const properties of model.tags) {
    for (const [property, variable] of Object.entries(properties)) model[property] = color(variable);
  }
}

/** Put a Bokeh plot into an element, in the page's colours, now and when they change. */
async function embedPlot(item, element) {
  const views = await Bokeh.embed.embed_item(item, element);
  const view = views.roots[0];
  // A picture only: the page itself listens to pointer and keys.
  view.el.inert = true;
  dress(view.model);
  DARK.addEventListener("change", () => dress(view.model));
  return view;
}

/** A colour as it is, or with so much of the ink in it that it stands out from its background. */
function readable(base, background, ink) {
  for (let share = 0; share < 1; share += 0.1) {
    const mixed = mix(base, ink, share);
    if (contrast(mixed, background) >= READABLE_CONTRAST) return mixed;
  }
  return ink;
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
