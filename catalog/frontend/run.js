// A run at the scales: what is missing is told while one types; the server counts it again.
import { read, show } from "./_amount.js";

const form = document.querySelector("[data-run]");
const { unit } = form.dataset;
const line = document.querySelector("[data-loss]");

function amounts(name) {
  const word = form.elements.unit.value;
  return [...form.querySelectorAll(`[data-${name}]`)]
    .map((field) => field.value.trim())
    .filter(Boolean)
    .map((text) => read(/\p{L}/u.test(text) ? text : `${text} ${word}`, unit));
}

function sum(list) {
  return list.reduce((total, one) => total + one, 0);
}

function sayLoss() {
  const [into, out] = [amounts("in"), amounts("out")];
  const known = out.length && ![...into, ...out].includes(null);
  line.hidden = !known;
  if (!known) return;
  const loss = sum(into) - sum(out);
  line.toggleAttribute("data-wrong", loss < 0);
  line.querySelector("[data-loss-much]").textContent = show(loss, unit);
  const share = sum(into) ? Math.round((loss * 100) / sum(into)) : 0;
  line.querySelector("[data-loss-share]").textContent = `${share} %`;
}

form.addEventListener("input", sayLoss);
sayLoss();
