// What is said of a token: first its signature, here; then, while there is a network, what became of the
// receipt since. Without one the answer stands as of the day of the list that is kept.
import { sha256 } from "@noble/hashes/sha2.js";
import { check, isOurList, keysFrom } from "./_receipt-token.js";

const KEYS = "/.well-known/receipt-keys.json";
const NOT_HERE = 404;

export class NoKeys extends Error {}

// {verdict, fields, asOf (ms), refundedVnd}; rejects with NoKeys where no list was ever fetched.
export async function answerFor(token) {
  const list = await published();
  const { verdict, fields } = check(token, keysFrom(list));
  const asOf = Date.parse(list.voids.as_of);
  if (verdict !== "valid") return { verdict, fields, asOf, refundedVnd: 0 };
  const since = await standing(token, fields);
  if (!since) return { verdict: isVoid(fields, list.voids) ? "void" : "valid_offline", fields, asOf, refundedVnd: 0 };
  const judged = since.void_since || isVoid(fields, list.voids) ? "void" : paidBack(since.refunded_vnd, fields.totalVnd);
  return { verdict: judged, fields, asOf: Date.parse(since.as_of) || asOf, refundedVnd: since.refunded_vnd };
}

async function published() {
  try {
    const answer = await fetch(KEYS, { cache: "no-cache" }); // a void of a minute ago counts
    if (!answer.ok) throw new NoKeys(`${answer.status}`);
    const list = await answer.json();
    if (!isOurList(list)) throw new NoKeys("the list of voids is not signed by us");
    return list;
  } catch (problem) {
    throw problem instanceof NoKeys ? problem : new NoKeys(problem.message);
  }
}

// What the market says of this receipt now; null where it cannot be asked. It is asked by the token's hash:
// the token itself leaves this device no more than the picture on paper does.
async function standing(token, { seller, number }) {
  try {
    const answer = await fetch(`/api/v1/receipts/${seller}/${number}/${hashOf(token)}`, { cache: "no-store" });
    if (answer.status === NOT_HERE) return { void_since: null, refunded_vnd: 0 };
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function hashOf(token) {
  return [...sha256(new TextEncoder().encode(token))].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

function isVoid(fields, voids) {
  return voids.receipts.some((row) => row.seller === fields.seller && row.number === fields.number);
}

function paidBack(refundedVnd, totalVnd) {
  if (!refundedVnd) return "valid";
  return refundedVnd < totalVnd ? "part_refunded" : "refunded";
}
