"""Comments from other channels: told apart from those taken before, read, and what a person ticked served.

A nick that gave no number is a buyer of its own, whose packs are held until a link finds its owner
(`nick_links`). Served like anybody's comments (`intake`), under the session's lock; once the show is over
an order becomes a lead. Refuses to take a comment twice, by whatever road it comes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core import clock
from core.errors import DomainError
from core.identity import people
from core.identity.logins import Login
from core.strict_json import canonical
from core.text import fold
from livestream import log
from livestream.desk import intake
from livestream.desk.desk import Claimed
from livestream.desk.intake import Commented
from livestream.outside import leads, nicks
from livestream.outside.channels import ChannelComment, Source
from livestream.outside.known_comments import KnownComments
from livestream.outside.nicks import Nick
from livestream.reader.claim_reader import Reading
from livestream.states import OVER
from livestream.talk import comments as said_here
from livestream.talk import helped
from livestream.talk.comments import CommentRequest

ABOUT_ORDERS = frozenset({"claim", "withdraw", "ambiguous"})
"""The readings of a comment that are taken in; talk and questions stay where they were said."""

_MARK_LENGTH = 32


@dataclass(frozen=True)
class Look:
    """How an outside comment reads now, and whether it was taken before."""

    comment: ChannelComment
    reading: Reading
    known: bool

    @property
    def is_offered(self) -> bool:
        """Whether it may be taken."""
        return not self.known and self.reading.kind in ABOUT_ORDERS


Outcome = Commented | DomainError | int
"""What became of a comment that was taken: as `intake` answers it, or how many leads it is."""


@dataclass(frozen=True)
class Taken:
    """A comment and what became of it; None: it was taken before, or is nothing to take."""

    look: Look
    outcome: Outcome | None


@dataclass(frozen=True)
class Batch:
    """Comments of one channel for one session, in order; `chosen` are the places of those to take (all)."""

    session_id: str
    source: Source
    comments: tuple[ChannelComment, ...]
    chosen: frozenset[int] | None = None

    def takes(self, place: int) -> bool:
        """Whether the comment at this place is to be taken, if it may be."""
        return self.chosen is None or place in self.chosen


def look(session: Session, batch: Batch) -> list[Look]:
    """How these comments read as the session's pins stand; writes nothing."""
    known = KnownComments(session, batch.session_id, batch.source)
    texts = [one.text for one in batch.comments]
    readings = said_here.read_all(session, batch.session_id, texts)
    return [
        Look(one, reading, known.judge(one, mark_of(one)))
        for one, reading in zip(batch.comments, readings, strict=True)
    ]


def take(session: Session, batch: Batch, by: Login) -> list[Taken]:
    """Take in those of the batch that are orders, new and chosen, in order; an answer for each comment.

    `by` is who of the seller's people answers for it. A comment that is refused may be tried again.

    Raises:
        NotFound: there is no such session. SessionNotLive: it has not begun.
    """
    turn = log.begin(session, batch.session_id)
    if turn.state not in OVER:
        turn.require_running()
    looks = look(session, batch)
    places = [n for n, one in enumerate(looks) if one.is_offered and batch.takes(n)]
    wanted = [looks[place] for place in places]
    is_over = turn.state in OVER
    outcomes = _late(session, batch, wanted) if is_over else _served(session, batch, wanted, by)
    by_place = dict(zip(places, outcomes, strict=True))
    taken = [Taken(one, by_place.get(place)) for place, one in enumerate(looks)]
    _remember(session, batch, taken)
    return taken


def mark_of(comment: ChannelComment) -> str:
    """Who wrote what, however it is typed, in 32 characters that say nothing of it."""
    said: list[str] = [" ".join(fold(part).split()) for part in (comment.nick, comment.text)]
    return hashlib.sha256(canonical([*said])).hexdigest()[:_MARK_LENGTH]


def _remember(session: Session, batch: Batch, taken: Sequence[Taken]) -> None:
    known = KnownComments(session, batch.session_id, batch.source)
    for one in taken:
        comment = one.look.comment
        if one.look.known:
            known.name(comment, mark_of(comment))
        elif one.outcome and not isinstance(one.outcome, DomainError):
            known.add(comment, mark_of(comment))


def _late(session: Session, batch: Batch, looks: Sequence[Look]) -> list[Outcome]:
    """The show is over: orders become leads, everything else nothing."""
    return [
        leads.note(session, batch.session_id, batch.source, one.comment.nick, one.reading.items)
        if one.reading.kind == "claim"
        else 0
        for one in looks
    ]


def _served(session: Session, batch: Batch, looks: Sequence[Look], by: Login) -> list[Outcome]:
    now = clock.now_ms()
    asked = [
        CommentRequest(
            session_id=batch.session_id,
            text=one.comment.text,
            login=_buyer(session, batch, one, by),
            received_ms=now,
            source="import",
        )
        for one in looks
    ]
    outcomes: list[Outcome] = []
    for outcome in intake.serve(session, asked):
        assert not isinstance(outcome, Claimed)  # a comment is answered as one
        outcomes.append(outcome)
    _note_help(session, outcomes, by)
    return outcomes


def _buyer(session: Session, batch: Batch, look: Look, by: Login) -> Login:
    """Who speaks: the number in the comment, else the nick or who took its link."""
    name, phone = look.comment.nick, look.reading.phone
    if phone is not None:
        return nicks.vouched(by.device_id, people.find_or_create(session, phone, name), name, phone)
    return nicks.buyer_of(session, batch.session_id, Nick(batch.source, name), by)


def _note_help(session: Session, outcomes: Sequence[Outcome], by: Login) -> None:
    """Write down who of the seller's people took these in."""
    for outcome in outcomes:
        for one in outcome.outcomes if isinstance(outcome, Commented) else ():
            if isinstance(one, Claimed):
                helped.note(session, one.claim_id, by)
