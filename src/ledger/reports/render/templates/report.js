"use strict";
const table = document.getElementById("list");
const bodies = Array.from(table.tBodies);
const heads = bodies.map((body) => body.querySelector(".u"));
const rows = bodies.flatMap((body) => Array.from(body.rows)).filter((row) => !heads.includes(row));
const folded = new Set();
const own = (body) => rows.filter((row) => row.parentNode === body);
let wanted = "";
const show = () => bodies.forEach((body, at) => {
  const head = heads[at];
  for (const row of own(body)) row.hidden = wanted ? !row.textContent.toLowerCase().includes(wanted) : folded.has(body);
  if (!head) return;
  head.hidden = Boolean(wanted) && own(body).every((row) => row.hidden);
  head.querySelector("button").setAttribute("aria-expanded", String(Boolean(wanted) || !folded.has(body)));
});
heads.forEach((head, at) => {
  if (!head) return;
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.cells[0].childNodes);
  head.cells[0].append(button);
  folded.add(bodies[at]);
  button.addEventListener("click", () => {
    if (!folded.delete(bodies[at])) folded.add(bodies[at]);
    show();
  });
});
show();
document.querySelector(".tools").hidden = false;
document.getElementById("filter").addEventListener("input", (event) => {
  wanted = event.target.value.trim().toLowerCase();
  show();
});
const value = (row, column) => {
  const cell = row.cells[column];
  return "v" in cell.dataset ? Number(cell.dataset.v) : cell.textContent.trim();
};
Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
  if (rows.length && rows[0].cells[column].querySelector("svg")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    rows.sort((a, b) => {
      const [x, y] = [value(a, column), value(b, column)];
      const order = typeof x === "number" ? x - y : x.localeCompare(y);
      return up ? order : -order;
    });
    for (const body of bodies) body.append(...own(body));
  });
});
