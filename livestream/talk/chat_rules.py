"""What the room does with a line: shows it, keeps it out of sight, or does not take it at all.

Why: a sale must stay readable and decent, and no rule of talk may cost anybody an order. So what reads as
an order, a withdrawal or something near one is always taken, though perhaps not shown; only plain talk is
refused. Refuses to know rows and time: who waits how long is given.
"""

from dataclasses import dataclass

from livestream.errors import Banned, Muted, SlowMode, StaffOnly
from livestream.talk.chat_text import says_one_of

MUTED, BANNED = "muted", "banned"

SHOWN = ""
REMOVED = "removed"
"""A line that staff took out of sight; the other reasons are those `judged` returns."""

_ABOUT_ORDERS = frozenset({"claim", "withdraw", "ambiguous"})


@dataclass(frozen=True)
class ChatRules:
    """A session's rules of talk: seconds between two lines of one person (0: none), whether only staff
    speak, and the words that keep a line out of sight (as `chat_text.plain` writes them).
    """

    slow_s: int = 0
    staff_only: bool = False
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Line:
    """What somebody says: its `kind` by the claim reader, `bar` (muted, banned or ""), and how many ms
    its speaker would have to wait under slow mode (0: none).
    """

    kind: str
    text: str
    staff: bool = False
    bar: str = ""
    wait_ms: int = 0


def judged(rules: ChatRules, line: Line) -> str:
    """Why the line is kept out of sight: `muted`, `staff_only`, `words`, `slow`; "" when it is shown.

    Staff are always shown.

    Raises:
        Banned: nothing of this person is taken.
        Muted, StaffOnly, SlowMode: plain talk that is not taken now; `SlowMode` says when it is.
    """
    if line.staff:
        return SHOWN
    if line.bar == BANNED:
        raise Banned()
    is_order = line.kind in _ABOUT_ORDERS
    if line.bar == MUTED:
        return _kept_from_sight(MUTED, is_order, Muted())
    if rules.staff_only:
        return _kept_from_sight("staff_only", is_order, StaffOnly())
    if line.wait_ms > 0:
        return _kept_from_sight("slow", is_order, SlowMode(line.wait_ms, rules.slow_s))
    return "words" if says_one_of(rules.words, line.text) else SHOWN


def _kept_from_sight(why: str, is_order: bool, refusal: Exception) -> str:
    if not is_order:
        raise refusal
    return why
