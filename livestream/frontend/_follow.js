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

  take(events) {
    const fresh = events.filter((event) => event.seq > this.snapshot.seq);
    if (!fresh.length) return;
    if (fresh[0].seq !== this.snapshot.seq + 1) {
      this.early.push(...fresh);
      this.catchUp();
      return;
    }
    this.snapshot = fold(this.snapshot, fresh);
    this.changed(this.snapshot, fresh);
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
