"""What a case may become, by whom, and how long each may take. Pure: it is told the time.

The times are the market's promise to buyers (issue 5): 48 hours for the seller, with 24 hours' notice
before an officer takes over, however late that notice went out.
"""

from core.states import Table

HOUR_MS = 3_600_000
ANSWER_MS = 48 * HOUR_MS
"""How long the seller has, from the moment the complaint is made."""
NOTICE_MS = 24 * HOUR_MS
"""How long before an officer takes over the seller is told so."""
OFFICER_MS = 48 * HOUR_MS
"""How long the officer has from then on."""
DISPUTE_MS = 7 * 24 * HOUR_MS
"""How long an outcome can be taken to an officer."""

OPEN = "open"
ESCALATED = "escalated"
SETTLED = "settled"
WITHDRAWN = "withdrawn"
RUNNING = (OPEN, ESCALATED)
"""The states in which somebody still waits."""

CASE = Table(
    "case",
    {
        (OPEN, SETTLED),
        (OPEN, WITHDRAWN),
        (OPEN, ESCALATED),
        (ESCALATED, SETTLED),
        (ESCALATED, WITHDRAWN),
        (SETTLED, ESCALATED),  # taken to an officer by whoever complained, once
    },
)
"""Every move a case may make; it begins as `open`."""

ORDER, LISTING, STREAM = "order", "listing", "stream"
PROBLEMS = {
    ORDER: ("not_arrived", "short", "wrong_item", "spoilt", "not_as_shown", "money", "other"),
    LISTING: ("not_as_shown", "false_claim", "unsafe", "price", "other"),
    STREAM: ("false_claim", "rude", "forbidden", "price", "other"),
}
"""What can be wrong, by what the complaint is about."""
WISHES = ("refund", "replace", "credit", "explain")
"""What whoever complains would like."""
REFUND, REPLACE, CREDIT, REJECT = "refund", "replace", "credit", "reject"
OUTCOMES = (REFUND, REPLACE, CREDIT, REJECT)
CREDITED = "credited"
"""What the market notes when a credit became a voucher; its text is the code."""
WITH_SUM = (REFUND, CREDIT)
"""Outcomes that name a sum in đồng."""


def warns_ms(due_ms: int) -> int:
    """When the seller is told that the time is half over (UTC ms), for a case due at `due_ms`."""
    return due_ms - NOTICE_MS


def escalates_ms(due_ms: int, warned_ms: int | None) -> int | None:
    """When an officer takes over (UTC ms): at the due time, and never within 24 hours of the notice.

    None while the notice has not gone out: a market that was down owes it first.
    """
    return None if warned_ms is None else max(due_ms, warned_ms + NOTICE_MS)


def may_dispute(settled_ms: int, now_ms: int, *, by_officer: bool, before: bool) -> bool:
    """Whether an outcome can still be taken to an officer: the seller's, once, within a week.

    `before` says whether an officer has had the case already.
    """
    return not by_officer and not before and now_ms < settled_ms + DISPUTE_MS
