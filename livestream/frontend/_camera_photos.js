// Photos in place of a moving picture: taken from the camera every so often, or chosen; the newest one counts.
import { newClientId } from "../../core/frontend/_client_id.js";
import { sendPhoto } from "../../catalog/frontend/_photo_send.js";
import { shrink } from "../../catalog/frontend/_photo_shrink.js";

const [MOST_PX, QUALITY] = [960, 0.75];

// What the preview shows now, as a JPEG; null before there is a picture.
export function still(preview) {
  const { videoWidth, videoHeight } = preview;
  if (!videoWidth) return Promise.resolve(null);
  const scale = Math.min(1, MOST_PX / Math.max(videoWidth, videoHeight));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(videoWidth * scale), Math.round(videoHeight * scale)];
  canvas.getContext("2d").drawImage(preview, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
}

export class Photos {
  // `told(kind, detail)` hears "photo_sent" and "photo_failed".
  constructor(session, told) {
    this.address = `/api/v1/live/${session}/video/photo`;
    this.told = told;
  }

  async chosen(file) {
    const address = URL.createObjectURL(file);
    await this.send(await shrink(file, address));
    URL.revokeObjectURL(address);
  }

  // A photo on its way is given up for a newer one; of those the page takes by itself only a failure is told.
  async send(picture, { isOwn = false } = {}) {
    if (!picture) return;
    this.stop?.abort();
    const given = new AbortController();
    this.stop = given;
    const told = { progress() {}, waiting() {}, stop: given.signal, now: new EventTarget() };
    try {
      await sendPhoto(`${this.address}?client_id=${newClientId()}`, picture, told);
      if (!isOwn) this.told("photo_sent");
    } catch (error) {
      if (!given.signal.aborted) this.told("photo_failed", error.message);
    }
  }
}
