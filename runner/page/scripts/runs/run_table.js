"use strict";
/* A table of runs: sorted by the heading that is clicked, a part of its rows and columns at a time. */

const FIRST_ROWS = 10;
const MORE_ROWS = 200;

class RunTable {
  /** `data` has a header, rows, links of the first cells, `few` columns, and perhaps those of a range. */
  constructor(data, ids, first = FIRST_ROWS) {
    this.data = data;
    this.table = byId(ids.table);
    [this.more, this.columns, this.found] = [byId(ids.more), byId(ids.columns), ids.found && byId(ids.found)];
    this.order = [...data.rows.keys()];
    this.most = first;
    this.sorted = null;
    this.isWhole = data.few.length === data.header.length;
    this.columns.hidden = this.isWhole;
    this.more.addEventListener("click", () => {
      this.most += MORE_ROWS;
      this.draw();
    });
    this.columns.addEventListener("click", () => {
      this.isWhole = !this.isWhole;
      this.columns.setAttribute("aria-pressed", this.isWhole);
      this.draw();
    });
    this.draw();
  }

  /** Only rows with a cell that has the text. */
  find(text) {
    const wanted = text.trim().toLowerCase();
    const has = (cell) => cell !== null && String(cell).toLowerCase().includes(wanted);
    this.order = [...this.data.rows.keys()].filter((row) => !wanted || this.data.rows[row].some(has));
    if (this.found) this.found.textContent = wanted ? `${this.order.length.toLocaleString("en")} found` : "";
    if (this.sorted) this.#order();
    this.draw();
  }

  /** A second time turns the direction round. */
  sort(column) {
    const isAgain = this.sorted?.column === column && this.sorted.sign === 1;
    this.sorted = { column, sign: isAgain ? -1 : 1 };
    this.#order();
    this.draw();
  }

  #order() {
    const { column, sign } = this.sorted;
    const { rows } = this.data;
    this.order.sort((one, other) => compareCells(rows[one][column], rows[other][column], sign) || one - other);
  }

  get #shownColumns() {
    return this.isWhole ? [...this.data.header.keys()] : this.data.few;
  }

  draw() {
    const columns = this.#shownColumns;
    const shown = this.order.slice(0, this.most);
    const head = node("thead", {}, [node("tr", {}, columns.map((column) => this.#heading(column)))]);
    const body = shown.map((row) => node("tr", {}, columns.map((column) => this.#cell(row, column))));
    this.table.replaceChildren(head, node("tbody", {}, body));
    const left = this.order.length - shown.length;
    this.more.hidden = left === 0;
    this.more.textContent = `${Math.min(left, MORE_ROWS).toLocaleString("en")} more of ${left.toLocaleString("en")}`;
  }

  #heading(column) {
    const button = node("button", { type: "button" }, [this.data.header[column]]);
    button.addEventListener("click", () => this.sort(column));
    const cell = node("th", { scope: "col" }, [button]);
    cell.classList.toggle("number", typeof this.data.rows[0]?.[column] === "number");
    if (this.sorted?.column === column) cell.ariaSort = this.sorted.sign === 1 ? "ascending" : "descending";
    return cell;
  }

  #cell(row, column) {
    const value = this.data.rows[row][column];
    const text = cellText(value);
    const cell = node("td", {}, column === 0 ? linked(text, this.data.links[row]) : [text]);
    if (typeof value === "number") cell.classList.add("number");
    if (this.data.range?.[0] === column) cell.append(this.#bar(row));
    return cell;
  }

  /** The mean of a setting and its range over the seeds, beside those of all others. */
  #bar(row) {
    const values = this.data.range.map((column) => this.data.rows[row][column]);
    this.scale ??= this.#scale();
    const [mean, low, high] = values.map((value) => `${(100 * this.scale(value)).toFixed(1)}%`);
    const bar = node("span", { class: "range", "aria-hidden": "true" });
    bar.style.cssText = `--mean: ${mean}; --low: ${low}; --high: ${high}`;
    return bar;
  }

  #scale() {
    const [, lowest, highest] = this.data.range;
    const low = Math.min(...this.data.rows.map((row) => row[lowest]));
    const high = Math.max(...this.data.rows.map((row) => row[highest]));
    const bend = low > 0 ? Math.log : (value) => value;
    return (value) => (high > low ? (bend(value) - bend(low)) / (bend(high) - bend(low)) : 0);
  }
}

/** The name of a run that leads to its page, or says that there is none. */
function linked(name, link) {
  return link ? [node("a", { href: link }, [name])] : [name, node("span", { class: "note" }, [" has no page"])];
}

/** Numbers before texts before empty cells, whatever the direction; within each kind by value. */
function compareCells(one, other, sign) {
  const kinds = [one, other].map(cellKind);
  if (kinds[0] !== kinds[1]) return kinds[0] - kinds[1];
  if (kinds[0] === 0) return sign * (one - other);
  return sign * String(one).localeCompare(String(other), undefined, { numeric: true });
}

function cellKind(value) {
  if (typeof value === "number") return 0;
  return value === null ? 2 : 1;
}

/** Whole numbers as they are, others with four digits. */
function cellText(value) {
  if (value === null) return "–";
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value)) return value.toLocaleString("en");
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(2).replace("-", "−");
  return Number(value.toPrecision(4)).toLocaleString("en", { maximumSignificantDigits: 4 });
}

function node(name, attributes, children = []) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
