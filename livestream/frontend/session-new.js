// Opening a show: choosing a listing fills in its price and how much there is; the host changes what differs.
const MOST_AT_FIRST = 20;
const LIMIT = 5;

function fillIn(place) {
  const chosen = place.querySelector("[data-place-listing]").selectedOptions[0];
  const { price, packs } = chosen.dataset;
  const set = (name, value) => {
    place.querySelector(`[data-place-${name}]`).value = value;
  };
  set("price", price ? Number(price).toLocaleString("vi-VN") : "");
  set("packs", packs ? Math.min(Number(packs), MOST_AT_FIRST) : "");
  set("limit", packs ? LIMIT : "");
  askFor(place);
}

// What is chosen needs its numbers; what is left out needs none, and none more than there is.
function askFor(place) {
  const { packs } = place.querySelector("[data-place-listing]").selectedOptions[0].dataset;
  for (const field of place.querySelectorAll("input")) {
    field.required = Boolean(packs);
    field.disabled = !packs;
  }
  if (packs) place.querySelector("[data-place-packs]").max = packs;
}

for (const place of document.querySelectorAll("[data-place]")) {
  place.querySelector("[data-place-listing]").addEventListener("change", () => fillIn(place));
  askFor(place);
}

// The places wear the codes that were chosen.
document.querySelector("[data-codes]")?.addEventListener("change", ({ target }) => {
  for (const code of document.querySelectorAll("[data-place-code]")) {
    code.textContent = target.value.replace("1", code.dataset.placeCode);
  }
});
