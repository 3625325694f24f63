// Photos of one thing: taken with the camera or chosen, made small on the phone, sent one after the other,
// shown at once from the phone and swapped for the market's copy when that is made. Each picture has one
// client id from the first try on, so a lost answer never makes it two.
import { newClientId } from "../../core/frontend/_client_id.js";
import { fill } from "../../core/frontend/_say.js";
import { sendPhoto } from "./_photo_send.js";
import { shrink } from "./_photo_shrink.js";

const LOOKS = 60;
const LOOK_MS = 1000;
const SLOWEST_LOOK_MS = 5000;

function start(place) {
  const { photos: api, photo: one } = place.dataset;
  const most = Number(place.dataset.most);
  const words = JSON.parse(place.querySelector("[data-photos-words]").textContent);
  const list = place.querySelector("[data-photos-list]");
  const adding = place.querySelector("[data-photos-add]");
  const told = place.querySelector("[data-photos-told]");
  const sendings = new Map();
  let queue = Promise.resolve();
  let looking = false;

  const cards = () => [...list.children];
  const counted = () => cards().filter((card) => !["removed", "refused"].includes(card.dataset.state));
  const say = (card, text) => {
    card.querySelector("[data-photos-say]").textContent = text;
  };

  function changed(text = "") {
    const count = counted().length;
    adding.hidden = count >= most;
    const full = count >= most ? fill(words.full, { most }) : "";
    told.textContent = [text, full].filter(Boolean).join(" ");
    const detail = { count, busy: sendings.size > 0 };
    place.dispatchEvent(new CustomEvent("photos:change", { bubbles: true, detail }));
  }

  function turn(card, state, text) {
    card.dataset.state = state;
    card.querySelector(".photo-frame").classList.toggle("skeleton", state === "waiting" && !card.querySelector("img"));
    say(card, text);
  }

  function add(files) {
    for (const file of [...files].slice(0, most - counted().length)) {
      const card = place.querySelector("[data-photos-card]").content.firstElementChild.cloneNode(true);
      const preview = URL.createObjectURL(file);
      const image = card.querySelector("img");
      image.onerror = () => image.remove(); // a kind of picture this browser cannot show
      image.src = preview;
      list.append(card);
      turn(card, "sending", words.shrinking);
      sendings.set(card, { file, preview, stop: new AbortController(), now: new EventTarget(), id: newClientId() });
      queue = queue.then(() => send(card));
    }
    changed();
  }

  async function send(card) {
    const sending = sendings.get(card);
    if (!sending) return;
    try {
      const picture = await shrink(sending.file, sending.preview);
      const answer = await sendPhoto(`${api}?client_id=${sending.id}`, picture, {
        progress: (sent, all) => showProgress(card, sent, all),
        waiting: (seconds) => turn(card, "stuck", fill(words.waiting_network, { seconds })),
        stop: sending.stop.signal,
        now: sending.now,
      });
      card.dataset.photo = answer.id;
      turn(card, "waiting", words.making);
      look();
    } catch (error) {
      if (card.isConnected) turn(card, "refused", error.message || words.failed);
    }
    sendings.delete(card);
    changed();
  }

  function showProgress(card, sent, all) {
    const percent = all ? Math.round((100 * sent) / all) : 0;
    card.querySelector("progress").value = percent;
    turn(card, "sending", fill(words.sending, { sent: kilobytes(sent), all: kilobytes(all) }));
  }

  // Asks for the copies until none is waited for; ever slower, and not for ever.
  async function look() {
    if (looking) return;
    looking = true;
    for (let tries = 0; tries < LOOKS && waiting().length; tries += 1) {
      await new Promise((done) => setTimeout(done, Math.min(LOOK_MS * 1.15 ** tries, SLOWEST_LOOK_MS)));
      try {
        const answer = await fetch(api);
        if (answer.ok) for (const photo of (await answer.json()).list) await show(photo);
      } catch {
        // no signal: the next look may have one
      }
    }
    looking = false;
    for (const card of waiting()) say(card, words.slow);
  }

  const waiting = () => cards().filter((card) => card.dataset.state === "waiting");

  async function show(photo) {
    const card = waiting().find((other) => other.dataset.photo === photo.id);
    if (!card || photo.state === "waiting") return;
    if (photo.state === "failed") {
      card.dataset.why = photo.why;
      turn(card, "failed", photo.message);
      return;
    }
    const image = new Image(photo.width, photo.height);
    image.alt = "";
    image.src = photo.url;
    await image.decode().catch(() => {});
    const before = card.querySelector("img");
    if (before) {
      URL.revokeObjectURL(before.src);
      before.replaceWith(image);
    } else card.querySelector(".photo-frame").prepend(image);
    turn(card, "ready", "");
    changed(words.ready);
  }

  async function post(address, body = {}) {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ client_id: newClientId(), ...body }),
    });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.detail ?? "");
    return said;
  }

  async function remove(card) {
    if (!card.dataset.photo) {
      sendings.get(card)?.stop.abort();
      sendings.delete(card);
      card.remove();
      changed();
      return;
    }
    await post(`${one}/${card.dataset.photo}/remove`);
    card.dataset.was = card.dataset.state;
    turn(card, "removed", words.removed);
    changed(words.removed);
  }

  async function restore(card) {
    const photo = await post(`${one}/${card.dataset.photo}/restore`);
    turn(card, photo.state, photo.message);
    changed(words.restored);
    if (photo.state === "waiting") look();
  }

  async function tryAgain(card) {
    const photo = await post(`${one}/${card.dataset.photo}/retry`);
    turn(card, photo.state, photo.state === "waiting" ? words.making : photo.message);
    changed(words.again);
    look();
  }

  async function makeFirst(card) {
    const others = cards().filter((other) => other !== card && other.dataset.photo && other.dataset.state !== "removed");
    const photos = [card, ...others].map((other) => other.dataset.photo);
    await post(`${api}/order`, { photos });
    list.prepend(card);
    changed(words.first);
  }

  const steps = { first: makeFirst, again: tryAgain, remove, undo: restore, retry: async (card) => sendings.get(card)?.now.dispatchEvent(new Event("now")) };

  place.addEventListener("click", (event) => {
    const name = Object.keys(steps).find((step) => event.target.closest(`[data-photos-${step}]`));
    const card = event.target.closest(".photo-card");
    if (!name || !card) return;
    event.preventDefault(); // its form is for browsers without a script
    steps[name](card).catch((error) => changed(error.message || words.failed));
  });
  for (const input of place.querySelectorAll("[data-photos-camera], [data-photos-album]")) {
    const chosen = () => {
      add(input.files);
      input.value = "";
    };
    input.addEventListener("change", chosen);
    if (input.files.length) chosen(); // a quick thumb was here before this script
  }
  addEventListener("beforeunload", (event) => {
    if (sendings.size) event.preventDefault();
  });
  changed();
  if (waiting().length) look();
}

const kilobytes = (bytes) => Math.max(1, Math.round(bytes / 1024));

for (const place of document.querySelectorAll("[data-photos]")) start(place);
