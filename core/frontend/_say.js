// Sentences come from the page (translated there); places in {braces} are filled here.
export function fill(sentence, places = {}) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in places ? String(places[name]) : whole));
}

// What a page tells its script: <script type="application/json" id="…">.
export function readFacts(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

// A number that changed rolls, so that the eye sees it; nothing moves when it is the same.
export function roll(element, text) {
  const shown = String(text);
  if (!element || element.textContent === shown) return;
  element.textContent = shown;
  delete element.dataset.rolling;
  void element.offsetWidth; // lets the animation begin anew
  element.dataset.rolling = "";
}
