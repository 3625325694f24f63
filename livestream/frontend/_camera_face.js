// What the camera's panel shows: one word for two metres, one line beside it, and the buttons that help now.
import { fill } from "../../core/frontend/_say.js";

const SECOND_MS = 1000;

const two = (n) => String(n).padStart(2, "0");

// 3,725,000 ms → "1:02:05"
export function timeOnAir(ms) {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

// The line under the word: what is held when nothing arrives, else how good the picture is and for whom.
export function lineOf(words, status, viewers) {
  const held = Math.round(status.heldMs / SECOND_MS);
  if (status.weather === "lost") return fill(status.hasPicture ? words.held : words.held_sound, { n: held });
  const parts = [status.hasPicture ? words.rungs[status.rung] : words.sound_alone];
  if (status.weather === "weak") parts.unshift(fill(words.behind, { n: held }));
  else parts.unshift(words.net_good);
  if (status.isUnrecorded) parts.push(words.unrecorded);
  if (viewers !== undefined) parts.push(fill(words.viewers, { n: viewers }));
  return parts.join(" · ");
}

export class Face {
  constructor(root, words) {
    this.root = root;
    this.words = words;
  }

  part(name) {
    return this.root.querySelector(`[data-camera-${name}]`);
  }

  // `state` is a name of the words; `weather` colours what is on air.
  show(state, { word = this.words.states[state], line = "", weather = "" } = {}) {
    this.root.dataset.cameraState = state;
    this.root.dataset.weather = weather;
    for (const [name, text] of [["word", word], ["line", line]]) {
      if (this.part(name).textContent !== text) this.part(name).textContent = text;
    }
    for (const part of this.root.querySelectorAll("[data-camera-when]")) {
      part.hidden = !part.dataset.cameraWhen.split(" ").includes(state);
    }
  }

  onAir(status, viewers) {
    const { weather, hasPicture } = status;
    const word = weather === "good" && !hasPicture ? this.words.on_air_sound : this.words.on_air[weather];
    this.show("on_air", { word, line: lineOf(this.words, status, viewers), weather });
    this.part("time").textContent = timeOnAir(Date.now() - status.startedMs);
  }

  // The steps that help, one by one.
  help(trouble, browser) {
    const { title, steps } = this.words.help[trouble];
    const list = Array.isArray(steps) ? steps : steps[browser];
    this.show("help", { word: title });
    this.part("steps").replaceChildren(
      ...list.map((text) => Object.assign(document.createElement("li"), { textContent: text })),
    );
  }

  tell(text) {
    this.part("told").textContent = text;
    this.part("told").hidden = !text;
  }

  press(name, isPressed) {
    for (const button of document.querySelectorAll(`[data-camera-do=${name}]`)) {
      button.setAttribute("aria-pressed", String(isPressed));
    }
  }

  cameras(list, choose) {
    const place = document.querySelector("[data-camera-list]");
    place.replaceChildren(...list.map((camera, at) => this.#choice(camera, at, choose)));
  }

  #choice({ deviceId, label, isUsed }, at, choose) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-block" });
    button.textContent = label || fill(this.words.camera_n, { n: at + 1 });
    button.setAttribute("aria-pressed", String(isUsed));
    button.addEventListener("click", () => choose({ deviceId: { exact: deviceId } }));
    return button;
  }
}
