// Lists: rows change in place, new ones announce themselves, and the keyboard walks (j, k, Enter, /).
"use strict";
(() => {
  const table = document.querySelector("#reports");
  const news = document.querySelector("#news");
  const live = document.querySelector("#live");
  const unseen = new Set();
  let wanted = new Set();
  let timer = null;

  async function renew() {
    timer = null;
    const jobs = [...wanted].slice(0, 200);
    wanted = new Set();
    const answer = await fetch(`/documents/rows?jobs=${jobs.join(",")}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    for (const row of made.content.querySelectorAll("tr")) {
      const old = document.getElementById(row.id);
      if (!old) continue;
      row.classList.toggle("at", old.classList.contains("at"));
      old.replaceWith(row);
    }
  }

  function moved(changes) {
    for (const [job] of changes) {
      if (document.getElementById(`r-${job}`)) wanted.add(job);
      else if (!table || !known(job)) unseen.add(job);
    }
    if (wanted.size && timer === null) timer = setTimeout(renew, 250);
    if (unseen.size && news) {
      news.textContent = `${unseen.size} 份新报告 ↑`;
      news.hidden = false;
    }
  }

  // a job that moves on another page of the list is no news: only those that arrive are
  const known = (job) => !arrived.has(job);
  const arrived = new Set();
  live?.addEventListener("moved", (event) => {
    const changes = JSON.parse(event.detail.data);
    for (const [job, state] of changes) if (state === "queued" || state === "extract" || !table) arrived.add(job);
    moved(changes);
  });
  live?.addEventListener("resync", () => { if (news) { news.textContent = "列表有变化，刷新 ↑"; news.hidden = false; } });

  let at = -1;
  function walk(step) {
    const rows = [...document.querySelectorAll("tr[data-job]")];
    if (!rows.length) return;
    rows[at]?.classList.remove("at");
    at = Math.min(Math.max(at + step, 0), rows.length - 1);
    rows[at].classList.add("at");
    rows[at].scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, button, summary")) return;
    if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "Enter" && !event.target.closest("a")) document.querySelector("tr.at a")?.click();
    else if (event.key === "/") document.querySelector("#q")?.focus();
    else return;
    event.preventDefault();
  });

  for (const all of document.querySelectorAll("[data-all]")) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of document.querySelectorAll(`input[name="${all.dataset.all}"]`)) box.checked = all.checked;
    });
  }
})();
