"""How long the claim reader takes for the comments of its page, one by one."""

import time

from tests.bench.figures import percentile
from tests.support.phrases import phrases

_TIMES = 200


def read() -> dict[str, float]:
    """The p50 and p99 over the page's phrases, in µs of CPU, each the mean of many readings."""
    rows = phrases()
    for row in rows:
        row.read()
    taken: list[float] = []
    for row in rows:
        began = time.process_time()
        for _ in range(_TIMES):
            row.read()
        taken.append((time.process_time() - began) / _TIMES * 1e6)
    return {f"reader.p{percent}_us": percentile(taken, percent) for percent in (50, 99)}
