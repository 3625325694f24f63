// What the market said to a count: what is news for the page, and what must be asked of who counted.
export function settle(entry, answer) {
  const notes = new Map(entry.note.lots.map((one) => [one.lot, one]));
  const questions = answer.list
    .filter((one) => one.outcome === "moved")
    .map((one) => ({ ...notes.get(one.lot), now: one.now, point: entry.note.point, point_id: entry.body.point }));
  return { questions, news: answer.list.filter((one) => one.outcome !== "moved") };
}

// Of all that can wait, only a count asks back.
export function questionsOf(entry, answer) {
  return entry.kind === "counts" ? settle(entry, answer).questions : [];
}
