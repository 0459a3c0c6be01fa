// One report: the hint beside a cell, the cells of a broken identity lighting up together, arrows walking the table.
"use strict";
(() => {
  const hint = document.createElement("div");
  hint.className = "hint";
  hint.hidden = true;
  hint.setAttribute("role", "tooltip");
  document.body.append(hint);
  const cells = [...document.querySelectorAll("td.figure")];
  for (const cell of cells) {
    cell.dataset.hint = cell.title;
    cell.removeAttribute("title");
  }

  let shown = null;
  function show(cell) {
    shown = cell;
    hint.hidden = !cell;
    if (!cell) return;
    hint.textContent = cell.dataset.hint;
    const box = cell.getBoundingClientRect();
    const under = box.bottom + 6 + hint.offsetHeight < innerHeight;
    hint.style.left = `${Math.max(8, Math.min(box.left, innerWidth - hint.offsetWidth - 12))}px`;
    hint.style.top = `${under ? box.bottom + 6 : box.top - hint.offsetHeight - 6}px`;
  }
  function light(anchors) {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (const anchor of anchors) {
      document.getElementById(anchor)?.classList.add("lit");
      for (const cell of cells) if (cell.dataset.findings?.split(" ").includes(anchor)) cell.classList.add("lit");
    }
  }
  function enter(event) {
    const cell = event.target.closest?.("td.figure");
    const finding = event.target.closest?.("[data-finding]");
    if (cell) { show(cell); light(cell.dataset.findings ? cell.dataset.findings.split(" ") : []); }
    else { show(null); light(finding ? [finding.dataset.finding] : []); }
  }
  document.addEventListener("mouseover", enter);
  document.addEventListener("focusin", enter);
  document.addEventListener("scroll", () => show(shown), { passive: true, capture: true });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-cell]");
    const cell = link && document.getElementById(link.dataset.cell);
    if (cell) {
      event.preventDefault();
      cell.scrollIntoView({ block: "center" });
      cell.focus({ preventScroll: true });
      history.replaceState(null, "", `#${cell.id}`);
      return;
    }
    const anchor = event.target.closest("td.figure[data-findings]")?.dataset.findings.split(" ")[0];
    const finding = anchor && document.getElementById(anchor);
    if (finding) {
      for (let box = finding; box; box = box.parentElement?.closest("details")) box.open = true;
      finding.scrollIntoView({ block: "nearest" });
    }
  });

  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  document.addEventListener("keydown", (event) => {
    const cell = document.activeElement?.closest("td.figure");
    if (!cell || !steps[event.key]) return;
    const [down, right] = steps[event.key];
    const rows = [...cell.closest("tbody").rows].map((row) => [...row.cells].filter((c) => c.matches("td.figure")));
    const line = rows.findIndex((row) => row.includes(cell));
    let next = line + down;
    while (down && rows[next] && !rows[next].length) next += down;
    const target = down ? rows[next]?.[Math.min(rows[line].indexOf(cell), rows[next].length - 1)] : rows[line][rows[line].indexOf(cell) + right];
    if (target) { target.focus(); event.preventDefault(); }
  });

  // while this report is worked on its timeline grows; when the work ends, what came out is shown
  const progress = () => document.querySelector("#progress");
  const isSettled = () => progress()?.hasAttribute("data-settled");
  let wasUnderWay = !isSettled();
  document.querySelector("#live")?.addEventListener("moved", (event) => {
    const job = progress()?.dataset.job;
    if (JSON.parse(event.detail.data).some(([other]) => other === job)) {
      wasUnderWay = true;
      htmx.trigger(progress(), "renew");
    }
  });
  document.body.addEventListener("htmx:after:swap", () => {
    if (wasUnderWay && isSettled()) location.reload();
  });
})();
