"""What the room's page shows before its script takes over, and what it tells the script.

Read fresh for one buyer; the script goes on from `facts` by the event log. Refuses to keep or to change
anything.
"""

from dataclasses import dataclass
from typing import cast

from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.identity.logins import Login
from core.ids import new_id
from core.strict_json import JsonValue
from livestream.pins import pin_cards
from livestream.pins.pin_cards import Cards, ShownPin
from livestream.room import own_claims, room_words, view
from livestream.room.own_claims import OwnClaim, Strip
from livestream.room.room_words import Told
from livestream.room.snapshot import Snapshot
from livestream.shows import claim_list
from livestream.shows.claim_list import ShownClaim
from livestream.states import RUNNING
from livestream.talk import chat, comments
from livestream.video import room_video
from livestream.video.room_video import VideoAnswer

_SAID = 40


@dataclass(frozen=True)
class RoomPage:
    """All the room's template needs; `facts` and `words` go to the script."""

    session: str
    title: str
    organiser_name: str
    state: str
    announcement: str
    cards: Cards
    claims: tuple[ShownClaim, ...]
    claim_count: int
    said: tuple[JsonObject, ...]
    strips: tuple[Strip, ...]
    own_claims: tuple[OwnClaim, ...]
    client_id: str
    told: Told | None
    write_words: str
    facts: JsonObject
    words: dict[str, JsonValue]
    plain_video: str
    """The picture's address for a browser that runs no script; "" when there is none."""
    blank: ShownPin = pin_cards.BLANK

    @property
    def note(self) -> str:
        """What stands over the picture before the script takes over; nothing where there is one."""
        if self.stopped:
            return room_words.stopped()
        return "" if self.plain_video else room_words.notes()[self.state]

    @property
    def running(self) -> bool:
        """Whether claims and comments are taken now."""
        return self.state in RUNNING

    @property
    def stopped(self) -> bool:
        """Whether an officer stopped the show."""
        return not self.running and self.announcement == room_words.STOP_LINE


def page(
    session: Session, session_id: str, login: Login | None, code: str = "", told: Told | None = None
) -> RoomPage:
    """The room as `login` sees it now, with pin `code` on the card if it is on the screen.

    Raises:
        NotFound: the session has no public page.
    """
    return page_of(session, view.snapshot(session, session_id), login, code, told)


def page_of(
    session: Session,
    snapshot: Snapshot,
    login: Login | None,
    code: str = "",
    told: Told | None = None,
) -> RoomPage:
    """The room as `snapshot` says it is."""
    session_id = snapshot["session"]
    cards = pin_cards.cards(session, snapshot, code)
    own = own_claims.of(session, session_id, login)
    rules = chat.told_rules(session, session_id)
    video = room_video.answer(session, session_id)
    return RoomPage(
        session=session_id,
        title=snapshot["title"],
        organiser_name=snapshot["organiser"]["name"],
        state=snapshot["state"],
        announcement=snapshot["announcement"],
        cards=cards,
        claims=tuple(claim_list.shown(line) for line in reversed(snapshot["claims"])),
        claim_count=snapshot["counters"]["claims"],
        said=tuple(comments.newest(session, session_id, _SAID)),
        strips=own_claims.strips(own, snapshot),
        own_claims=own_claims.lines(own),
        client_id=new_id(),
        told=told,
        write_words=room_words.write_words(snapshot["state"] in RUNNING, rules),
        facts={**_facts(snapshot, cards, own, rules, login), "video": cast(JsonObject, video)},
        words=room_words.words(),
        plain_video=_plain(video),
    )


def _plain(video: VideoAnswer) -> str:
    """HLS, which browsers play by themselves: the picture, or the sound of a stream of sound alone."""
    fitting = [
        one["url"] for one in video["list"] if (one["kind"], one["what"]) == ("hls", video["mode"])
    ]
    return fitting[0] if fitting and video["state"] == "sending" else ""


def _facts(
    snapshot: Snapshot, cards: Cards, own: JsonObject, rules: JsonObject, login: Login | None
) -> JsonObject:
    """What the script goes on from."""
    facts = {
        "session": snapshot["session"],
        "snapshot": snapshot,
        "left": cards.left,
        "mine": own,
        "ship": cards.ship,
        "rules": rules,
        "known": login is not None and login.person_id is not None,
    }
    return cast(JsonObject, facts)
