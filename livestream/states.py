"""What a session, a pin and a claim may become, and the one public word for how a claim stands.

A claim has two parts, held packs and waiting packs, each with a table of its own. Refuses to do anything
on a move: one function per move does that.
"""

from core.states import Table

SESSION = Table(
    "live session",
    {
        ("draft", "checked"),
        ("checked", "rehearsal"),
        ("rehearsal", "checked"),
        ("checked", "live"),
        ("rehearsal", "live"),
        ("draft", "cancelled"),
        ("checked", "cancelled"),
        ("live", "interrupted"),
        ("interrupted", "live"),
        ("live", "ended"),
        ("interrupted", "ended"),
        ("ended", "replay"),
        ("replay", "archived"),
    },
)
"""A session; an ended one is never started again."""

RUNNING = frozenset({"live", "interrupted"})
"""The states in which claims are taken: a lost picture does not stop the sale."""

BEFORE = frozenset({"draft", "checked", "rehearsal"})
"""The states of a session that is still to come."""

OVER = frozenset({"ended", "replay", "archived"})
"""The states of a session that was shown: it is over, and may be seen again while its recording is kept."""

PUBLIC = frozenset({"checked", "live", "interrupted", "ended", "replay", "archived"})
"""The states in which a session has a public page."""

LESSON = "training"
"""The kind of a session that sells nothing: a lesson, with practice goods or none."""

PIN = Table(
    "pin",
    {
        ("queued", "showing"),
        ("queued", "side"),
        ("showing", "side"),
        ("side", "showing"),
        ("side", "queued"),
        ("queued", "closed"),
        ("showing", "closed"),
        ("side", "closed"),
    },
)
"""A pin; a closed one stays closed."""

SHOWN = frozenset({"showing", "side"})
"""The states in which a pin can be claimed."""

MOST_BESIDE = 3
"""How many pins may stand beside the main one."""

HELD_PART = Table(
    "claim",
    {
        ("none", "held"),
        ("none", "withdrawn"),
        ("held", "none"),
        ("held", "ordered"),
        ("held", "expired"),
        ("held", "withdrawn"),
        ("held", "released"),
        ("ordered", "paid"),
        ("ordered", "lapsed"),
        ("lapsed", "paid"),
        ("paid", "refunded"),
    },
)
"""The held part; `none` is a claim that only waits (`held → none`: an offer nobody was reached for),
`lapsed → paid` is late money, `held → released` an officer's stop of the show."""

WAITING_PART = Table(
    "waiting",
    {
        ("waiting", "none"),
        ("waiting", "offered"),
        ("offered", "none"),
        ("offered", "waiting"),
        ("waiting", "left"),
        ("waiting", "ended"),
        ("offered", "left"),
        ("offered", "ended"),
    },
)
"""The waiting part: all of it was served but the buyer does not know (`offered`), or knows (`none`);
`offered → waiting`: nobody was reached in time."""


def status_of(state: str, wait_state: str, waiting: int) -> str:
    """The public word for a claim: `held | split | waitlisted` while open, else what became of it.

    `state` is the held part's, `wait_state` the waiting part's, `waiting` the packs that still wait.
    """
    if state == "held":
        return "split" if waiting else "held"
    if state == "none":
        return "waitlisted" if waiting else wait_state
    return state
