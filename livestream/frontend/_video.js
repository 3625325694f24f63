// The picture on the room's stage: asks what there is, plays it, says what is missing. The sale goes on without
// it: whatever fails here ends as a sentence over the picture, never as an error of the room.
import { play } from "./_player.js";
import { remember, remembered, Stops, wanted } from "./_video_choice.js";
import { VideoHands } from "./_video_hands.js";

const NEWS = new Set(["session_live", "session_interrupted", "session_ended"]);
const SPREAD_MS = 300; // a whole room hears the same news at once
const AWAY_MS = 3000; // before this, a picture that does not come is only late
const ASLEEP_MS = 20_000;
const NOTHING = { state: "none", mode: "picture", list: [], photo: null };

export class Video {
  // `changed()`: what `note` answers is another now. `photoOf()`: address of the photo of what is being sold.
  constructor(stage, { words, session, changed, photoOf }) {
    Object.assign(this, { stage, words, session, changed, photoOf });
    this.video = stage.querySelector("[data-video]");
    this.image = stage.querySelector("[data-stage-image]");
    this.still = this.image.getAttribute("src");
    this.answer = NOTHING;
    this.choice = remembered();
    this.stops = new Stops();
    this.hands = new VideoHands(stage, words, { chosen: (choice) => this.#choose(choice), tapped: () => this.#tapped() });
    this.video.addEventListener("volumechange", () => this.render());
    document.addEventListener("visibilitychange", () => this.#seen());
  }

  // `answer`: what the page knows already; without one this market shows no video, and nothing is asked.
  start(answer) {
    this.isOn = Boolean(answer);
    if (this.isOn) this.#take(answer);
  }

  hear(events) {
    if (events.some(({ type }) => NEWS.has(type))) this.ask();
  }

  // Asks again; without an answer all stays as it is, and the next news or connection asks again.
  ask() {
    if (!this.isOn || this.asking) return;
    this.asking = setTimeout(async () => {
      this.asking = null;
      const answer = await fetch(`/api/v1/live/${this.session}/video`).catch(() => null);
      if (answer?.ok) this.#take(await answer.json());
    }, Math.random() * SPREAD_MS);
  }

  // What stands over the picture: "" when it speaks for itself, undefined when the room's own words do.
  get note() {
    if (this.shows === "sound" && this.video.muted) return ""; // the button says what to do
    return this.words[this.shows];
  }

  render() {
    const shows = this.#now();
    if (shows !== this.shows) {
      this.shows = shows;
      this.stage.dataset.picture = shows;
      this.changed();
    }
    const isStill = shows === "sound" || shows === "photo" || shows === "lost";
    const image = (isStill && (this.answer.photo ?? this.photoOf())) || this.still;
    if (this.image.getAttribute("src") !== image) this.image.setAttribute("src", image);
    this.hands.render({ shows, choice: this.choice, mode: this.answer.mode, isMuted: this.video.muted });
  }

  // none | lost | photo | sound | waiting | playing | away | blocked
  #now() {
    const { state } = this.answer;
    if (state !== "sending" && state !== "lost") return "none";
    if (this.choice === "photo") return "photo"; // who wants no picture has lost none
    if (state === "lost") return "lost";
    if (this.played === "playing") return this.#isSound() ? "sound" : "playing";
    return this.played === "away" && Date.now() - this.awayFrom < AWAY_MS ? "waiting" : (this.played ?? "waiting");
  }

  #take(answer) {
    this.answer = answer;
    this.#apply();
  }

  // Play what is wanted now. While the host is away a running player waits: its line may be the first to know.
  #apply() {
    const { state } = this.answer;
    const list = state === "sending" || (state === "lost" && this.player) ? wanted(this.answer, this.choice) : [];
    const isWanted = list.length > 0 && !this.asleep;
    const key = isWanted ? JSON.stringify(list) : "";
    if (key !== this.key) this.#begin(key, list);
    this.player?.expect(state === "sending");
    this.render();
  }

  #begin(key, list) {
    this.player?.stop();
    Object.assign(this, { key, player: null, played: null });
    if (!key) return;
    this.player = play(this.video, { list, library: this.video.dataset.library, told: (state) => this.#hear(state) });
  }

  #hear(state) {
    const isStop = this.played === "playing" && state !== "playing" && this.answer.state === "sending" && !document.hidden;
    if (state === "away" && this.played !== "away") this.#isAway();
    this.played = state;
    if (isStop && this.stops.isWeak(Date.now())) this.hands.offer(this.#isSound() ? "photo" : "sound");
    this.render();
  }

  #isAway() {
    this.awayFrom = Date.now();
    setTimeout(() => this.render(), AWAY_MS);
  }

  #isSound() {
    return this.choice === "sound" || this.answer.mode === "sound";
  }

  #choose(choice) {
    this.choice = choice;
    this.stops.forget();
    remember(choice);
    if (choice === "sound") this.video.muted = false; // whoever asks for sound alone wants to hear it
    this.#apply();
  }

  // A tap lets the page speak, and lets play what the browser had held back.
  #tapped() {
    if (this.played !== "blocked") this.video.muted = !this.video.muted;
    this.video.play().catch(() => {});
    this.render();
  }

  // Nobody sees it and nobody hears it: after a while it is not loaded either, and comes back at the newest.
  #seen() {
    clearTimeout(this.sleep);
    if (document.hidden && this.video.muted) this.sleep = setTimeout(() => this.#sleep(true), ASLEEP_MS);
    if (!document.hidden) this.#sleep(false);
  }

  #sleep(asleep) {
    this.asleep = asleep;
    this.#apply();
  }
}
