// One picture on its way: sent with progress, sent again under the same id until it is answered.
// A refusal is final; silence, a busy market and a lost signal are not.
const AGAIN = new Set([0, 408, 425, 429, 502, 503, 504]);
const TIMEOUT_MS = 170_000;
const WAITS_S = [2, 4, 8, 15, 30];

function attempt(address, picture, told) {
  return new Promise((done, failed) => {
    const wire = new XMLHttpRequest();
    wire.open("POST", address);
    wire.timeout = TIMEOUT_MS;
    wire.responseType = "json";
    wire.setRequestHeader("Content-Type", picture.type.startsWith("image/") ? picture.type : "image/jpeg");
    wire.setRequestHeader("Accept", "application/json");
    wire.upload.onprogress = (event) => told.progress(event.loaded, event.total || picture.size);
    wire.onloadend = () => {
      if (wire.status === 200 && wire.response) done(wire.response);
      else failed(Object.assign(new Error(wire.response?.detail ?? ""), { again: AGAIN.has(wire.status) }));
    };
    told.stop.addEventListener("abort", () => wire.abort(), { once: true });
    wire.send(picture);
  });
}

// `told`: progress(sent, all), waiting(seconds), stop (AbortSignal), now (EventTarget that fires "now").
export async function sendPhoto(address, picture, told) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt(address, picture, told);
    } catch (error) {
      if (!error.again || told.stop.aborted) throw error;
    }
    await pause(WAITS_S[Math.min(tries, WAITS_S.length - 1)], told);
    if (told.stop.aborted) throw new Error("");
  }
}

// Seconds are counted aloud; a signal that comes back, a tap on "send now" or giving up ends the wait.
async function pause(seconds, told) {
  let over = false;
  const end = () => {
    over = true;
  };
  addEventListener("online", end, { once: true });
  told.now.addEventListener("now", end, { once: true });
  told.stop.addEventListener("abort", end, { once: true });
  for (let left = seconds; left > 0 && !over; left -= 1) {
    told.waiting(left);
    for (let part = 0; part < 10 && !over; part += 1) await new Promise((done) => setTimeout(done, 100));
  }
  removeEventListener("online", end);
}
