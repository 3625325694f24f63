// The buttons that print and send; without this script the page is printed from the browser's own menu and the
// PDF is a link.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

const emptyPdf = new File([], "a.pdf", { type: "application/pdf" });
for (const button of document.querySelectorAll("[data-share]")) {
  button.hidden = !navigator.canShare?.({ files: [emptyPdf] });
  button.addEventListener("click", () => send(button));
}

// Into the phone's share sheet as a file: Zalo, mail, a printer. Closing the sheet is no failure.
async function send(button) {
  const { share, name } = button.dataset;
  button.disabled = true;
  try {
    const answer = await fetch(share);
    if (!answer.ok) throw new Error(`${answer.status}`);
    await navigator.share({ files: [new File([await answer.blob()], name, { type: "application/pdf" })] });
  } catch (error) {
    if (error.name !== "AbortError") location.assign(share);
  }
  button.disabled = false;
}
