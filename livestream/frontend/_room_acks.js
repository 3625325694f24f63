// What the market answered, in one sentence and a colour: what happened, and what comes next.
import { clock } from "./_goods.js";
import { fill } from "../../core/frontend/_say.js";

// [text, kind] for the answer to a claim of `asked` packs of `code`.
export function claimTold(words, ack, { code, asked, nowMs }) {
  const places = { ...ack, code, asked, until: ack.expires_at && clock(ack.expires_at, nowMs) };
  if (ack.status === "held") return [fill(words.held, places), "ok"];
  return [fill(words[ack.status === "split" ? "split" : "waitlisted"], places), "wait"];
}

export function changeTold(words, ack) {
  if (ack.held + ack.waiting === 0) return [words.withdrawn, "ok"];
  return [fill(ack.waiting ? words.changed_waits : words.changed, ack), "ok"];
}

// A comment that orders is answered item by item, and told that a person looks at what was unclear in it;
// one that only talks is answered by being shown.
export function commentTold(words, ack, nowMs) {
  const { kind, items, why } = ack.reading;
  if (kind === "ambiguous") return [words.unclear, "wait"];
  const told = ack.claims.map((one, index) => itemTold(words, one, items[index], nowMs));
  if (!told.length) return ack.hidden === "words" ? [words.hidden_words, "wait"] : null;
  if (why) told.push([fill(words.unclear_rest, { why: words.why[why] ?? words.why[""] }), "wait"]);
  const bad = told.find(([, how]) => how === "bad") ?? told.find(([, how]) => how === "wait");
  return [told.map(([text]) => text).join(" "), bad ? bad[1] : "ok"];
}

// What stands in the empty field for a message while the show runs.
export function writeWords(words, { slow_s, staff_only }) {
  if (staff_only) return words.write_staff;
  return slow_s ? fill(words.write_slow, { n: slow_s }) : words.write;
}

function itemTold(words, one, item, nowMs) {
  if (one.ok === false) return errorTold(one.error);
  if (one.number === undefined) return changeTold(words, one);
  return claimTold(words, one, { code: item.code, asked: one.held + one.waiting, nowMs });
}

// What changed for this buyer without a press: served from the waiting list, run out, paid. Null for nothing.
export function newsTold(words, before, after) {
  const known = new Map(before.claims.map((claim) => [claim.claim, claim]));
  for (const claim of after.claims) {
    const was = known.get(claim.claim);
    if (!was) continue;
    const more = claim.held - was.held;
    if (more > 0 && was.waiting > claim.waiting) return [fill(words.served, { ...claim, more }), "ok"];
    if (claim.status !== was.status && claim.status === "expired") return [fill(words.expired, claim), "bad"];
    if (claim.status !== was.status && claim.status === "released") return [fill(words.released, claim), "bad"];
    if (claim.status !== was.status && claim.status === "paid") return [fill(words.paid, claim), "ok"];
  }
  return null;
}

// The server's own sentence says what to do; it is shown as it is.
export function errorTold(error) {
  return [error.message, "bad"];
}
