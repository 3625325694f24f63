// The one line that answers a press: what happened and what to do. Good news leaves by itself.
const GOOD_MS = 9000;
const WAIT_MS = 20_000;

export class Told {
  constructor(place, closeLabel) {
    this.place = place;
    this.closeLabel = closeLabel;
  }

  // `kind` is ok, wait, bad or info; bad news stays until it is read and closed, or something is done.
  say(text, kind) {
    clearTimeout(this.timer);
    const line = document.createElement("p");
    line.className = `status status-${kind} told`;
    const words = document.createElement("span");
    words.textContent = text;
    line.append(words, this.#closeButton());
    this.place.replaceChildren(line);
    if (kind !== "bad") this.timer = setTimeout(() => this.clear(), kind === "wait" ? WAIT_MS : GOOD_MS);
  }

  clear() {
    this.place.replaceChildren();
  }

  #closeButton() {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", this.closeLabel);
    button.textContent = "✕";
    button.addEventListener("click", () => this.clear());
    return button;
  }
}
