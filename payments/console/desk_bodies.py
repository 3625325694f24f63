"""The forms of the money desk: each names the line's decisions its sender had seen."""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Count, Line, Opaque, OptionalLine
from payments.desk import kinds
from payments.desk.desk_rules import SET_ASIDE

MOST_SHARES = 4
"""Rows of the form that splits one line; people pay two orders at once, seldom three."""
_TYPED = 20
_CODE = 40
_REASON = 200
_MOST_SEEN = 1000
_ABOUT = 40
_NAMED = sorted(SET_ASIDE | kinds.ACCOUNTS)


class PlaceForm(Body):
    """What is left of a line, for one payment."""

    client_id = ClientId()
    seen = Count(0, _MOST_SEEN)
    payment = Opaque()


class SplitForm(Body):
    """A line over payments by their codes; `back` goes back to the payer. Sums as people write them."""

    client_id = ClientId()
    seen = Count(0, _MOST_SEEN)
    code_1 = Line(_CODE)
    amount_1 = Line(_TYPED)
    code_2 = OptionalLine(_CODE)
    amount_2 = OptionalLine(_TYPED)
    code_3 = OptionalLine(_CODE)
    amount_3 = OptionalLine(_TYPED)
    code_4 = OptionalLine(_CODE)
    amount_4 = OptionalLine(_TYPED)
    back = OptionalLine(_TYPED)


class AsideForm(Body):
    """What is left of a line belongs to no payment: it goes back, or is of a kind; for what, and why."""

    client_id = ClientId()
    seen = Count(0, _MOST_SEEN)
    account = fields.String(required=True, validate=validate.OneOf(_NAMED))
    about = OptionalLine(_ABOUT)
    reason = Line(_REASON)


class UndoForm(Body):
    """Take back what was decided last, and why."""

    client_id = ClientId()
    seen = Count(0, _MOST_SEEN)
    reason = Line(_REASON)
