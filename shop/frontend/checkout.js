// Shows the fee and the whole sum of the way chosen, and the address only where one is needed.
const form = document.querySelector("[data-checkout]");

function showChosen() {
  const way = form.querySelector('input[name="way"]:checked');
  if (!way) return;
  for (const place of document.querySelectorAll("[data-checkout-fee]")) place.textContent = way.dataset.fee;
  for (const place of document.querySelectorAll("[data-checkout-total]")) place.textContent = way.dataset.total;
  const door = form.querySelector("[data-checkout-door]");
  door.hidden = !("door" in way.dataset);
  door.querySelector("input").required = !door.hidden;
}

// A second press while the first is on its way would only ask the same again.
form.addEventListener("submit", () => {
  for (const button of document.querySelectorAll('[form="order"]')) button.disabled = true;
});
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll('[form="order"]')) button.disabled = false;
});
form.addEventListener("change", showChosen);
showChosen();
