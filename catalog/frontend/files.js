// Tables in: how much of a file has been sent, how many rows are ticked, and a button that prints.
//
// All of it works without this script; what it adds is numbers while one waits.

import { fill } from "../../core/frontend/_say.js";

function showChosen(form) {
  const file = form.elements.file;
  const name = form.querySelector("[data-file-name]");
  const size = form.querySelector("[data-file-size]");
  const [usualName, usualSize] = [name.textContent, size.textContent];
  file.addEventListener("change", () => {
    const one = file.files[0];
    name.textContent = one ? one.name : usualName;
    size.textContent = one ? `${Math.max(1, Math.round(one.size / 1024)).toLocaleString("vi")} KB` : usualSize;
    form.querySelector(".files-drop").toggleAttribute("data-chosen", Boolean(one));
  });
}

// The answer is a page either way: the preview, or this page with what is wrong, which is shown here so that
// the file stays chosen.
function show(request) {
  if (request.status < 400) {
    location.assign(request.responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const told = page.querySelector("main .status-bad") ?? page.querySelector("main h1");
  document.querySelector("main .status-bad")?.remove();
  document.querySelector(".files-cards").before(told);
  told.scrollIntoView({ block: "center" });
}

function send(form, event) {
  event.preventDefault();
  const box = form.querySelector("[data-progress]");
  const text = box.querySelector("[data-progress-text]");
  const buttons = document.querySelectorAll("[form=send], #send button");
  const request = new XMLHttpRequest();
  const busy = (on) => {
    for (const button of buttons) button.disabled = on;
  };
  request.upload.addEventListener("progress", (at) => {
    const percent = Math.round((100 * at.loaded) / at.total);
    box.querySelector("progress").value = percent;
    const [n, all] = [at.loaded, at.total].map((bytes) => Math.ceil(bytes / 1024).toLocaleString("vi"));
    text.textContent = percent < 100 ? fill(text.dataset.sending, { n, all }) : text.dataset.reading;
  });
  request.addEventListener("load", () => {
    busy(false);
    box.hidden = true;
    show(request);
  });
  request.addEventListener("error", () => {
    busy(false);
    text.textContent = text.dataset.failed;
  });
  box.hidden = false;
  busy(true);
  request.open("POST", form.action);
  request.send(new FormData(form));
}

function countRows(form) {
  const rows = [...form.querySelectorAll("input[name=row]")];
  const all = form.querySelector("[data-all]");
  const buttons = document.querySelectorAll("[data-write]");
  const ticked = () => rows.filter((row) => row.checked).length;
  const tell = () => {
    const n = ticked();
    for (const button of buttons) {
      button.textContent = fill(button.dataset.words, { n });
      button.disabled = n === 0;
    }
    all.querySelector("input").checked = n === rows.length;
    all.querySelector("input").indeterminate = n > 0 && n < rows.length;
  };
  all.hidden = rows.length < 2;
  all.addEventListener("change", () => {
    for (const row of rows) row.checked = all.querySelector("input").checked;
    tell();
  });
  form.addEventListener("change", tell);
  form.addEventListener("submit", () => {
    const n = ticked();
    for (const button of buttons) {
      button.textContent = fill(button.dataset.busy, { n });
      button.setAttribute("aria-disabled", "true");
    }
  });
  tell();
}

function start() {
  const form = document.querySelector("[data-send-table]");
  if (form) {
    showChosen(form);
    form.addEventListener("submit", (event) => send(form, event));
  }
  const rows = document.querySelector("[data-write-rows]");
  if (rows) countRows(rows);
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
}

start();
