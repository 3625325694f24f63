// The camera on the host's screen: opened and tried by the host alone, sent while the show runs. Whatever happens
// to the picture is told here and changes nothing of the sale.
import { fill } from "../../core/frontend/_say.js";
import { Face } from "./_camera_face.js";
import { browserOf, troubleOf } from "./_camera_help.js";
import { forget, remember, wasOn } from "./_camera_memory.js";
import { Photos, still } from "./_camera_photos.js";
import { Sender } from "./_sender.js";
import { Awake } from "./_sender_awake.js";
import { Camera, whyNot } from "./_sender_camera.js";
import { Grant } from "./_sender_grant.js";

const PHOTO_EACH_MS = 30_000;
const TOLD_MS = 12_000;
const BEFORE = new Set(["draft", "checked", "rehearsal"]);
const RUNNING = new Set(["live", "interrupted"]);
const SHELF = "camera-sound-alone";

export class CameraPanel {
  constructor(root, words, session) {
    Object.assign(this, { root, words, session });
    this.face = new Face(root, words);
    this.isSoundAlone = localStorage.getItem(SHELF) === "1";
    this.trouble = whyNot(navigator);
    if (!this.trouble) this.#prepare();
    document.addEventListener("click", ({ target }) => {
      const { cameraDo } = target.closest("[data-camera-do]")?.dataset ?? {};
      if (cameraDo) this.#press(cameraDo);
    });
    document.querySelector("[data-camera-file]").addEventListener("change", ({ target }) => {
      if (target.files[0]) this.photos.chosen(target.files[0]);
      target.value = "";
    });
    addEventListener("submit", () => this.camera?.stream && remember(session)); // "Bắt đầu" as a form
    this.#off();
  }

  #prepare() {
    const preview = this.face.part("preview");
    this.grant = new Grant(this.session);
    this.camera = new Camera({ preview, told: (kind) => this.#hearCamera(kind) });
    this.sender = new Sender({ grant: this.grant, resize: (rung) => this.camera.resize(rung), told: (news) => this.#hear(news) });
    this.photos = new Photos(this.session, (kind, detail) => this.#say(detail || this.words[kind]));
    this.awake = new Awake((ms) => this.#say(fill(this.words.was_away, { n: Math.round(ms / 1000) })));
  }

  // The show's state: what was tried before the start goes on air with it, and leaves with its end.
  showState(name) {
    const before = this.state;
    this.state = name;
    this.root.hidden = !BEFORE.has(name) && !RUNNING.has(name);
    if (this.root.hidden) this.#close();
    else if (!before && RUNNING.has(name) && wasOn(this.session)) this.#goOn();
    else if (BEFORE.has(before) && RUNNING.has(name) && this.camera?.stream) this.#go();
    else if (before !== name && !this.sender?.isOn && this.camera?.stream) this.#preview();
  }

  // The page was loaded again while the camera was on: by the start of the show, or by the phone itself.
  async #goOn() {
    await this.#open();
    if (this.camera?.stream) await this.#go();
  }

  setViewers(count) {
    this.viewers = count;
  }

  #press(name) {
    const acts = {
      open: () => this.#open(),
      go: () => this.#go(),
      take: () => this.#go({ takeOver: true }),
      stop: () => this.#stop(),
      close: () => this.#close(),
      turn: () => this.#turn(),
      torch: () => this.#toggle("torch"),
      mute: () => this.#toggle("mute"),
      photo: async () => this.photos.send(await still(this.face.part("preview"))),
      sound: () => this.#setSoundAlone(true),
      picture: () => this.#setSoundAlone(false),
    };
    return acts[name]();
  }

  async #open() {
    if (this.trouble) return this.face.help(this.trouble, browserOf(navigator.userAgent));
    this.face.show("asking");
    try {
      await this.camera.open();
    } catch (error) {
      return this.face.help(troubleOf(error), browserOf(navigator.userAgent));
    }
    this.#preview();
  }

  async #preview() {
    this.face.show("preview", { line: this.words[RUNNING.has(this.state) ? "preview_running" : "preview_before"] });
    this.face.part("go").hidden = !RUNNING.has(this.state);
    this.#showControls();
  }

  async #showControls() {
    this.root.toggleAttribute("data-sound-alone", this.isSoundAlone);
    this.root.toggleAttribute("data-mirrored", this.camera.which.facingMode === "user");
    this.face.part("torch").hidden = !this.camera.hasTorch;
    for (const name of ["sound", "picture"]) this.face.press(name, (name === "sound") === this.isSoundAlone);
    for (const part of document.querySelectorAll("[data-camera-photo]")) part.hidden = !this.isSoundAlone;
    const cameras = await this.camera.cameras();
    this.face.part("turn").hidden = cameras.length < 2;
    this.face.cameras(cameras, (which) => this.#choose(which));
  }

  async #go({ takeOver = false } = {}) {
    this.face.show("starting");
    this.face.tell("");
    const refusal = await this.#asked(takeOver);
    if (refusal) return this.#refused(refusal);
    await this.sender.start(this.camera.stream, { hasPicture: !this.isSoundAlone && Boolean(this.camera.video) });
    this.awake.set(true);
    this.#takePhotos();
    this.face.onAir(this.sender.status, this.viewers);
  }

  // Refused before anything was sent, or while sending: each with what to do now.
  #refused(code) {
    this.#ended();
    if (code === "taken_over" || code === "stream_taken") return this.face.show("elsewhere", { line: this.words.elsewhere_line });
    const line = this.words.over[["closed", "ended"].includes(code) ? "stream_closed" : code] ?? (this.grant.detail || this.words.over.refused);
    this.face.show("broken", { line });
  }

  #ended() {
    forget();
    this.awake.set(false);
    clearInterval(this.photoTimer);
  }

  async #stop() {
    this.#ended();
    this.face.show("stopping");
    await this.sender.stop();
    if (this.camera.stream) this.#preview();
  }

  #off() {
    this.face.show("off", { line: this.words.off_line });
  }

  async #close() {
    if (!this.camera?.stream && !this.sender?.isOn) return;
    this.#ended();
    await this.sender.stop();
    this.camera.close();
    this.#off();
  }

  async #turn() {
    const facingMode = this.camera.which.facingMode === "user" ? "environment" : "user";
    await this.#choose({ facingMode });
  }

  async #choose(which) {
    try {
      await this.camera.choose(which);
    } catch {
      this.#say(this.words.camera_refused);
    }
    await this.#again();
  }

  // The same show from what the camera is now.
  async #again() {
    if (this.sender.isOn) {
      await this.sender.start(this.camera.stream, { hasPicture: !this.isSoundAlone && Boolean(this.camera.video) });
    }
    this.#showControls();
  }

  #toggle(name) {
    this[name] = !this[name];
    this.camera[name](this[name]);
    this.face.press(name, this[name]);
    if (name === "mute") this.root.toggleAttribute("data-mute", this.mute);
  }

  async #setSoundAlone(isSoundAlone) {
    this.isSoundAlone = isSoundAlone;
    localStorage.setItem(SHELF, isSoundAlone ? "1" : "0");
    this.face.tell("");
    this.face.part("offer").hidden = true;
    if (this.sender.isOn) {
      await this.#asked();
      this.#takePhotos();
    }
    await this.#again();
  }

  // With the mode: rooms show the photo in place of a picture that does not come.
  #asked(takeOver = false) {
    this.grant.mode = this.isSoundAlone ? "sound" : "picture";
    return this.grant.renew({ takeOver });
  }

  #takePhotos() {
    clearInterval(this.photoTimer);
    if (!this.isSoundAlone) return;
    const take = async () => document.hidden || this.photos.send(await still(this.face.part("preview")), { isOwn: true });
    this.photoTimer = setInterval(take, PHOTO_EACH_MS);
    take();
  }

  #hear(news) {
    if (news.kind === "status") this.#onAir(news);
    else if (news.kind === "rung") this.#say(this.words[news.way]);
    else if (news.kind === "joined") this.#say(news.lostMs > 1000 ? fill(this.words.joined, { n: Math.round(news.lostMs / 1000) }) : this.words.again);
    else if (news.kind === "not_enough") this.face.part("offer").hidden = false;
    else if (news.kind === "over") this.#refused(news.code);
  }

  #onAir(status) {
    remember(this.session);
    if (status.weather === "lost") this.face.tell(""); // what was told of the net before is not true now
    this.face.onAir(status, this.viewers);
  }

  #hearCamera(kind) {
    if (kind === "lost") this.#say(this.words.camera_lost);
    else if (kind === "back") this.#say(this.words.camera_back);
    if (kind !== "lost") this.#again();
  }

  #say(text) {
    clearTimeout(this.saying);
    this.face.tell(text);
    this.saying = setTimeout(() => this.face.tell(""), TOLD_MS);
  }
}
