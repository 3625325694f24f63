// What lies on this phone and is not in the book yet: said where one looks at stock, with the way to it.
import { fill } from "../../core/frontend/_say.js";

for (const line of document.querySelectorAll("[data-unsent-at]")) {
  const kept = JSON.parse(window.localStorage.getItem(line.dataset.unsentAt) || "[]");
  line.hidden = !kept.length;
  const text = line.querySelector("[data-unsent-text]");
  text.textContent = fill(text.dataset.unsentText, { n: kept.length });
}
