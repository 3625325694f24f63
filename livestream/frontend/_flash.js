// A flash window at a moment: announced, on, or none; and its countdown in the fewest signs.

// `{soon, seconds, price_vnd, packs, limit}`: seconds until it starts (soon) or ends; null when there is none.
export function flashAt(pin, nowMs) {
  const flash = pin?.flash;
  if (!flash) return null;
  const [starts, ends] = [Date.parse(flash.starts_at), Date.parse(flash.ends_at)];
  if (ends <= nowMs) return null;
  const soon = nowMs < starts;
  return { ...flash, soon, seconds: Math.ceil(((soon ? starts : ends) - nowMs) / 1000) };
}

// 42 → "0:42", 754 → "12:34", 3700 → "1:01:40"
export function countdown(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = two(seconds % 60);
  return hours ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}
