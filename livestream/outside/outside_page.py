"""What the desk for comments from other channels shows: a look at what was pasted, links to send, leads.

Read fresh each time. A moderator's page: nicks are shown whole (they are public where they come from, and
the message must find them), phone numbers and sums of money never.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core import clock
from core.ids import new_id
from core.money import format_vnd
from livestream.outside import leads, nick_links, pasted_comments
from livestream.outside import outside_words as words
from livestream.outside.channels import MOST_COMMENTS
from livestream.outside.nick_links import NickLink
from livestream.outside.outside import ABOUT_ORDERS, Look
from livestream.room import room_words, view
from livestream.room.view import SessionFacts
from livestream.states import OVER


@dataclass(frozen=True)
class LookRow:
    """A comment that was pasted: what it comes to, and whether it can be ticked (`place` is its number)."""

    place: int
    nick: str
    text: str
    at: str
    what: str
    known: bool
    may_take: bool
    is_clear: bool


@dataclass(frozen=True)
class Looked:
    """What was pasted, read: its rows, how much of it was talk, how much did not fit; `pasted` as kept."""

    source: str
    pasted: str
    rows: tuple[LookRow, ...]
    talk: int
    more: int

    @property
    def new(self) -> int:
        """How many rows can be ticked."""
        return sum(row.may_take for row in self.rows)


@dataclass(frozen=True)
class NickCard:
    """A nick with what it holds in words, until when, and the message with its link."""

    nick: str
    source: str
    what: str
    until: str
    taken: bool
    message: str


@dataclass(frozen=True)
class LeadCard:
    """Somebody who asked too late, what they meant, and the message with today's price."""

    id: str
    nick: str
    source: str
    what: str
    is_there: bool
    message: str


@dataclass(frozen=True)
class ToldRow:
    """What became of one comment, and how good that is (`ok wait bad`)."""

    nick: str
    text: str
    told: str
    kind: str


@dataclass(frozen=True)
class OutsidePage:
    """All the template needs. `looked` while something pasted is looked at, `done` right after taking."""

    show: SessionFacts
    is_over: bool
    sources: dict[str, str]
    source: str
    typed: str
    client_id: str
    nicks: tuple[NickCard, ...]
    leads: tuple[LeadCard, ...]
    looked: Looked | None = None
    done: tuple[ToldRow, ...] = ()
    error: str = ""


def page(session: Session, session_id: str, base: str, source: str = "facebook") -> OutsidePage:
    """The desk of a session, for one of its moderators; `base` is the market's address."""
    show = view.facts(session, session_id)
    named = words.sources()
    return OutsidePage(
        show=show,
        is_over=show.state in OVER,
        sources=named,
        source=source if source in named else "facebook",
        typed="",
        client_id=new_id(),
        nicks=tuple(
            _nick(one, named, show, base) for one in nick_links.of_session(session, session_id)
        ),
        leads=_leads(session, session_id, named, base),
    )


def untaken(session: Session, session_id: str, base: str, most: int = 5) -> tuple[NickCard, ...]:
    """The newest nicks of a session whose links nobody has opened yet, each with its message."""
    show, named = view.facts(session, session_id), words.sources()
    waiting = [one for one in nick_links.of_session(session, session_id) if not one.taken]
    return tuple(_nick(one, named, show, base) for one in waiting[:most])


def looked(source: str, looks: Sequence[Look], *, is_over: bool) -> Looked:
    """What was pasted, as it reads; orders, what is unclear and what is taken back are kept."""
    orders = [one for one in looks if one.reading.kind in ABOUT_ORDERS]
    shown = orders[:MOST_COMMENTS]
    takes = {"claim"} if is_over else ABOUT_ORDERS
    return Looked(
        source=source,
        pasted=pasted_comments.as_table(one.comment for one in shown),
        rows=tuple(
            LookRow(
                place=place,
                nick=one.comment.nick,
                text=one.reading.masked,
                at=one.comment.at,
                what=words.reading_words(one.reading),
                known=one.known,
                may_take=one.is_offered and one.reading.kind in takes,
                is_clear=one.reading.kind != "ambiguous",
            )
            for place, one in enumerate(shown)
        ),
        talk=len(looks) - len(orders),
        more=len(orders) - len(shown),
    )


def _nick(link: NickLink, named: dict[str, str], show: SessionFacts, base: str) -> NickCard:
    what = words.lines_words(link.lines)
    ends = [line.expires_ms for line in link.lines if line.expires_ms]
    return NickCard(
        nick=link.nick,
        source=named.get(link.source, link.source),
        what=what,
        until=room_words.short_time(clock.iso(min(ends)), clock.now_ms()) if ends else "",
        taken=link.taken,
        message=words.link_message(link.nick, what, show.title, f"{base}/nick/{link.key}"),
    )


def _leads(
    session: Session, session_id: str, named: dict[str, str], base: str
) -> tuple[LeadCard, ...]:
    return tuple(
        LeadCard(
            id=one.id,
            nick=one.nick,
            source=named.get(one.source, one.source),
            what=f"{one.packs} × {one.name} ({one.unit})",
            is_there=one.is_there,
            message=words.lead_message(
                one.nick, one.name, f"{format_vnd(one.price_vnd)}/{one.unit}", base + one.path
            ),
        )
        for one in leads.waiting(session, session_id)
    )
