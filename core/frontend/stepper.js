// [data-stepper]: two buttons around a number field, within its own min and max.
function bounded(input, wanted) {
  const least = Number(input.min || 1);
  const most = input.max === "" ? Number.MAX_SAFE_INTEGER : Number(input.max);
  return Math.max(least, Math.min(most, wanted));
}

function refresh(stepper) {
  const input = stepper.querySelector("input");
  const value = Number(input.value);
  stepper.querySelector('[data-step="-1"]').disabled = value <= Number(input.min || 1);
  stepper.querySelector('[data-step="1"]').disabled = input.max !== "" && value >= Number(input.max);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  const stepper = button?.closest("[data-stepper]");
  if (!stepper) return;
  const input = stepper.querySelector("input");
  const value = bounded(input, (Number(input.value) || 0) + Number(button.dataset.step));
  if (String(value) === input.value) return;
  input.value = value;
  // Pages that show "Chốt 2 gói" listen to the field, not to the buttons.
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("input", (event) => {
  const stepper = event.target.closest?.("[data-stepper]");
  if (stepper) refresh(stepper);
});
for (const stepper of document.querySelectorAll("[data-stepper]")) refresh(stepper);
