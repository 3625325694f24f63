// What a buyer's thumb does about the picture: sound on and off, the switches for a weak signal, the offer of them.
const HAS_SOUND = new Set(["playing", "sound", "blocked"]);

export class VideoHands {
  // `hear`: chosen(choice), tapped().
  constructor(stage, words, hear) {
    this.words = words;
    this.box = stage.querySelector("[data-video-hands]");
    this.sound = stage.querySelector("[data-sound]");
    this.soundWords = stage.querySelector("[data-sound-words]");
    this.menu = stage.querySelector("[data-video-menu]");
    this.offered = stage.querySelector("[data-video-offer]");
    this.sound.addEventListener("click", () => hear.tapped());
    stage.addEventListener("click", ({ target }) => this.#pressed(target, hear));
    document.addEventListener("click", ({ target }) => {
      if (!this.menu.contains(target)) this.menu.open = false;
    });
    this.menu.addEventListener("keydown", ({ key }) => key === "Escape" && this.#close());
  }

  render({ shows, choice, mode, isMuted }) {
    this.box.hidden = shows === "none";
    const isOn = !isMuted && shows !== "blocked";
    this.sound.hidden = !HAS_SOUND.has(shows) && !(isOn && shows === "waiting");
    this.sound.toggleAttribute("data-on", isOn);
    const words = this.words[shows === "blocked" ? "tap_watch" : isOn ? "mute" : "tap_sound"];
    if (this.soundWords.textContent !== words) this.soundWords.textContent = words;
    for (const button of this.menu.querySelectorAll("[data-choose]")) {
      button.setAttribute("aria-pressed", String(button.dataset.choose === choice));
      if (button.dataset.choose === "picture") button.hidden = mode === "sound";
    }
    if (shows === "photo" || shows === "none") this.offered.hidden = true;
  }

  // Once refused, it is not offered again on this page.
  offer(choice) {
    if (this.refused) return;
    this.offered.querySelector("[data-offer-words]").textContent = this.words[`offer_${choice}`];
    const button = this.offered.querySelector("[data-choose]");
    button.dataset.choose = choice;
    button.textContent = this.words[`choose_${choice}`];
    this.offered.hidden = false;
  }

  #pressed(target, hear) {
    const button = target.closest("[data-choose], [data-offer-no]");
    if (!button) return;
    this.offered.hidden = true;
    if (button.matches("[data-offer-no]")) this.refused = true;
    else hear.chosen(button.dataset.choose);
    this.#close();
  }

  #close() {
    if (!this.menu.open) return;
    this.menu.open = false;
    this.menu.querySelector("summary").focus({ preventScroll: true });
  }
}
