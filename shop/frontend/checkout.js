// Shows the fee and the whole sum of the way chosen, the address only where one is needed, and who gets
// a gift only for a gift: that goes to a door, so it chooses a way to one.
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

function showGift(changed) {
  const asked = form.elements.gift?.checked ?? false;
  const fields = form.querySelector("[data-checkout-gift-fields]");
  if (!fields) return;
  fields.hidden = !asked;
  for (const name of ["gift_name", "gift_phone"]) form.elements[name].required = asked;
  const door = form.querySelector('input[name="way"][data-door]');
  if (asked && door && !form.querySelector('input[name="way"][data-door]:checked')) door.checked = true;
  if (asked && changed) form.elements.gift_name.focus();
}

// A second press while the first is on its way would only ask the same again.
form.addEventListener("submit", () => {
  for (const button of document.querySelectorAll('[form="order"]')) button.disabled = true;
});
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll('[form="order"]')) button.disabled = false;
});
form.addEventListener("change", (event) => {
  if (event.target.name === "way" && !("door" in event.target.dataset) && form.elements.gift?.checked) {
    form.elements.gift.checked = false;
  }
  showGift(event.target.name === "gift");
  showChosen();
});
showGift(false);
showChosen();
