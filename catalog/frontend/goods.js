// The price board: opening a price puts the thumb straight into it, and only one is open at a time.
const edits = () => document.querySelectorAll("[data-price-edit]");

document.addEventListener(
  "toggle",
  (event) => {
    const edit = event.target;
    if (!edit.matches?.("[data-price-edit]") || !edit.open) return;
    for (const other of edits()) if (other !== edit) other.open = false;
    const field = edit.querySelector("[data-price-input]");
    field.focus({ preventScroll: true });
    field.select();
    edit.scrollIntoView({ block: "center" });
  },
  true,
);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const edit = event.target.closest?.("[data-price-edit]");
  if (!edit) return;
  edit.open = false;
  edit.querySelector("summary").focus();
});
