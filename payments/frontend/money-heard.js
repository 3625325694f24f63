// Shows a provider's test notice as soon as it is heard: asks for the page's list again while somebody looks.
import { lookAgain } from "../../core/frontend/_look_again.js";

const EVERY_MS = 4000;
const SLOWEST_MS = 60000;
const list = document.querySelector("[data-heard]");

async function look() {
  if (list.contains(document.activeElement) || list.querySelector("details[open]")) return;
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-heard]");
  if (fresh && fresh.textContent !== list.textContent) list.replaceChildren(...fresh.childNodes);
}

if (list?.querySelector(".money-silent")) {
  const everyMs = () => (list.querySelector(".money-silent") ? EVERY_MS : 0);
  lookAgain({ look, everyMs, slowestMs: SLOWEST_MS });
}
