// The search sheet opens by its address (#search), so Back closes it; here it only gets the keyboard.
function focusWhenOpen() {
  if (location.hash === "#search") document.querySelector("#search input")?.focus();
}

addEventListener("hashchange", focusWhenOpen);
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && location.hash === "#search") history.back();
});
focusWhenOpen();
