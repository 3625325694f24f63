// Follows the event log of a session: takes frames in order, asks for what is missing, repeats nothing.
import { fold } from "./_fold.js";

const AGAIN_MS = 2000;

export class Follower {
  // `missed(after)` answers the events after a seq; `changed(snapshot, events)` hears of each step.
  constructor(snapshot, missed, changed) {
    this.snapshot = snapshot;
    this.missed = missed;
    this.changed = changed;
    this.early = [];
    this.asking = false;
  }

  // A whole snapshot takes the place of what was followed so far.
  replace(snapshot) {
    if (snapshot.seq < this.snapshot.seq) return;
    this.snapshot = snapshot;
    this.changed(snapshot, []);
  }

  // Events by seq, some perhaps known, some perhaps doubled; what comes after a gap waits for what is missing.
  take(events) {
    const next = [];
    const early = [];
    let seq = this.snapshot.seq;
    for (const event of events) {
      if (event.seq === seq + 1) {
        next.push(event);
        seq = event.seq;
      } else if (event.seq > seq) early.push(event);
    }
    if (next.length) {
      this.snapshot = fold(this.snapshot, next);
      this.changed(this.snapshot, next);
    }
    if (!early.length) return;
    this.early.push(...early);
    this.catchUp();
  }

  // Frames that come meanwhile wait in `early`; what the answer already brought is left out by seq.
  async catchUp() {
    if (this.asking) return;
    this.asking = true;
    try {
      this.take(await this.missed(this.snapshot.seq));
    } catch {
      setTimeout(() => this.catchUp(), AGAIN_MS);
      return;
    } finally {
      this.asking = false;
    }
    const early = this.early.splice(0);
    this.take(early.sort((one, two) => one.seq - two.seq));
  }
}
