// The room's connection: websocket only, joined again after every break with the place where it stopped.
import { io } from "socket.io-client";
import { Follower } from "./_follow.js";

const ANSWER_WITHIN_MS = 8000;

export class LiveClient {
  // `hear`: changed(snapshot, events), online(boolean), and one function per other event of the room.
  constructor(snapshot, hear) {
    this.session = snapshot.session;
    this.hear = hear;
    this.skewMs = 0;
    this.follower = new Follower(snapshot, (after) => this.missed(after), hear.changed);
    this.socket = io("/live", { transports: ["websocket"], reconnectionDelayMax: 5000 });
    this.#listen();
  }

  get snapshot() {
    return this.follower.snapshot;
  }

  get online() {
    return this.socket.connected;
  }

  // The server's time, by which holds and flash windows are judged.
  now() {
    return Date.now() + this.skewMs;
  }

  // A write by socket while there is one, else over HTTP: some networks let only that through.
  async send(kind, body) {
    if (this.online) {
      const asked = this.socket.timeout(ANSWER_WITHIN_MS);
      return asked.emitWithAck(kind, { session: this.session, ...body });
    }
    return this.#post(kind, body);
  }

  // The cookie changed (a number was given): the next handshake carries it.
  signInAgain() {
    this.socket.disconnect().connect();
  }

  async missed(after) {
    const answer = await fetch(`/api/v1/live/${this.session}/events?after=${after}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const { list } = await answer.json();
    return list;
  }

  // A break may have swallowed news of one's own claims; they are few and read whole.
  async mine() {
    // Without an answer nothing is lost: the next connection asks again.
    const answer = await fetch(`/api/v1/live/${this.session}/mine`).catch(() => null);
    if (answer?.ok) this.hear.mine(await answer.json());
  }

  #listen() {
    const { socket, hear } = this;
    socket.on("connect", () => this.#join());
    socket.on("disconnect", (reason) => {
      hear.online(false);
      // A server that says goodbye is not tried again by itself.
      if (reason === "io server disconnect") setTimeout(() => socket.connect(), 1000);
    });
    socket.on("connect_error", () => hear.online(false));
    socket.on("events", (frame) => {
      this.#setTime(frame.server_time);
      this.follower.take(frame.list);
    });
    for (const name of ["pulse", "chat", "mine", "host", "moderate"]) {
      socket.on(name, (payload) => hear[name]?.(payload));
    }
    // A phone that was asleep wakes with a dead line; there is no need to wait for the next try.
    addEventListener("offline", () => hear.online(false));
    addEventListener("online", () => (socket.connected ? hear.online(true) : this.#tryNow()));
    document.addEventListener("visibilitychange", () => document.hidden || this.#tryNow());
  }

  #join() {
    const asked = { session: this.session, after_seq: this.snapshot.seq };
    this.socket.emit("join", asked, (ack) => {
      if (!ack.ok) return;
      this.#setTime(ack.server_time);
      if (ack.snapshot) this.follower.replace(ack.snapshot);
      else this.follower.take(ack.list);
      this.hear.online(true);
    });
  }

  // While a next try is waiting, `connect` alone would leave it waiting.
  #tryNow() {
    if (!this.socket.connected) this.socket.disconnect().connect();
  }

  #setTime(iso) {
    this.skewMs = Date.parse(iso) - Date.now();
  }

  async #post(kind, body) {
    const { claim, ...rest } = body;
    const place = { claim: "claims", comment: "comments", change: `claims/${claim}/change` }[kind];
    const answer = await fetch(`/api/v1/live/${this.session}/${place}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(kind === "change" ? rest : body),
    });
    const told = await answer.json();
    return answer.ok ? { ok: true, ...told } : { ok: false, error: { ...told, message: told.detail } };
  }
}
