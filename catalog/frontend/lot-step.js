// "Tất cả": one tap writes all there is into the amount.
for (const button of document.querySelectorAll("[data-fill]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    document.querySelector("[data-amount]").value = button.dataset.fill;
  });
}
