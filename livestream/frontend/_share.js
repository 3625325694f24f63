// <button data-share data-title data-text data-url data-copied>: the phone's own share sheet, else the words are copied.
function invite(button) {
  const { title, text } = button.dataset;
  if (navigator.share) return navigator.share({ title, text });
  return navigator.clipboard.writeText(text).then(() => {
    button.querySelector("[data-share-text]").textContent = button.dataset.copied;
  });
}

export function shareButtons() {
  for (const button of document.querySelectorAll("button[data-share][data-text]")) {
    button.addEventListener("click", () => invite(button).catch(() => {})); // a closed sheet is no failure
  }
  const full = document.querySelector("button[data-share][data-text]");
  for (const button of document.querySelectorAll("button[data-share]:not([data-text])")) {
    button.hidden = !full;
    button.addEventListener("click", () => full.click());
  }
}
