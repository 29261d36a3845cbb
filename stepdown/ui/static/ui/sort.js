// Makes the headings of a table sort it: <th data-sort="text"> or "number". A cell may carry data-value. Without this
// script the table keeps the order of the server, which is by what needs someone.

import { say } from "./say.js";

const value = (row, index, kind) => {
  const cell = row.cells[index];
  const said = cell?.dataset.value ?? cell?.textContent.trim() ?? "";
  return kind === "number" ? Number.parseFloat(said.replace(/[^\d.-]/g, "")) : said.toLocaleLowerCase();
};

function compare(a, b) {
  const missing = (one) => one === "" || Number.isNaN(one);
  if (missing(a) || missing(b)) return missing(a) - missing(b);
  return typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang, { numeric: true });
}

export function start(table) {
  const body = table.tBodies[0];
  const first = [...body.rows];
  const undo = [];

  for (const heading of table.querySelectorAll("thead th[data-sort]")) {
    const name = heading.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => sort(heading, name));
    heading.replaceChildren(button);
    undo.push(() => heading.replaceChildren(name));
  }

  function sort(heading, name) {
    const kind = heading.dataset.sort;
    const upward = heading.getAttribute("aria-sort") === "ascending" || (kind === "number" && !heading.hasAttribute("aria-sort"));
    const turn = upward ? -1 : 1;
    const rows = first.filter((row) => row.isConnected);
    rows.sort((a, b) => {
      const [left, right] = [value(a, heading.cellIndex, kind), value(b, heading.cellIndex, kind)];
      const order = compare(left, right);
      return left === "" || right === "" || Number.isNaN(left) || Number.isNaN(right) ? order : turn * order;
    });
    body.append(...rows);
    table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", upward ? "descending" : "ascending");
    const words = kind === "number" ? ["lowest first", "highest first"] : ["a to z", "z to a"];
    say(`sorted by ${name.toLocaleLowerCase()}, ${words[upward ? 1 : 0]}`);
  }
  return () => undo.forEach((act) => act());
}
