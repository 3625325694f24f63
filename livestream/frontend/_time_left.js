// How long it is until a show, in words with {d}, {h}, {m} and {s}.
const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

export function leftWords(seconds, words) {
  if (seconds <= 0) return words.due;
  const parts = {
    d: Math.floor(seconds / DAY_S),
    h: Math.floor((seconds % DAY_S) / HOUR_S),
    m: Math.floor((seconds % HOUR_S) / MINUTE_S),
    s: seconds % MINUTE_S,
  };
  if (!parts.d) parts.h = Math.floor(seconds / HOUR_S);
  const chosen = parts.d ? words.days : parts.h ? words.hours : words.minutes;
  return chosen.replace(/\{([dhms])\}/g, (_all, name) => parts[name]);
}
