// "Tất cả": one tap writes all there is into the amount (into the one it names, where there are two).
for (const button of document.querySelectorAll("[data-fill]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    document.querySelector(button.dataset.into ?? "[data-amount]").value = button.dataset.fill;
  });
}
