// Files dropped anywhere on a page: a bar for each, one after the other, then its row appears by the live stream.
"use strict";
(() => {
  const drop = document.querySelector("#drop");
  const list = document.querySelector("#uploads");
  const token = document.querySelector('meta[name="csrf"]').content;
  const waiting = [];
  let busy = 0;
  const AT_ONCE = 2;

  const visible = (name) =>
    name.replace(/[\p{C}\u2028\u2029]/gu, (c) => `‹U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}›`);
  function line(name) {
    const made = document.createElement("p");
    const label = document.createElement("a");
    const state = document.createElement("span");
    const bar = document.createElement("progress");
    label.textContent = visible(name);
    label.title = label.textContent;
    state.textContent = "等待";
    bar.max = 1;
    bar.value = 0;
    made.append(label, state, bar);
    list.append(made);
    list.hidden = false;
    return { label, state, bar };
  }
  // through the dashboard, or straight to the store with a form that the dashboard has signed for this one key
  async function send(file, prefix, view) {
    const request = new XMLHttpRequest();
    let body = file;
    if (list.hasAttribute("data-direct")) {
      const signed = await sign(file, prefix);
      if (!signed.form) return fail(view, signed.trouble);
      body = new FormData();
      for (const [name, value] of Object.entries(signed.form.fields)) body.append(name, value);
      body.append("file", file);
      request.open("POST", signed.form.url);
    } else {
      request.open("PUT", `/upload?${new URLSearchParams({ name: file.name, prefix })}`);
      request.setRequestHeader("X-CSRF-Token", token);
      request.setRequestHeader("Content-Type", "application/octet-stream");
    }
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      view.bar.value = event.loaded / event.total;
      view.state.textContent = `${Math.round((100 * event.loaded) / event.total)}%`;
    });
    request.addEventListener("loadend", () => {
      const ok = request.status === 201;
      const trouble = list.hasAttribute("data-direct") ? "存储没有接收：文件可能为空或超过 100 MB" : request.responseText;
      view.state.textContent = ok ? "✓ 已收到" : `✕ ${(request.status && trouble) || "没有连上，请重试"}`;
      view.state.className = ok ? "w-passed" : "w-error";
      if (ok) {
        view.bar.value = 1;
        if (!list.hasAttribute("data-direct")) tell_job(view, JSON.parse(request.responseText).job);
      }
      busy -= 1;
      next();
    });
    request.send(body);
  }
  function tell_job(view, job) {
    view.label.href = `/documents/${job}`;
    document.dispatchEvent(new CustomEvent("uploaded", { detail: job }));
  }
  async function sign(file, prefix) {
    try {
      const answer = await fetch("/upload/form", {
        method: "POST", headers: { "X-CSRF-Token": token }, body: new URLSearchParams({ name: file.name, prefix }),
      });
      return answer.ok ? { form: await answer.json() } : { trouble: await answer.text() };
    } catch {
      return { trouble: "没有连上，请重试" };
    }
  }
  function fail(view, trouble) {
    view.state.textContent = `✕ ${trouble}`;
    view.state.className = "w-error";
    busy -= 1;
    next();
  }
  function next() {
    while (busy < AT_ONCE && waiting.length) {
      busy += 1;
      send(...waiting.shift());
    }
    const done = !busy && !list.querySelector(".w-error");
    if (done) setTimeout(() => { if (!busy) { list.hidden = true; list.replaceChildren(); } }, 8000);
  }
  function take(files, prefix) {
    for (const file of files) waiting.push([file, prefix, line(file.name)]);
    next();
  }

  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  document.addEventListener("dragenter", (event) => { if (hasFiles(event)) { depth += 1; drop.hidden = false; event.preventDefault(); } });
  document.addEventListener("dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
  document.addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) { depth = 0; drop.hidden = true; } });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    drop.hidden = true;
    take(event.dataTransfer.files, document.querySelector("#prefix")?.value ?? "");
  });
  const form = document.querySelector("#upload");
  // a browser's own file button speaks the browser's language; ours stands before it where scripts run
  const picked = document.querySelector("#picked");
  const tell = () => {
    const names = [...form.files.files].map((file) => visible(file.name));
    picked.lastElementChild.textContent = names.length > 3 ? `已选 ${names.length} 份：${names.slice(0, 3).join("、")} 等` : names.join("、") || "还没有选择";
  };
  if (picked) {
    picked.hidden = false;
    form.files.classList.add("unseen");
    form.files.tabIndex = -1;
    picked.firstElementChild.addEventListener("click", () => form.files.click());
    form.files.addEventListener("change", tell);
  }
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    take(form.files.files, form.prefix.value);
    form.files.value = "";
    tell();
  });
  list?.addEventListener("click", (event) => {
    if (event.target.closest("a")) return;
    if (!busy) { list.hidden = true; list.replaceChildren(); } });
})();
