"use strict";

// Sorting and filtering of the list of matches. Without this script the whole list is shown as it is.
(() => {
  const STEP = 200;
  const body = document.querySelector("#list tbody");
  const rows = Array.from(body.rows);
  const find = document.querySelector("#find");
  const pool = document.querySelector("#pool");
  const outcome = document.querySelector("#outcome");
  const shown = document.querySelector("#shown");
  const more = document.querySelector("#more");
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  let limit = STEP;

  function matches(row) {
    return texts.get(row).includes(find.value.trim().toLowerCase())
      && (pool.value === "" || row.dataset.pool === pool.value)
      && (outcome.value === "" || row.dataset.outcome === outcome.value);
  }

  function draw() {
    let found = 0;
    for (const row of rows) {
      const fits = matches(row);
      found += fits ? 1 : 0;
      row.hidden = !fits || found > limit;
    }
    shown.textContent = `${Math.min(found, limit)} of ${found}`;
    more.hidden = found <= limit;
  }

  function restart() {
    limit = STEP;
    draw();
  }

  function compare(column, numeric) {
    return (one, other) => {
      const [a, b] = [one.cells[column].textContent.trim(), other.cells[column].textContent.trim()];
      return numeric ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
    };
  }

  function sortBy(header) {
    const descending = header.getAttribute("aria-sort") === "ascending";
    for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const order = compare(header.cellIndex, !header.classList.contains("text"));
    rows.sort((one, other) => (descending ? order(other, one) : order(one, other)));
    body.append(...rows);
    restart();
  }

  for (const button of document.querySelectorAll("#list thead button")) {
    button.disabled = false;
    button.addEventListener("click", () => sortBy(button.parentElement));
  }
  for (const field of [find, pool, outcome]) field.addEventListener("input", restart);
  document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => { limit += STEP; draw(); });
  document.querySelector(".filters").hidden = false;
  draw();
})();
