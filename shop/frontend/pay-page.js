// The pay page turns by itself: it asks for the order's state (a 304 costs nothing), and when that
// has changed it takes the fresh page in. It also counts down. Without it the page reloads itself.
import { lookAgain } from "../../core/frontend/_look_again.js";
import { offerPush } from "./_push.js";
import { freshPage, swapIn } from "./_swap.js";

const SLOWEST_MS = 30_000;
const SOON_MS = 3 * 60_000;

const shown = () => document.querySelector("[data-pay]");
const skewMs = Number(shown().dataset.now) - Date.now();

const twoDigits = (number) => String(number).padStart(2, "0");

function asClock(ms) {
  const seconds = Math.ceil(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${twoDigits(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}

function countDown() {
  for (const place of document.querySelectorAll("[data-countdown]")) {
    const leftMs = Math.max(0, Number(place.dataset.countdown) - Date.now() - skewMs);
    const text = asClock(leftMs);
    if (place.textContent !== text) place.textContent = text;
    place.toggleAttribute("data-soon", leftMs < SOON_MS);
  }
}

function land() {
  const stamp = document.querySelector("[data-stamp]");
  if (stamp) stamp.dataset.landing = "";
  document.querySelector("[data-pay-said]").textContent = document.querySelector("h1").textContent;
  scrollTo({ top: 0, behavior: "smooth" });
  navigator.vibrate?.(80);
}

async function takeNews() {
  swapIn(await freshPage(location.href));
  countDown();
  land();
}

async function look() {
  const { stateUrl, version } = shown().dataset;
  const answer = await fetch(stateUrl, { credentials: "same-origin", cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const news = await answer.json();
  if (news.version !== version) await takeNews();
}

offerPush();
setInterval(countDown, 500);
countDown();
// Coming back from the bank's app is the moment to look at once.
lookAgain({ look, everyMs: () => Number(shown().dataset.pollMs), slowestMs: SLOWEST_MS });
