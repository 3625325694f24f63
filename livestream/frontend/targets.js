// The lamps of the places a show is also sent to follow what happens there, without the page being loaded anew.
import { lookAgain } from "../../core/frontend/_look_again.js";

const EVERY_MS = 3000;
const SLOWEST_MS = 30000;
const list = document.querySelector("[data-targets]");

// Nobody's typing or reading is taken away: while something is open or has the focus, the list stays.
function inHand() {
  return list.contains(document.activeElement) || list.querySelector("details[open]") !== null;
}

async function look() {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-targets]");
  if (fresh && !inHand()) list.replaceChildren(...fresh.childNodes);
}

if (list?.children.length) lookAgain({ look, everyMs: () => EVERY_MS, slowestMs: SLOWEST_MS });
