// Quantities as people type and read them, in whole base units (g, ml, pieces); the same rules as
// `catalog.units.parse_quantity` and `core.quantity.format_quantity`: a comma is decimal, a point too unless
// three digits follow. Refuses what is no quantity (answers null) rather than guess.
const LARGE = { g: [1000, "kg"], ml: [1000, "lít"], piece: [1, "cái"] };
const WORDS = {
  g: { kg: 1000, ký: 1000, cân: 1000, g: 1, gam: 1, lạng: 100, yến: 10_000, tạ: 100_000 },
  ml: { lít: 1000, l: 1000, ml: 1 },
  piece: { cái: 1, quả: 1, con: 1, chục: 10 },
};
const WRITTEN = /^(\d{1,3}(?:\.\d{3}){1,4}|\d{1,12})(?:(?:,|\.(?!\d{3}(?!\d)))(\d{1,6}))?\s*(\p{L}*)$/u;
const BELOW = 10 ** 12;

// `read("2,5", "g")` is 2500: a bare number counts in the large unit, in pieces of what is counted.
export function read(text, unit) {
  const found = WRITTEN.exec(text.trim().normalize("NFC").toLowerCase());
  if (!found) return null;
  const [, whole, part = "", word] = found;
  const size = word ? WORDS[unit][word] : LARGE[unit][0];
  if (!size) return null;
  const amount = Number(whole.replaceAll(".", "")) * size + partOf(part, size);
  return Number.isInteger(amount) && amount < BELOW ? amount : null;
}

// 0,25 of a kilo without floats: 25 × 1000 / 100 must come out whole.
function partOf(part, size) {
  const tenths = 10 ** part.length;
  const over = Number(part || 0) * size;
  return over % tenths ? Number.NaN : over / tenths;
}

export function show(amount, unit) {
  const [size, word] = LARGE[unit];
  if (size > 1 && Math.abs(amount) < size) return `${amount} ${unit}`;
  const whole = Math.trunc(Math.abs(amount) / size);
  const rest = Math.abs(amount) % size;
  const places = size > 1 ? String(rest).padStart(3, "0").replace(/0+$/, "") : "";
  return `${amount < 0 ? "-" : ""}${grouped(whole)}${places ? `,${places}` : ""} ${word}`;
}

export function dong(sum) {
  return `${grouped(sum)} đ`;
}

function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ".");
}
