// Says what the chosen parts cost apart, so that a price for all together can be named.
const form = document.querySelector("[data-combo]");
const place = form?.querySelector("[data-combo-sum]");

function sum() {
  let vnd = 0;
  for (const part of form.querySelectorAll("[data-price]")) {
    const packs = Number(part.querySelector("input").value) || 0;
    part.toggleAttribute("data-in", packs > 0);
    vnd += packs * Number(part.dataset.price);
  }
  place.hidden = vnd === 0;
  place.textContent = place.dataset.words.replace("{sum}", `${vnd.toLocaleString("vi-VN")} đ`);
}

if (form) {
  form.addEventListener("input", sum);
  form.addEventListener("change", sum);
  sum();
}
