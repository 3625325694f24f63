// A changed number of packs is sent by itself; the "Đổi" buttons are for pages without scripts.
import { freshPage, swapIn } from "./_swap.js";

const PAUSE_MS = 400;
let timer = 0;

function hideButtons() {
  for (const button of document.querySelectorAll("[data-cart-apply]")) button.hidden = true;
}

async function send(form) {
  const body = new URLSearchParams(new FormData(form));
  swapIn(await freshPage(form.action, { method: "POST", body }));
  hideButtons();
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-cart-line]");
  if (!form?.checkValidity()) return;
  clearTimeout(timer);
  timer = setTimeout(() => send(form).catch(() => form.submit()), PAUSE_MS);
});

hideButtons();
