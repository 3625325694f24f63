// A statement that is being taken in: how far it is, looked at again until it is done.

import { lookAgain } from "../../core/frontend/_look_again.js";

const place = document.querySelector("[data-statement]");

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelector("[data-statement]");
  place.dataset.statement = found.dataset.statement;
  place.replaceChildren(...found.childNodes);
}

lookAgain({ look, everyMs: () => (place.dataset.statement === "taking" ? 1500 : 0), slowestMs: 15000 });
