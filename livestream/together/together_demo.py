"""Demo of selling together: the coming show has a second cooperative's goods, and a fair names all shows."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.identity import sellers
from livestream.models import LiveSession
from livestream.pins.pins import NewPin
from livestream.together import campaigns, invitations, stall_page
from livestream.together.campaigns import NewCampaign
from livestream.together.together_models import Invitation

_BY = "demo"
_PACKS = 10
_FAIR_MS = 3 * 24 * 60 * 60 * 1000
_STORY = "Ba ngày, nhiều nhà vườn cùng bán. Chốt ở phòng nào, trả tiền thẳng cho nhà đó."
_LIMIT = 5


def load(session: Session) -> None:
    """Ask others into the show that comes next, unless somebody was asked anywhere or none comes."""
    if session.scalar(select(Invitation.session_id).limit(1)) is not None:
        return
    coming = select(LiveSession).where(LiveSession.state == "checked").order_by(LiveSession.id)
    show = session.scalars(coming).first()
    demo = [seller for seller in sellers.all_sellers(session) if seller.demo]
    if show is None:
        return
    _open_fair(session, show.seller_id)
    others = [seller for seller in demo if seller.id != show.seller_id]
    for kind in ("cooperative", "household"):
        asked = next((one.id for one in others if one.kind == kind), None)
        if asked is not None:
            invitations.invite(session, show.id, asked, _BY)
            if kind == "cooperative":
                _join(session, show.id, asked)


def _join(session: Session, session_id: str, seller_id: str) -> None:
    """Agree, and bring one thing of which there is enough."""
    invitations.accept(session, session_id, seller_id, _BY)
    plenty = [
        one for one in stall_page.sellable(session, seller_id) if one.available_packs >= 2 * _PACKS
    ]
    if plenty:
        new = NewPin(plenty[-1].id, _PACKS, plenty[-1].price_vnd, _LIMIT)
        invitations.pin(session, session_id, new, {seller_id})


def _open_fair(session: Session, seller_id: str) -> None:
    """A fair of three days with every show that runs or comes in it."""
    now = clock.now_ms()
    title = "Nông sản Thái Nguyên lên phố"
    partners = ("Hội chợ DEMO", "Nhà văn hóa DEMO")
    new = NewCampaign(seller_id, title, _STORY, now, now + _FAIR_MS, partners)
    campaign_id = campaigns.make(session, new)
    shows = select(LiveSession.id).where(LiveSession.state.in_(("checked", "live")))
    for session_id in session.scalars(shows.order_by(LiveSession.id)).all():
        campaigns.join(session, session_id, campaign_id)
        campaigns.answer(session, (seller_id, campaign_id), session_id, agrees=True)
