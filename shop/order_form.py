"""What a buyer fills in to order, the same for a cart and for a live basket: JSON body, form, refusals.

A door for edges; `shop/order_form.html` draws the form. Refuses prices: neither has one.
"""

from marshmallow import fields, validate

from core.errors import BadRequest, DomainError
from core.http.fields import Body, ClientId, Line, Opaque, Phone
from core.http.problems import error_fields
from core.phone import BadPhone, parse_phone
from shop.quote import NoService

NAME_LENGTH = 80
_ADDRESS_LENGTH = 300
_PHONE_LENGTH = 40
FIELDS = ("name", "phone", "way", "address")
"""What is kept of the form when it is shown again."""


class Delivery(Body):
    """A way by its id or kind (`pickup`, `own_run`), and the address it goes to."""

    way = Opaque()
    address = Line(_ADDRESS_LENGTH, low=0, required=False, load_default="")


class OrderBody(Body):
    """An order of all that the cart, or the live basket, has of one seller."""

    client_id = ClientId()
    seller = Opaque()
    name = Line(NAME_LENGTH)
    phone = Phone(load_default="")
    delivery = fields.Nested(Delivery, required=True)


class OrderForm(Body):
    """The same as a page's form; `client_id` is made with the page, so sending it twice orders once."""

    client_id = ClientId()
    name = Line(NAME_LENGTH)
    phone = fields.String(load_default="", validate=validate.Length(max=_PHONE_LENGTH))
    way = Opaque()
    address = Line(_ADDRESS_LENGTH, low=0, required=False, load_default="")


def phone_of(typed: str) -> str:
    """The number in E.164, or "" where none was typed (the known one is meant).

    Raises:
        BadPhone: it is no number of Vietnam.
    """
    return parse_phone(typed) if typed.strip() else ""


def told(error: DomainError) -> dict[str, object]:
    """A refusal as the form shows it: `field` is the one it is about, "" if it stands above all."""
    field = ""
    if isinstance(error, BadRequest):
        field = str(error.data["field"]).rpartition(".")[2]
    elif isinstance(error, BadPhone):
        field = "phone"
    elif isinstance(error, NoService):
        field = "way"
    return {**error_fields(error), "field": field if field in FIELDS else ""}
