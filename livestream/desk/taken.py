"""Who has the packs of a pin, told to a host who would sell fewer than are claimed already."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from livestream.models import Claim, Pin
from livestream.pins.pin_errors import PacksClaimed

_MOST_NAMED = 20


def require_fewer(session: Session, pin: Pin, packs: int) -> None:
    """Go on if the pin, settled, may sell `packs` in all: no fewer than are held, ordered and paid.

    Raises:
        PacksClaimed: it may not; `least` is what it may, `claims` names the newest twenty claims.
    """
    left = stock.allotment_left(session, [pin.allotment_id])[pin.allotment_id] // pin.pack_size
    least = pin.packs - left
    if packs < least:
        raise PacksClaimed(left, least, _named(session, pin))


def _named(session: Session, pin: Pin) -> str:
    """`#12 H*** ×2, #9 L*** ×1`: the claims that have packs, the newest first."""
    query = select(Claim.number, Claim.name_masked, Claim.held).where(
        Claim.pin_id == pin.id, Claim.held > 0, Claim.state.in_(("held", "ordered", "paid"))
    )
    rows = session.execute(query.order_by(Claim.number.desc())).all()
    named = [f"#{number} {name} ×{held}" for number, name, held in rows[:_MOST_NAMED]]
    rest = len(rows) - len(named)
    return ", ".join([*named, f"+{rest}"] if rest else named)
