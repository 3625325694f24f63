// "Báo cho tôi": this device is asked for leave after a tap and never before, and can be switched off.
// The panel is the server's; whatever changes, the fresh one is taken from the page that answers.
import { newClientId } from "../../core/frontend/_client_id.js";

const WORKER = "/n/worker.js";

function canPush() {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

function rawKey(base64url) {
  const base64 = base64url.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

// A worker is asked to subscribe once it is active.
async function active(registration) {
  const worker = registration.installing || registration.waiting;
  if (registration.active || !worker) return registration;
  await new Promise((resolve) => {
    worker.addEventListener("statechange", () => worker.state === "activated" && resolve());
  });
  return registration;
}

async function subscription(key) {
  const { pushManager } = await active(await navigator.serviceWorker.register(WORKER));
  const asked = { userVisibleOnly: true, applicationServerKey: rawKey(key) };
  try {
    return await pushManager.subscribe(asked);
  } catch (error) {
    // Asked for with another key before: the market was set up anew.
    const before = await pushManager.getSubscription();
    if (!before) throw error;
    await before.unsubscribe();
    return pushManager.subscribe(asked);
  }
}

async function send(panel, address, fields) {
  const body = new URLSearchParams({ client_id: newClientId(), ...fields });
  const answer = await fetch(address, { method: "POST", body, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-push]");
  if (fresh) panel.replaceWith(fresh);
}

async function switchOn(panel) {
  const { push, pushLang } = panel.dataset;
  const { endpoint, keys } = (await subscription(push)).toJSON();
  await send(panel, "/account/push", { endpoint, p256dh: keys.p256dh, auth: keys.auth, lang: pushLang });
}

async function switchOff(panel) {
  const registration = await navigator.serviceWorker?.getRegistration("/n/");
  const known = await registration?.pushManager.getSubscription();
  await known?.unsubscribe();
  await send(panel, "/account/push/off", {});
}

function say(panel, word) {
  const said = panel.querySelector("[data-push-said]");
  if (!said) return;
  said.textContent = said.dataset[word];
  said.hidden = false;
}

async function tapped(button) {
  const panel = button.closest("[data-push]");
  button.disabled = true;
  try {
    if ((await Notification.requestPermission()) === "granted") await switchOn(panel);
    else say(panel, "refused");
  } catch {
    say(panel, "failed");
  }
  button.disabled = false;
}

export function offerPush() {
  if (!canPush()) return;
  document.documentElement.dataset.canPush = "";
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-push-on]");
    if (button) tapped(button);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-push-off]");
    if (!form) return;
    event.preventDefault();
    switchOff(form.closest("[data-push]")).catch(() => form.submit());
  });
}
