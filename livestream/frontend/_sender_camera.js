// The phone's camera and microphone: which one, how large, upright, its torch; opened again when it is taken away.
const AGAIN_MS = 3000;
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

// Why there is no camera here at all, or "".
export function whyNot({ mediaDevices }, { isSecureContext, MediaRecorder } = globalThis) {
  if (!isSecureContext) return "insecure";
  return mediaDevices?.getUserMedia && MediaRecorder ? "" : "too_old";
}

export class Camera {
  // `told(kind)` hears "lost" when it was taken away, "back" when it is there again, "turned" when the phone was.
  constructor({ preview, told, media = navigator.mediaDevices }) {
    Object.assign(this, { preview, told, media });
    this.which = { facingMode: "user" };
    this.size = { long: 1280, short: 720, rate: 30 };
    this.isSwapped = false; // some phones mean the sides of the sensor, some those of the picture
    this.isUpright = this.wantsUpright;
    screen.orientation?.addEventListener?.("change", () => this.#turned());
    media?.addEventListener?.("devicechange", () => this.isMissing && this.#tryAgain());
  }

  get wantsUpright() {
    return matchMedia("(orientation: portrait)").matches || !matchMedia("(pointer: coarse)").matches;
  }

  get video() {
    return this.stream?.getVideoTracks()[0];
  }

  get hasTorch() {
    return Boolean(this.video?.getCapabilities?.().torch);
  }

  // Opens what was chosen. Without a microphone the picture alone, without a camera the sound alone.
  // Rejects as getUserMedia does when there is neither, or it is not allowed.
  async open() {
    this.isClosed = false;
    const stream = await this.#asked({ video: this.#wanted(), audio: SOUND });
    this.#leave();
    this.stream = stream;
    for (const track of stream.getTracks()) track.addEventListener("ended", () => this.stream === stream && this.#lost());
    this.preview.srcObject = stream;
    this.preview.play().catch(() => {}); // muted: only a page that is closing refuses
    this.mute(this.isMuted);
    await this.#upright();
  }

  async #asked(wanted) {
    try {
      return await this.media.getUserMedia(wanted);
    } catch (error) {
      if (error.name !== "NotFoundError" && error.name !== "OverconstrainedError") throw error;
      const kinds = (await this.media.enumerateDevices()).map(({ kind }) => kind);
      const [video, audio] = [kinds.includes("videoinput"), kinds.includes("audioinput")];
      if (!video && !audio) throw error;
      return this.media.getUserMedia({ video: video && { width: { ideal: 640 } }, audio: audio && SOUND });
    }
  }

  close() {
    this.isClosed = true;
    this.isMissing = false;
    this.#leave();
    this.preview.srcObject = null;
  }

  #leave() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
  }

  // The other side of the phone, or the camera named.
  async choose(which) {
    const before = this.which;
    this.which = which;
    try {
      await this.open();
    } catch (error) {
      this.which = before;
      await this.open();
      throw error;
    }
  }

  async cameras() {
    const devices = (await this.media.enumerateDevices()).filter(({ kind }) => kind === "videoinput");
    const used = this.video?.getSettings().deviceId;
    return devices.map(({ deviceId, label }) => ({ deviceId, label, isUsed: deviceId === used }));
  }

  // A size that is not to be had changes nothing: the recorder's bits still say how much is sent.
  async resize({ long, short, rate }) {
    this.size = { long, short, rate };
    await this.video?.applyConstraints(this.#wanted()).catch(() => {});
  }

  mute(isMuted = false) {
    this.isMuted = isMuted;
    for (const track of this.stream?.getAudioTracks() ?? []) track.enabled = !isMuted;
  }

  async torch(isOn) {
    await this.video?.applyConstraints({ ...this.#wanted(), advanced: [{ torch: isOn }] }).catch(() => {});
  }

  #wanted() {
    const { long, short, rate } = this.size;
    const [width, height] = this.isUpright === this.isSwapped ? [long, short] : [short, long];
    return { ...this.which, width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: rate, max: 30 } };
  }

  // Asked for a portrait, some phones turn what they were asked: seen once, asked the other way round from then on.
  async #upright() {
    if (!this.video) return;
    if (!this.preview.videoWidth) await new Promise((done) => this.preview.addEventListener("loadedmetadata", done, { once: true }));
    const { videoWidth, videoHeight } = this.preview;
    if (videoWidth === videoHeight || videoHeight > videoWidth === this.isUpright || this.wasTurned) return;
    [this.isSwapped, this.wasTurned] = [!this.isSwapped, true];
    await this.resize(this.size);
  }

  #turned() {
    if (this.isUpright === this.wantsUpright) return;
    this.isUpright = this.wantsUpright;
    if (this.stream) this.told("turned");
  }

  #lost() {
    this.isMissing = true;
    this.told("lost");
    this.#tryAgain();
  }

  async #tryAgain() {
    clearTimeout(this.timer);
    if (this.isClosed || !this.isMissing) return;
    try {
      await this.open();
      this.isMissing = false;
      this.told("back");
    } catch {
      this.timer = setTimeout(() => this.#tryAgain(), AGAIN_MS);
    }
  }
}
