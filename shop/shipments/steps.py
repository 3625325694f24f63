"""One thing done with a parcel, as a page or a phone tells it: who took it, or that nobody did.

Refuses a coach without its number plate and its driver's phone: then nobody could ask after the goods.
"""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from core.phone import parse_phone
from core.text import clean_line
from shop.cash import collecting
from shop.shipments import handing
from shop.shipments.errors import CoachNeeded
from shop.shipments.handing import HandOver
from shop.shipments.shipments import ShipmentFacts

BUYER = "buyer"
COACH = "coach"
BACK = "back"
_PLATE_LENGTH = 16


@dataclass(frozen=True)
class ParcelStep:
    """What was done with the parcel `label` (as scanned or typed).

    `to` is `buyer` (into their hands), `run`, `coach`, `carrier` (they take it along), or `back` (the buyer
    did not take it, for `reason`). The driver's phone in `how` is as typed. `took_vnd` is the
    cash taken at the door, all that its orders owe; 0 if none was.
    """

    label: str
    to: str
    how: HandOver
    reason: str = ""
    took_vnd: int = 0


def take(session: Session, seller_id: str, step: ParcelStep) -> ShipmentFacts:
    """Do `step` with the seller's parcel, and tell what it is now.

    Raises:
        CoachNeeded: to a coach, without its plate or its driver's phone. BadPhone: that is no number.
        CashDiffers: other cash was taken than is owed; nothing was done.
        Whatever `handing` refuses.
    """
    if step.to == BACK:
        return handing.refuse(session, seller_id, step.label, step.how.actor, step.reason)
    how = _checked(step)
    if step.to == BUYER:
        given = handing.give(session, seller_id, step.label, how)
        if step.took_vnd:
            collecting.collect(session, given.order_codes, step.took_vnd, how.actor)
        return given
    return handing.hand_over(session, seller_id, step.label, how)


def _checked(step: ParcelStep) -> HandOver:
    how = step.how
    if step.to == BUYER:  # what stands in the fields of the last coach is not this parcel's
        return replace(how, taken_by="", plate="", driver_phone="")
    plate = clean_line(how.plate, _PLATE_LENGTH).upper()
    if step.to == COACH:
        for field, text in (("plate", plate), ("driver_phone", how.driver_phone)):
            if not text:
                raise CoachNeeded(field)
    phone = parse_phone(how.driver_phone) if how.driver_phone else ""
    return replace(how, plate=plate, driver_phone=phone)
