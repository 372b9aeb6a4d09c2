"use strict";
/* Maps of several runs side by side: what is pointed at in one of them is marked in all. */

const MAP_SIZE = 300;
const MAP_MARGIN = 14;
const MAP_STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

class LinkedMaps {
  constructor(maps, colors, element, output) {
    this.output = output;
    this.colors = colors;
    this.classes = [...new Set(maps.flatMap((map) => map.classes ?? []))].sort();
    this.maps = maps.map((map) => this.#built(map));
    element.replaceChildren(...this.maps.map((map) => map.figure));
  }

  #built(map) {
    const picture = shape("svg", { viewBox: `0 0 ${MAP_SIZE} ${MAP_SIZE}`, tabindex: "0", role: "application" });
    picture.setAttribute("aria-label", `Map of ${map.run} ${map.label}`);
    const spots = spotsOf(map.places);
    const ring = shape("circle", { r: 11, class: "ring" });
    picture.append(...spots.map((spot, index) => this.#point(map, index, spot)), ring);
    const words = [map.label, cellText(map.error)].filter(Boolean).join(" · ");
    const name = map.link ? node("a", { href: map.link }, [map.run]) : node("b", {}, [map.run]);
    const caption = node("figcaption", {}, [name, ` ${words}`]);
    const built = { ...map, spots, ring, figure: node("figure", {}, [picture, caption]), at: 0 };
    built.rows = new Map(map.keys.map((key, index) => [key, index]));
    this.#listen(picture, built);
    return built;
  }

  #point({ names, classes }, index, [x, y]) {
    if (names) {
      const label = shape("text", { x, y });
      label.textContent = names[index];
      return label;
    }
    const dot = shape("circle", { cx: x, cy: y, r: 2.2 });
    const place = Math.max(this.classes.indexOf(classes?.[index]), 0);
    dot.style.fill = readable(this.colors[place % this.colors.length], color("--surface"), color("--ink"));
    return dot;
  }

  #listen(picture, map) {
    const nearest = (event) => {
      const box = picture.getBoundingClientRect();
      const scale = MAP_SIZE / box.width;
      return nearestSpot(map.spots, [scale * (event.clientX - box.left), scale * (event.clientY - box.top)]);
    };
    picture.addEventListener("pointermove", (event) => this.mark(map, nearest(event)));
    picture.addEventListener("click", (event) => {
      this.mark(map, nearest(event));
      // A finger that only looks should stay on the page.
      if (event.pointerType !== "touch") follow(map.link);
    });
    picture.addEventListener("keydown", (event) => {
      if (event.key === "Enter") follow(map.link);
      const step = MAP_STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      this.mark(map, (map.at + step + map.keys.length) % map.keys.length);
    });
  }

  /** Mark the picture `index` of a map in all of them. */
  mark(map, index) {
    const key = map.keys[index];
    let count = 0;
    for (const other of this.maps) {
      const row = other.rows.get(key);
      other.ring.classList.toggle("shown", row !== undefined);
      if (row === undefined) continue;
      count += 1;
      other.at = row;
      [other.ring.cx.baseVal.value, other.ring.cy.baseVal.value] = other.spots[row];
    }
    const name = map.names?.[index] ?? map.classes?.[index] ?? "";
    this.output.textContent = `${name || "this picture"}, in ${count} of ${this.maps.length}`;
  }
}

/** Go to the page of a run, if it has one. */
function follow(link) {
  if (link) location.href = link;
}

/** Spots on a square map of places; where all lie on a line, the line is in the middle. */
function spotsOf(places) {
  const ranges = [0, 1].map((axis) => {
    const values = places.map((place) => place[axis]);
    return [Math.min(...values), Math.max(...values)];
  });
  const share = (value, [low, high]) => (high > low ? (value - low) / (high - low) : 0.5);
  const length = MAP_SIZE - 2 * MAP_MARGIN;
  return places.map(([x, y]) => [
    MAP_MARGIN + share(x, ranges[0]) * length,
    MAP_MARGIN + (1 - share(y, ranges[1])) * length,
  ]);
}

function nearestSpot(spots, [x, y]) {
  let best = { index: 0, distance: Infinity };
  spots.forEach((spot, index) => {
    const distance = (spot[0] - x) ** 2 + (spot[1] - y) ** 2;
    if (distance < best.distance) best = { index, distance };
  });
  return best.index;
}

function shape(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
