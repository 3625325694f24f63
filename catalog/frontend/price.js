// An open page of a listing follows its price: it asks now and then (a 304 costs nothing), and when the
// price has changed it takes those parts from a fresh page. Without it the page is as it was loaded.
import { lookAgain } from "../../core/frontend/_look_again.js";

const EVERY_MS = 10_000;
const SLOWEST_MS = 120_000;

const shown = () => document.querySelector("[data-price-state]");

async function takeNews() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelectorAll("[data-fresh]");
  document.querySelectorAll("[data-fresh]").forEach((part, place) => {
    const news = fresh[place];
    if (!news) return;
    part.replaceChildren(...news.childNodes);
    if (news.dataset.price) part.dataset.price = news.dataset.price;
  });
}

async function look() {
  const answer = await fetch(shown().dataset.priceState, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const { price_vnd, on_sale } = await answer.json();
  if (`${price_vnd}-${Number(on_sale)}` !== shown().dataset.price) await takeNews();
}

lookAgain({ look, everyMs: () => EVERY_MS, slowestMs: SLOWEST_MS });
