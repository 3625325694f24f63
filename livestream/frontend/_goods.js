// Sums, packs and times in words, as core/money.py, core/quantity.py and catalog/units.py write them.
const LARGE = { g: [1000, "kg"], ml: [1000, "lít"], piece: [1, "cái"] };
const COUNTED = { cặp: 2, đôi: 2, chục: 10, tá: 12 };
const ZONE = "Asia/Ho_Chi_Minh";
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ".");

// 1250000 → "1.250.000 đ"
export function vnd(sum) {
  return `${grouped(sum)} đ`;
}

// gói, 200, g → "gói 200 g"; kg, 1000, g → "kg"; chục, 10, piece → "chục"
export function packLabel({ unit_word: word, pack_size: size, base_unit: base }) {
  const shown = quantity(size, base);
  if (size === 1 || shown === `1 ${word}`) return word;
  if (base !== "piece") return `${word} ${shown}`;
  return COUNTED[word.toLowerCase()] === size ? word : `${word} ${size}`;
}

function quantity(amount, base) {
  const [perLarge, large] = LARGE[base];
  if (base === "piece") return `${grouped(amount)} ${large}`;
  if (amount < perLarge) return `${amount} ${base}`;
  const decimals = String(amount % perLarge).padStart(3, "0").replace(/0+$/, "");
  return `${grouped(Math.floor(amount / perLarge))}${decimals && `,${decimals}`} ${large}`;
}

// What a kilo, a litre or a piece costs, half up; "" where the pack is that already.
export function unitPrice({ pack_size: size, base_unit: base }, sum) {
  const [perLarge, large] = LARGE[base];
  if (size === perLarge) return "";
  return `${vnd(Math.floor((2 * sum * perLarge + size) / (2 * size)))}/${large}`;
}

// The price of a pin at a moment: a flash window is [starts_at, ends_at).
export function priceAt(pin, atMs) {
  const { flash } = pin;
  const on = flash && Date.parse(flash.starts_at) <= atMs && atMs < Date.parse(flash.ends_at);
  return on ? flash.price_vnd : pin.price_vnd;
}

// "20:05" today, "20:05 22/11" on another day, in Vietnam's time.
export function clock(iso, nowMs) {
  const at = partsOf(Date.parse(iso));
  const day = `${at.day}/${at.month}`;
  const now = partsOf(nowMs);
  return `${at.hour}:${at.minute}${day === `${now.day}/${now.month}` ? "" : ` ${day}`}`;
}

// "20:05:13.042": the claim list shows who was first.
export function exactClock(iso) {
  const { hour, minute, second } = partsOf(Date.parse(iso));
  return `${hour}:${minute}:${second}.${iso.slice(20, 23)}`;
}

const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, hourCycle: "h23", day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
});

function partsOf(ms) {
  return Object.fromEntries(PARTS.formatToParts(ms).map(({ type, value }) => [type, value]));
}

// The same choice of drawing as art() of the pages (crc32 of the product's id).
export function artOf(pin) {
  return `/static/art/${pin.art}-${(crc32(pin.product) % 3) + 1}.svg`;
}

function crc32(text) {
  let crc = -1;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ -1) >>> 0;
}
