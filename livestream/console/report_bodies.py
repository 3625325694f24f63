"""Bodies of the forms on a report."""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Line
from livestream.figures import telling

_SUM_LENGTH = 20


class DeclareForm(Body):
    """A sale outside the market: what it was, and for how much (`150k`)."""

    client_id = ClientId()
    what_sold = Line(telling.WHAT_LENGTH)
    amount = Line(_SUM_LENGTH)


class NoteForm(Body):
    """A note to a report."""

    client_id = ClientId()
    note = Line(telling.NOTE_LENGTH)


class ConsentForm(Body):
    """Whether the campaign may count a seller's figures."""

    client_id = ClientId()
    answer = fields.String(required=True, validate=validate.OneOf(["yes", "no"]))
