// Keeps this page on the device: a worker that opens it without a network, and the browser's own offer to
// install it, shown as a button once the browser makes one.
const WORKER = "/receipts/worker.js";

export function keepHere({ kept, offer }) {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register(WORKER).then(() => navigator.serviceWorker.ready).then(kept, () => {});
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
