"""How long what was claimed is kept: the session's rule, and the show that runs late.

Until the end and some minutes (markets last hours), or some minutes from the claim (flash, fresh food).
A hold is only ever made longer: what a buyer was told stands.
"""

from sqlalchemy import update
from sqlalchemy.orm import Session

from livestream.log import SESSIONS, Turn
from livestream.models import Claim, LiveSession

MINUTE_MS = 60_000
LEAST_AFTER_WAITING_MS = 10 * MINUTE_MS
"""Who waited gets at least this long, however little the rule leaves."""
REACH_WITHIN_MS = 10 * MINUTE_MS
"""Who was offered packs from the waiting list is told within this, or the next one is asked."""
_RUNS_ON_MS = 10 * MINUTE_MS


def expires_ms(turn: Turn, now_ms: int) -> int:
    """When a claim held at `now_ms` runs out (UTC ms)."""
    length_ms = turn.hold_minutes * MINUTE_MS
    if turn.hold_rule == "minutes":
        return now_ms + length_ms
    return max(turn.planned_end_ms, now_ms) + length_ms


def expires_after_waiting_ms(turn: Turn, now_ms: int) -> int:
    """When packs that came from the waiting list run out (UTC ms)."""
    return max(expires_ms(turn, now_ms), now_ms + LEAST_AFTER_WAITING_MS)


def keep_up(session: Session, turn: Turn, now_ms: int) -> None:
    """A show that is past its planned end goes on ten more minutes, and so do its unexpired holds."""
    late = turn.running and turn.hold_rule == "until_end_plus" and now_ms >= turn.planned_end_ms
    if not late:
        return
    turn.planned_end_ms = now_ms + _RUNS_ON_MS
    planned = update(LiveSession).where(SESSIONS.c.id == turn.session_id)
    session.execute(planned.values(planned_end_ms=turn.planned_end_ms))
    _lengthen(session, turn.session_id, now_ms, expires_ms(turn, now_ms))


def show_ended(session: Session, turn: Turn, now_ms: int) -> None:
    """The end is known now: `until_end_plus` holds last at least that long after it."""
    if turn.hold_rule == "until_end_plus":
        until_ms = now_ms + turn.hold_minutes * MINUTE_MS
        _lengthen(session, turn.session_id, now_ms, until_ms)


def _lengthen(session: Session, session_id: str, now_ms: int, until_ms: int) -> None:
    unexpired = (
        Claim.session_id == session_id,
        Claim.state == "held",
        Claim.expires_ms > now_ms,
        Claim.expires_ms < until_ms,
    )
    session.execute(update(Claim).where(*unexpired).values(expires_ms=until_ms))
