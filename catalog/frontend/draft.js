// A listing being written: what is typed is kept by itself a moment later, and what the server says of it
// (the price per kilo, the market's) stands beside it. Without it the step's own button keeps everything.
const PAUSE_MS = 500;
const RETRY_MS = 4000;

const form = document.querySelector("[data-draft]");
const saved = document.querySelector("[data-saved]");
const beside = document.querySelector("[data-beside]");
let timer = 0;
let asked = 0;

function typed() {
  const fields = new URLSearchParams(new FormData(form));
  fields.delete("client_id");
  return fields;
}

async function keep() {
  asked += 1;
  const mine = asked;
  const answer = await fetch(form.dataset.draft, {
    method: "POST",
    body: typed(),
    credentials: "same-origin",
  });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const told = await answer.text();
  if (mine !== asked) return;
  if (beside) beside.replaceChildren(...new DOMParser().parseFromString(told, "text/html").body.childNodes);
  saved.textContent = saved.dataset.savedWords;
}

function later(ms) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    keep().catch(() => {
      saved.textContent = saved.dataset.unsavedWords;
      later(RETRY_MS);
    });
  }, ms);
}

form.addEventListener("input", () => later(PAUSE_MS));
form.addEventListener("submit", () => clearTimeout(timer));

// A kind says what it is usually counted in; whoever means otherwise changes it after.
form.addEventListener("change", (event) => {
  const unit = event.target.dataset?.unit;
  const counted = unit && form.querySelector(`[name="base_unit"][value="${unit}"]`);
  if (counted) counted.checked = true;
});

const picks = document.querySelector("[data-word-picks]");
if (picks) {
  picks.hidden = false;
  picks.addEventListener("click", (event) => {
    const word = event.target.closest("[data-word]")?.dataset.word;
    if (!word) return;
    form.elements.unit_word.value = word;
    form.elements.pack.focus();
    later(0);
  });
}
