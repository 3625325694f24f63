// Shows the fee and the whole sum of the way chosen, its slots and the address only where they are needed,
// the fees for the place typed, and who gets a gift only for a gift: that goes to a door, so it chooses a
// way to one. Without it the form asks for all of these at once, and a button looks up the fees.
import { freshPage } from "./_swap.js";

const PAUSE_MS = 250;
const FRESH = ["[data-checkout-ways]", "[data-checkout-understood]", "[data-checkout-voucher]", "[data-checkout-off]"];
const form = document.querySelector("[data-checkout]");
const place = form.elements.commune;
let typing = 0;

function showSlots(way) {
  const box = form.querySelector("[data-checkout-slot]");
  if (!box) return;
  box.hidden = !("slots" in way.dataset);
  const select = box.querySelector("select");
  select.required = !box.hidden;
  for (const group of select.querySelectorAll("optgroup")) {
    const other = group.dataset.of !== way.value;
    group.hidden = group.disabled = other;
    if (other) for (const option of group.children) option.selected = false;
  }
}

function showChosen() {
  const way = form.querySelector('input[name="way"]:checked');
  if (!way) return;
  const said = { fee: way.dataset.fee, total: way.dataset.total, "in-sum": way.dataset.inSum };
  for (const [what, words] of Object.entries(said)) {
    for (const box of document.querySelectorAll(`[data-checkout-${what}]`)) box.textContent = words;
  }
  const door = form.querySelector("[data-checkout-door]");
  door.hidden = !("door" in way.dataset);
  door.querySelector("input").required = !door.hidden;
  if (place) place.required = "commune" in way.dataset;
  showSlots(way);
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

// The same page, asked for the fees there and what the voucher takes off; only these are taken from it.
async function lookUp() {
  const body = new URLSearchParams(new FormData(form));
  body.set("look", "1");
  const page = await freshPage(form.action, { method: "POST", body });
  for (const part of FRESH) {
    const now = form.querySelector(part);
    const fresh = page.querySelector(part);
    if (!now || !fresh) continue;
    now.replaceChildren(...fresh.childNodes);
    now.hidden = fresh.hidden;
  }
  const wrong = page.getElementById("f-commune-error");
  document.getElementById("f-commune-error")?.remove();
  if (wrong) place?.after(wrong);
  place?.toggleAttribute("aria-invalid", Boolean(wrong));
  hideButton();
  showChosen();
}

async function suggest() {
  const asked = place.value;
  const answer = await fetch(`${place.dataset.places}?q=${encodeURIComponent(asked)}`);
  if (!answer.ok || asked !== place.value) return;
  const { places } = await answer.json();
  const options = places.map((one) => {
    const option = document.createElement("option");
    option.value = one.name;
    if (one.was) option.label = one.was;
    return option;
  });
  document.getElementById("communes").replaceChildren(...options);
}

const hideButton = () => {
  const button = form.querySelector("[data-checkout-look]");
  if (button) button.hidden = true;
};

// A second press while the first is on its way would only ask the same again.
form.addEventListener("submit", () => {
  for (const button of document.querySelectorAll('[form="order"]')) button.disabled = true;
});
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll('[form="order"]')) button.disabled = false;
});
form.addEventListener("change", (event) => {
  if (event.target === place || event.target.name === "voucher") {
    lookUp().catch(() => {});
    return;
  }
  if (event.target.name === "way" && !("door" in event.target.dataset) && form.elements.gift?.checked) {
    form.elements.gift.checked = false;
  }
  showGift(event.target.name === "gift");
  showChosen();
});
place?.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => suggest().catch(() => {}), PAUSE_MS);
});
hideButton();
showGift(false);
showChosen();
