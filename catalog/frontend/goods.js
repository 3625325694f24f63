// The price board: opening a price puts the thumb straight into it, and only one is open at a time.
const edits = () => document.querySelectorAll("[data-price-edit]");

function begin(edit) {
  for (const other of edits()) if (other !== edit) other.open = false;
  const field = edit.querySelector("[data-price-input]");
  field.focus({ preventScroll: true });
  field.select();
  edit.scrollIntoView({ block: "center" });
}

document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches?.("[data-price-edit]") && event.target.open) begin(event.target);
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

// On a slow phone a price was opened before this script came.
const opened = [...edits()].find((edit) => edit.open);
if (opened) begin(opened);
