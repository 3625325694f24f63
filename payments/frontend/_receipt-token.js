// A receipt's token, read and verified in the browser alone: the same rules as
// payments/receipts/codec.py, bit for bit. There is one writing of each token; any other is refused.
// Ed25519 comes from @noble because old phones lack it in WebCrypto, and WebCrypto is absent on
// plain http; SHA-512 likewise.
import { hashes, verify } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";

hashes.sha512 = sha512;

const MAX_TOKEN = 330;
const ITEMS = 10;
const VERSION = 1;
const SIGNATURE_BYTES = 64;
const HASH_BYTES = 32;
const ARRAY_OF_TEN = 0x8a;
const ARRAY_OF_NINE = 0x89;
const TAIL = 2 + SIGNATURE_BYTES;
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const [NUMBER, BYTES, TEXT] = [0, 2, 3];

export class BadToken extends Error {}

// What a person pastes: the whole link, or the token alone, perhaps broken over lines.
export function tokenIn(text) {
  const joined = text.replace(/\s+/g, "");
  return joined.slice(joined.lastIndexOf("#") + 1);
}

export function decode(token) {
  const raw = fromBase64url(token);
  const items = [...readItems(raw)];
  const shapes = [NUMBER, TEXT, TEXT, NUMBER, TEXT, NUMBER, NUMBER, BYTES, BYTES, BYTES];
  if (items.length !== ITEMS || items.some((item, at) => item.major !== shapes[at])) throw new BadToken();
  const [version, keyId, seller, number, code, totalVnd, paidAtMs, digest, previous, signature] =
    items.map((item) => item.value);
  const fields = { keyId, seller, number, code, totalVnd, paidAtMs, digest, previous };
  if (version !== VERSION || signature.length !== SIGNATURE_BYTES || !isWellFormed(fields)) throw new BadToken();
  const signed = raw.slice(0, -TAIL);
  signed[0] = ARRAY_OF_NINE;
  return { fields, signed, signature };
}

// `publicKeys` is a Map from key id to the 32 raw bytes. Never throws: people scan anything.
export function check(token, publicKeys) {
  let claim;
  try {
    claim = decode(token);
  } catch {
    return { verdict: "malformed", fields: null };
  }
  const key = publicKeys.get(claim.fields.keyId);
  if (!key) return { verdict: "unknown_key", fields: claim.fields };
  return { verdict: isSigned(claim, key) ? "valid" : "bad_signature", fields: claim.fields };
}

// The published list (/.well-known/receipt-keys.json) as the Map that `check` takes.
export function keysFrom(published) {
  const ours = published.keys.filter((key) => key.kty === "OKP" && key.crv === "Ed25519");
  return new Map(ours.map((key) => [key.kid, fromBase64url(key.x)]));
}

// Whether the list of voids was signed by one of the keys beside it: the same lines as
// payments/receipts/void_list.py. Never throws: a list may be a stranger's, or kept from before lists were signed.
export function isOurList(published) {
  try {
    const { as_of: asOf, receipts, kid, signature } = published.voids;
    const lines = ["cho-phien-voids-1", asOf, ...receipts.map((row) => `${row.seller} ${row.number} ${row.since}`)];
    const signed = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
    return isSigned({ signed, signature: fromBase64url(signature) }, keysFrom(published).get(kid));
  } catch {
    return false;
  }
}

function isSigned({ signed, signature }, key) {
  try {
    return verify(signature, signed, key, { zip215: false });
  } catch {
    return false;
  }
}

function isWellFormed({ keyId, seller, number, code, digest, previous }) {
  return (
    /^[A-Za-z0-9_-]{8}$/.test(keyId) &&
    /^[A-Za-z0-9_-]{1,32}$/.test(seller) &&
    number > 0 &&
    isOrderCode(code) &&
    digest.length === HASH_BYTES &&
    previous.length === HASH_BYTES
  );
}

function isOrderCode(code) {
  const values = [...code.slice(2)].map((letter) => ALPHABET.indexOf(letter));
  if (!/^CP.{8}$/.test(code) || values.includes(-1)) return false;
  const sum = values.slice(0, -1).reduce((total, value, at) => total + (at + 1) * value, 0);
  return values.at(-1) === sum % ALPHABET.length;
}

// One flat CBOR array of numbers, texts and byte strings, each in its shortest writing.
function* readItems(raw) {
  if (raw[0] !== ARRAY_OF_TEN) throw new BadToken();
  let at = 1;
  while (at < raw.length) {
    const { major, size, start } = readHead(raw, at);
    if (major === NUMBER) {
      yield { major, value: size };
      at = start;
      continue;
    }
    if ((major !== BYTES && major !== TEXT) || start + size > raw.length) throw new BadToken();
    at = start + size;
    const chunk = raw.slice(start, at);
    yield { major, value: major === TEXT ? ascii(chunk) : chunk };
  }
}

function readHead(raw, at) {
  const major = raw[at] >> 5;
  const short = raw[at] & 31;
  if (short < 24) return { major, size: short, start: at + 1 };
  const start = at + 1 + 2 ** (short - 24);
  if (short > 27 || start > raw.length) throw new BadToken();
  const size = raw.slice(at + 1, start).reduce((total, octet) => total * 256 + octet, 0);
  const least = [24, 2 ** 8, 2 ** 16, 2 ** 32][short - 24];
  if (size < least || !Number.isSafeInteger(size)) throw new BadToken();
  return { major, size, start };
}

// Every text in a token is plain ASCII; what is not can be no token of ours.
function ascii(chunk) {
  if (chunk.some((octet) => octet > 126 || octet < 32)) throw new BadToken();
  return String.fromCharCode(...chunk);
}

function fromBase64url(text) {
  if (text.length > MAX_TOKEN || !/^[A-Za-z0-9_-]*$/.test(text)) throw new BadToken();
  let raw;
  try {
    raw = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  } catch {
    throw new BadToken();
  }
  // Spare bits at the end are read by atob but never written by us.
  if (toBase64url(raw) !== text) throw new BadToken();
  return raw;
}

function toBase64url(raw) {
  return btoa(String.fromCharCode(...raw)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
