// What the market said to a count: what is news for the page, and what must be asked of who counted.
export function settle(entry, answer) {
  const notes = new Map(entry.note.lots.map((one) => [one.lot, one]));
  const questions = answer.list
    .filter((one) => one.outcome === "moved")
    .map((one) => ({ ...notes.get(one.lot), now: one.now }));
  return { questions, news: answer.list.filter((one) => one.outcome !== "moved") };
}
