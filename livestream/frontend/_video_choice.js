// What a buyer wants to see on a weak signal, kept on this phone; and when it is time to offer less.
export const CHOICES = ["picture", "sound", "photo"];
const SHELF = "video-choice";
const [STOPS, WITHIN_MS] = [3, 60_000];

// The choice made on this phone before; a phone that keeps nothing shows the picture.
export function remembered(shelf = storage()) {
  const kept = shelf?.getItem(SHELF);
  return CHOICES.includes(kept) ? kept : "picture";
}

export function remember(choice, shelf = storage()) {
  try {
    shelf?.setItem(SHELF, choice);
  } catch {} // a full shelf forgets; the choice still holds for this page
}

// Browsers may forbid the shelf itself.
function storage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

// What of the engine's list is played for `choice`: nothing at all when only photos are wanted.
export function wanted(answer, choice) {
  if (choice === "photo") return [];
  const what = choice === "sound" || answer.mode === "sound" ? "sound" : "picture";
  return answer.list.filter((one) => one.what === what).map(({ kind, url }) => ({ kind, url }));
}

// Counts how often the picture stood still: three times in a minute, and less is offered.
export class Stops {
  #at = [];

  isWeak(nowMs) {
    this.#at = [...this.#at.filter((at) => nowMs - at < WITHIN_MS), nowMs];
    return this.#at.length >= STOPS;
  }

  forget() {
    this.#at = [];
  }
}
