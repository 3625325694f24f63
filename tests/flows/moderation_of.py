"""What the moderator's screen of the flow market is about."""

from sqlalchemy.orm import Session

from core import clock
from core.identity import logins
from livestream.desk import intake
from livestream.desk.intake import Commented
from livestream.talk import chat_bars
from livestream.talk.comments import CommentRequest
from tests.factories.identity import make_login
from tests.flows.market import Market


def fill(market: Market) -> None:
    """An unclear comment of the buyer's (`comment_id`) and somebody who is muted (`bar_id`)."""
    market.change(lambda session: _fill(market, session))


def _fill(market: Market, session: Session) -> None:
    buyer = logins.resolve(session, market.tokens["buyer"])
    assert buyer is not None
    market.ids["comment_id"] = _say(session, market, buyer, "chốt A1 A1 2")
    loud = _say(session, market, make_login(session)[1], "phá đám")
    chat_bars.bar(session, market.ids["session_id"], loud, "muted", "p:staff")
    (bar,) = chat_bars.listed(session, market.ids["session_id"])
    market.ids["bar_id"] = bar.id


def _say(session: Session, market: Market, login: logins.Login, text: str) -> str:
    asked = CommentRequest(market.ids["session_id"], text, login, clock.now_ms())
    (said,) = intake.serve(session, [asked])
    assert isinstance(said, Commented)
    return said.comment_id
