// The page of a session to come: counts down, sends the invitation on, and becomes the room when it starts.
import { lookAgain } from "../../core/frontend/_look_again.js";
import { shareButtons } from "./_share.js";
import { pictureButtons } from "./_show_picture.js";
import { leftWords } from "./_time_left.js";

const LOOK_MS = 15_000;
const SLOWEST_MS = 120_000;

function countDown(place) {
  const words = JSON.parse(place.dataset.words);
  const until = Number(place.dataset.countdown);
  const tell = () => {
    place.textContent = leftWords(Math.ceil((until - Date.now()) / 1000), words);
  };
  place.hidden = false;
  tell();
  setInterval(tell, 1000);
}

async function goIn(id) {
  const answer = await fetch(`/api/v1/live/${id}`);
  if (!answer.ok) throw new Error(answer.status);
  if ((await answer.json()).state !== "checked") location.reload();
}

const place = document.querySelector("[data-countdown]");
if (place) countDown(place);
shareButtons();
pictureButtons();
const { soon } = document.querySelector("[data-soon]").dataset;
lookAgain({ look: () => goIn(soon), everyMs: () => LOOK_MS, slowestMs: SLOWEST_MS });
