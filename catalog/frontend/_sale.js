// What one sale at a stall is: packs typed on the keypad, their base units and their price. Pure.
const MOST_DIGITS = 7;

// What stands on the display after `key`: digits, one comma, "back"; a first digit replaces the 1 that stands there.
export function press(typed, key, fresh) {
  if (key === "back") return typed.length > 1 && !fresh ? typed.slice(0, -1) : "";
  if (key === ",") return typed.includes(",") ? typed : `${fresh ? "0" : typed || "0"},`;
  const base = fresh || typed === "0" ? "" : typed;
  return base.length < MOST_DIGITS ? base + key : base;
}

// The base units of so many packs as typed ("1,5"), or null where that is no whole amount above nothing.
export function quantityOf(typed, size) {
  const found = /^(\d{1,7})(?:,(\d{0,3}))?$/.exec(typed);
  if (!found) return null;
  const part = found[2] || "";
  const tenths = 10 ** part.length;
  const over = Number(found[1] + part) * size;
  return over > 0 && over % tenths === 0 ? over / tenths : null;
}

// Half up to the đồng, once per line, as `catalog.pricing` counts.
export function amountOf(quantity, size, price) {
  return Math.floor((2 * quantity * price + size) / (2 * size));
}

export function sumOf(lines) {
  return lines.reduce((sum, line) => sum + line.amount, 0);
}
