// Looks for news again and again while somebody looks at the page: ever less often while that fails, and at
// once when they come back to it or the network does.
//
// `look()` asks and rejects when it got no answer; `everyMs()` is how long to wait after an answer, 0 for
// not any more; no wait is longer than `slowestMs`.
export function lookAgain({ look, everyMs, slowestMs }) {
  let failures = 0;
  let timer = 0;

  async function round() {
    clearTimeout(timer);
    try {
      await look();
      failures = 0;
    } catch {
      failures += 1;
    }
    schedule();
  }

  function schedule() {
    clearTimeout(timer);
    const ms = everyMs();
    if (ms && !document.hidden) timer = setTimeout(round, Math.min(slowestMs, ms * 2 ** failures));
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(timer);
    else if (everyMs()) round();
  });
  addEventListener("online", () => everyMs() && round());
  schedule();
}
