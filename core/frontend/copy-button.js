// <button data-copy="value" data-copied="Đã chép">: copies, and says so for two seconds.

// In-app browsers without the clipboard API still know the old command.
function copyTheOldWay(text) {
  const box = document.createElement("textarea");
  box.value = text;
  document.body.append(box);
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  return copied;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyTheOldWay(text);
  }
}

function sayCopied(button) {
  const label = button.querySelector("[data-copy-text]") ?? button;
  if (button.dataset.copyWas) return;
  button.dataset.copyWas = label.textContent;
  label.textContent = button.dataset.copied;
  label.setAttribute("aria-live", "polite");
  setTimeout(() => {
    label.textContent = button.dataset.copyWas;
    delete button.dataset.copyWas;
  }, 2000);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (button && (await copy(button.dataset.copy))) sayCopied(button);
});
