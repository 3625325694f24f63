// Sheets of a page: what names one opens it, what closes it lies inside.
export function dialogs(opening = () => {}) {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    const closer = event.target.closest("[data-close]");
    if (!opener && !closer) return;
    event.preventDefault();
    if (!opener) return closer.closest("dialog").close();
    opening();
    document.getElementById(opener.dataset.open).showModal();
  });
}
