// Lists: rows change in place, new ones announce themselves, and the keyboard walks (j, k, Enter, /).
"use strict";
(() => {
  const table = document.querySelector("#reports");
  const news = document.querySelector("#news");
  const live = document.querySelector("#live");
  const shown = (job) => document.getElementById(`r-${job}`);
  const unseen = new Set();
  const mine = new Set();
  const isFirst = news && !table && document.querySelector(".teach"); // nothing is listed yet: nothing can be pushed down
  let wanted = new Set();
  let timer = null;

  function ask(job) {
    wanted.add(job);
    timer ??= setTimeout(renew, 250);
  }
  async function renew() {
    timer = null;
    const jobs = [...wanted].slice(0, 200);
    wanted = new Set();
    const answer = await fetch(`/documents/rows?jobs=${jobs.join(",")}`);
    if (!answer.ok) return;
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    for (const row of made.content.querySelectorAll("tr")) place(row);
  }
  function place(row) {
    const old = document.getElementById(row.id);
    if (old) {
      row.classList.toggle("at", old.classList.contains("at"));
      old.replaceWith(row);
    } else if (!table) {
      location.reload(); // the first report: the page has no list yet
    } else {
      row.classList.add("fresh");
      table.tBodies[0].prepend(row);
      setTimeout(() => row.classList.remove("fresh"), 2000);
    }
  }
  function announce(text) {
    if (!news) return;
    news.textContent = text;
    news.hidden = false;
  }

  // a row that stands here changes in place; one's own upload joins the list; others are announced and push nothing
  live?.addEventListener("moved", (event) => {
    for (const [job, state] of JSON.parse(event.detail.data)) {
      if (shown(job) || mine.has(job) || isFirst) ask(job);
      else if (state === "queued" || state === "extract" || !table) unseen.add(job);
    }
    if (unseen.size) announce(`${unseen.size} 份新报告 ↑`);
  });
  live?.addEventListener("resync", () => announce("列表有变化，刷新 ↑"));
  document.addEventListener("uploaded", (event) => {
    mine.add(event.detail);
    unseen.delete(event.detail);
    if (news && !unseen.size) news.hidden = true;
    ask(event.detail);
  });

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
