// A session as the room sees it, moved on by the event log. Mirrors livestream/room/snapshot.py, and both are
// tested against the same cases (tests/payloads/live_fold.json).

const NEWEST = 100;
const NUMBER = 0;
const CODE = 2;
const HELD = 3;
const WAITING = 4;
const STATUS = 5;
const COUNTED_AS = { held: "held", split: "held", ordered: "ordered", paid: "paid" };
const WITHOUT_WAITING = { split: "held", waitlisted: "ended" };
// Older phones have no structuredClone, and what is folded is JSON anyway.
const copy = (value) => JSON.parse(JSON.stringify(value));

// The snapshot after `events`, which must follow it without a gap; the one given is left as it is.
export function fold(snapshot, events) {
  const now = copy(snapshot);
  for (const event of events) {
    if (event.seq !== now.seq + 1) throw new RangeError(`event ${event.seq} does not follow ${now.seq}`);
    FOLDS[event.type]?.(now, copy(event.data));
    now.seq = event.seq;
  }
  return now;
}

const FOLDS = {
  session_live: (now) => {
    now.state = "live";
  },
  session_interrupted: (now) => {
    now.state = "interrupted";
  },
  session_ended: (now) => {
    now.state = "ended";
    now.counters.waiting = 0;
    for (const pin of now.pins) pin.state = "closed";
    for (const line of now.claims) stopWaiting(line);
  },
  pinned: (now, pin) => {
    const others = now.pins.filter((other) => other.code !== pin.code);
    if (pin.state === "showing") {
      for (const other of others) if (other.state === "showing") other.state = "side";
    }
    now.pins = [...others, pin].sort((one, two) => one.position - two.position);
  },
  unpinned: (now, gone) => {
    if (gone.state === "queued") {
      now.pins = now.pins.filter((pin) => pin.code !== gone.code);
      return;
    }
    changePin(now, gone.code, { state: "closed" });
    now.counters.waiting -= gone.waiting_ended;
    for (const line of now.claims) if (line[CODE] === gone.code) stopWaiting(line);
  },
  price_changed: (now, { code, ...prices }) => changePin(now, code, prices),
  flash_started: (now, { code, ...flash }) => changePin(now, code, { flash }),
  flash_ended: (now, { code }) => changePin(now, code, { flash: null }),
  allotment_changed: (now, { code, packs }) => changePin(now, code, { packs }),
  claims: (now, lines) => {
    for (const line of lines) {
      now.counters.claims += 1;
      count(now.counters, line[STATUS], line[HELD], line[WAITING]);
    }
    now.claims = [...now.claims, ...lines].slice(-NEWEST);
  },
  claim_changed: (now, { claim, was }) => {
    count(now.counters, was.status, -was.held, -was.waiting);
    count(now.counters, claim[STATUS], claim[HELD], claim[WAITING]);
    now.claims = now.claims.map((line) => (line[NUMBER] === claim[NUMBER] ? claim : line));
  },
  announcement: (now, { text }) => {
    now.announcement = text;
  },
};

export const EVENT_TYPES = Object.keys(FOLDS);

// A pin that is not shown is not here: "pinned" will bring it whole.
function changePin(now, code, change) {
  const pin = now.pins.find((one) => one.code === code);
  if (pin) Object.assign(pin, change);
}

function count(counters, status, held, waiting) {
  const counter = COUNTED_AS[status];
  if (counter) counters[counter] += held;
  counters.waiting += waiting;
}

function stopWaiting(line) {
  if (!line[WAITING]) return;
  line[WAITING] = 0;
  line[STATUS] = WITHOUT_WAITING[line[STATUS]] ?? line[STATUS];
}
