"""Bodies of the forms about invoices."""

from marshmallow import fields, validate

from core.http.fields import Body, ClientId, Count, Line, OptionalLine
from shop.invoices.models import (
    ADDRESS_LENGTH,
    MAILBOX_LENGTH,
    NAME_LENGTH,
    NUMBER_LENGTH,
    URL_LENGTH,
    WHY_LENGTH,
)

_TYPED_CODE_LENGTH = 30
_MAILBOX = r"\A[^@\s,;<>\"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\Z"
ASKED = ("name", "tax_code", "address", "mailbox")
ANSWERED = ("invoice_number", "url", "reason")


class AskForm(Body):
    """What the invoice has to say, and where it is sent."""

    client_id = ClientId()
    name = Line(NAME_LENGTH)
    tax_code = Line(_TYPED_CODE_LENGTH)
    address = Line(ADDRESS_LENGTH)
    mailbox = fields.String(
        required=True,
        validate=[validate.Length(max=MAILBOX_LENGTH), validate.Regexp(_MAILBOX)],
    )


class IssuedForm(Body):
    """The number of the invoice, and where it can be read; `seen` is the version that was read."""

    client_id = ClientId()
    seen = Count()
    invoice_number = Line(NUMBER_LENGTH)
    url = OptionalLine(URL_LENGTH)


class DeclinedForm(Body):
    """Why there will be no invoice."""

    client_id = ClientId()
    seen = Count()
    reason = Line(WHY_LENGTH)
