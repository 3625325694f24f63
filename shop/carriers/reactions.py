"""What speaks to carriers: the errands behind a booking, a question and a calling off.

Outside of any write; done twice they do no harm, because a carrier knows our key of each parcel.
"""

from sqlalchemy.orm import Session

from core import errands
from core.db import write
from shop.carriers import adapters, booking, tracking
from shop.carriers.carrier_adapter import CarrierRefuses, CarrierSilent
from shop.carriers.carrier_events import CancelAsked, ParcelDue
from shop.carriers.parcel_states import BOOKED, CANCELLED
from shop.carriers.tracking import NOT_CONNECTED, SILENT, Answer, Question


def subscribe() -> None:
    """Speak to carriers when parcels are due or called off."""
    errands.on(ParcelDue, ask, take_in, nothing_heard)
    errands.on(CancelAsked, call_off, take_in_call_off, nothing_heard)


def ask(event: ParcelDue) -> Answer | None:
    """Book the parcel, or ask where it is; what came of it. None where nothing was to be asked."""
    question = write(lambda session: tracking.question(session, event.shipment_id))
    return None if question is None else answered(question)


def take_in(session: Session, event: ParcelDue, answer: Answer | None) -> None:
    if answer is not None:
        tracking.told(session, event.shipment_id, answer)


def call_off(event: CancelAsked) -> Answer | None:
    """Tell the carrier that a parcel is not to be fetched; what it said."""
    question = write(lambda session: tracking.calling_off(session, event.shipment_id))
    return None if question is None else called_off(question)


def take_in_call_off(session: Session, event: CancelAsked, answer: Answer | None) -> None:
    if answer is not None:
        tracking.told(session, event.shipment_id, answer)


def nothing_heard(session: Session, event: ParcelDue | CancelAsked) -> None:
    """Our own fault eight times: the timer asks again, somebody sees that nothing was heard."""
    row = booking.locked(session, event.shipment_id)
    if row is not None:
        tracking.told(session, event.shipment_id, Answer(row.booking_no, trouble=SILENT))


def answered(question: Question) -> Answer:
    """What the carrier says to `question`; takes seconds, and never raises for what a carrier does."""
    adapter, number = adapters.named(question.carrier), question.booking_no
    if adapter is None or question.account is None:
        return Answer(number, trouble=NOT_CONNECTED, final=True)
    try:
        if question.parcel is None:
            return Answer(number, adapter.state_of(question.account, question.tracking_code))
        made = adapter.book(question.account, question.parcel)
    except CarrierSilent:
        return Answer(number, trouble=SILENT)
    except CarrierRefuses as no:
        return Answer(number, trouble=no.words or "refused", final=True)
    return Answer(number, BOOKED, made.tracking_code, made.fee_vnd)


def called_off(question: Question) -> Answer:
    """What the carrier says to a booking called off."""
    adapter, number = adapters.named(question.carrier), question.booking_no
    if adapter is None or question.account is None:
        return Answer(number, trouble=NOT_CONNECTED)
    try:
        adapter.cancel(question.account, question.tracking_code)
    except CarrierSilent:
        return Answer(number, trouble=SILENT)
    except CarrierRefuses as no:
        return Answer(number, trouble=no.words or "refused")
    return Answer(number, CANCELLED)
