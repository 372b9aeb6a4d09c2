"use strict";
/* Sorts the table of a sweep by the column whose heading is clicked; a second click turns it round. */

function sortTable(table) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    heading.querySelector("button").addEventListener("click", () => {
      const direction = heading.ariaSort === "ascending" ? "descending" : "ascending";
      const sign = direction === "ascending" ? 1 : -1;
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", direction);
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => compareCells(a.cells[column], b.cells[column], sign));
      table.tBodies[0].append(...rows);
    });
  });
}

/** Numbers before texts before empty cells, whatever the direction; within each kind by value. */
function compareCells(one, other, sign) {
  const kinds = [one, other].map(cellKind);
  if (kinds[0] !== kinds[1]) return kinds[0] - kinds[1];
  if (kinds[0] === 0) return sign * (Number(one.dataset.number) - Number(other.dataset.number));
  return sign * one.textContent.localeCompare(other.textContent, undefined, { numeric: true });
}

function cellKind(cell) {
  if ("number" in cell.dataset) return 0;
  return cell.textContent === "–" ? 2 : 1;
}

sortTable(document.getElementById("runs"));
