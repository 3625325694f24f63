// A row of tabs wider than the screen starts where the current one is: `[data-tabs]` around them.
for (const tabs of document.querySelectorAll("[data-tabs]")) {
  const current = tabs.querySelector("[aria-current]");
  if (current) tabs.scrollLeft = current.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;
}
