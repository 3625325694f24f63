// Keeps this page on the device: a worker that opens it without a network, and the browser's own offer to
// install it, shown as a button once the browser makes one.
const WORKER = "/receipts/worker.js";

// Kept is kept only once the worker answers for this very page.
async function inCharge() {
  if (navigator.serviceWorker.controller) return;
  await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
}

export function keepHere({ kept, offer }) {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register(WORKER).then(inCharge).then(kept, () => {});
  let asked = null;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    asked = event;
    offer.hidden = false;
  });
  offer.addEventListener("click", () => {
    offer.hidden = true;
    asked?.prompt();
  });
}
