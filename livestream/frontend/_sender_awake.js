// While a picture is sent the screen stays on, leaving the page is asked about, and what a page in the background
// missed is told afterwards: a phone stops its camera there.
const SHORT_MS = 2000;

export class Awake {
  // `told(ms)` hears how long the page was away.
  constructor(told) {
    this.told = told;
    document.addEventListener("visibilitychange", () => this.#seen());
    addEventListener("beforeunload", (event) => this.isOn && event.preventDefault());
  }

  set(isOn) {
    this.isOn = isOn;
    if (isOn) this.#lock();
    else this.lock?.release().catch(() => {});
  }

  async #lock() {
    // Refused on a battery that is nearly empty; the picture goes on until the phone sleeps.
    this.lock = await navigator.wakeLock?.request("screen").catch(() => undefined);
  }

  #seen() {
    if (!this.isOn) return;
    if (document.hidden) this.hiddenMs = Date.now();
    else {
      this.#lock();
      if (Date.now() - this.hiddenMs > SHORT_MS) this.told(Date.now() - this.hiddenMs);
    }
  }
}
