"""P10: changed tokens are not believed, and the check is quick."""

import time

from payments.receipts.codec import Verdict, verify
from tests.support.mutated_receipts import KEYS, a_token, require_none_accepted

MUTATIONS, CHECKS = 20_000, 300
MOST_MS = 1.0


def test_p10_twenty_thousand_changed_receipts_are_not_believed() -> None:
    require_none_accepted(MUTATIONS)


def test_a_receipt_is_checked_within_a_millisecond_of_the_processor() -> None:
    tokens = [a_token() for _ in range(CHECKS)]
    started = time.process_time()
    assert all(verify(token, KEYS).verdict is Verdict.VALID for token in tokens)
    assert (time.process_time() - started) * 1000 / CHECKS <= MOST_MS
