"""What a buyer fills in to order, the same for a cart and for a live basket: JSON body, form, refusals.

A door for edges; `shop/order_form.html` draws the form. Refuses prices: neither has one.
"""

from collections.abc import Mapping
from typing import cast

from marshmallow import fields, validate

from core.client_ids import JsonObject
from core.errors import N_, BadRequest, DomainError
from core.http.fields import Body, ClientId, Flag, Line, Opaque, OptionalLine, Phone
from core.http.problems import error_fields
from core.phone import BadPhone, parse_phone
from core.strict_json import JsonValue
from shop.delivery import addresses
from shop.delivery.quote import NoService
from shop.delivery.slots import SlotFull
from shop.ordering.pricing import LET_BE, SETTLE, DeliveryChoice, Gift
from shop.vouchers.errors import VoucherRefused

NAME_LENGTH = 80
_ADDRESS_LENGTH = 300
_NOTE_LENGTH = 300
_PHONE_LENGTH = 40
_VOUCHER_LENGTH = 40
_PLACE_LENGTH = 120
_SLOT_LENGTH = 16
FIELDS = (
    "name",
    "phone",
    "commune",
    "way",
    "slot",
    "address",
    "gift",
    "gift_name",
    "gift_phone",
    "gift_note",
    "hide_prices",
    "voucher",
    "if_differs",
)
"""What is kept of the form when it is shown again."""
_WISHES = validate.OneOf([SETTLE, LET_BE])
_TICKED = validate.OneOf(["", "1"])


class WrongRecipient(BadRequest):
    """A gift's recipient lacks a name, or their phone is no number of Vietnam; `field` says which."""

    message = N_("Quà tặng cần tên và số điện thoại đúng của người nhận. Bạn xem lại giúp nhé.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field, why="needed for a gift")


class Delivery(Body):
    """A way by its id or kind (`pickup`, `own_run`), and the address it goes to.

    `commune`: its code, or words as in an address; `slot`: the id of one where the way goes by slots.
    """

    way = Opaque()
    address = OptionalLine(_ADDRESS_LENGTH)
    commune = OptionalLine(_PLACE_LENGTH)
    slot = OptionalLine(_SLOT_LENGTH)


class GiftBody(Body):
    """Who gets the goods in the buyer's stead, at the address of `delivery`."""

    name = Line(NAME_LENGTH)
    phone = Phone(required=True)
    note = OptionalLine(_NOTE_LENGTH)
    hide_prices = Flag(load_default=False)


class OrderBody(Body):
    """An order of all that the cart, or the live basket, has of one seller."""

    client_id = ClientId()
    seller = Opaque()
    name = Line(NAME_LENGTH)
    phone = Phone(load_default="")
    delivery = fields.Nested(Delivery, required=True)
    gift = fields.Nested(GiftBody)
    voucher = OptionalLine(_VOUCHER_LENGTH)
    if_differs = fields.String(validate=_WISHES)


class OrderForm(Body):
    """The same as a page's form; `client_id` is made with the page, so sending it twice orders once."""

    client_id = ClientId()
    name = Line(NAME_LENGTH)
    phone = fields.String(load_default="", validate=validate.Length(max=_PHONE_LENGTH))
    commune = OptionalLine(_PLACE_LENGTH)
    way = Opaque()
    slot = OptionalLine(_SLOT_LENGTH)
    address = OptionalLine(_ADDRESS_LENGTH)
    gift = fields.String(load_default="", validate=_TICKED)
    gift_name = OptionalLine(NAME_LENGTH)
    gift_phone = fields.String(load_default="", validate=validate.Length(max=_PHONE_LENGTH))
    gift_note = OptionalLine(_NOTE_LENGTH)
    hide_prices = fields.String(load_default="", validate=_TICKED)
    voucher = OptionalLine(_VOUCHER_LENGTH)
    if_differs = fields.String(load_default=SETTLE, validate=_WISHES)


def nested(form: Mapping[str, JsonValue]) -> JsonObject:
    """`delivery` and, if it is one, `gift` of a loaded `OrderForm`, in the shape of `OrderBody`.

    Raises:
        WrongRecipient: a gift without a name, or with a number that is none.
    """
    delivery = {name: form[name] for name in ("way", "address", "commune", "slot")}
    told: JsonObject = {"delivery": delivery}
    if form["voucher"]:
        told["voucher"] = form["voucher"]
    if (wish := form.get("if_differs", SETTLE)) != SETTLE:
        told["if_differs"] = wish
    if form["gift"]:
        told["gift"] = {
            "name": _recipient(str(form["gift_name"])),
            "phone": _recipients_phone(str(form["gift_phone"])),
            "note": form["gift_note"],
            "hide_prices": bool(form["hide_prices"]),
        }
    return told


def choice_of(body: Mapping[str, JsonValue]) -> DeliveryChoice:
    """Where the goods go, and to whom, as a loaded `OrderBody` says.

    The commune is read from its own field, else from the address, if that names one.

    Raises:
        UnknownPlace, UnclearPlace: the commune's field names none, or several.
    """
    delivery = cast(dict[str, str], body["delivery"])
    asked = cast("dict[str, str | bool] | None", body.get("gift"))
    gift = asked and Gift(
        name=str(asked["name"]),
        phone=str(asked["phone"]),
        note=str(asked["note"]),
        hides_prices=bool(asked["hide_prices"]),
    )
    address, commune = delivery.get("address", ""), delivery.get("commune", "")
    place = addresses.read(commune) if commune else addresses.find(address)
    return DeliveryChoice(
        delivery["way"],
        address,
        gift or None,
        slot=delivery.get("slot", ""),
        commune=place.code if place else "",
    )


def typed(form: Mapping[str, str]) -> dict[str, str]:
    """What stands in a sent form, to be shown again."""
    return {name: form.get(name, "") for name in FIELDS}


def voucher_in(body: Mapping[str, JsonValue]) -> str:
    """The voucher's code as it was typed in a loaded `OrderBody` or `nested` form, "" for none."""
    return str(body.get("voucher", ""))


def wish_if_differs(body: Mapping[str, JsonValue]) -> str:
    """What a loaded `OrderBody` or `nested` form wants of a small difference on the scales."""
    return str(body.get("if_differs", SETTLE))


def phone_of(typed: str) -> str:
    """The number in E.164, or "" where none was typed (the known one is meant).

    Raises:
        BadPhone: it is no number of Vietnam.
    """
    return parse_phone(typed) if typed.strip() else ""


def _recipient(typed: str) -> str:
    if not typed:
        raise WrongRecipient("gift_name")
    return typed


def _recipients_phone(typed: str) -> str:
    try:
        return parse_phone(typed)
    except BadPhone as error:
        raise WrongRecipient("gift_phone") from error


def told(error: DomainError) -> dict[str, object]:
    """A refusal as the form shows it: `field` is the one it is about, "" if it stands above all."""
    field = ""
    if isinstance(error, BadRequest):
        field = str(error.data["field"]).rpartition(".")[2]
    elif isinstance(error, BadPhone):
        field = "phone"
    elif isinstance(error, NoService):
        field = "way"
    elif isinstance(error, VoucherRefused):
        field = "voucher"
    elif isinstance(error, SlotFull):
        field = "slot"
    return {**error_fields(error), "field": field if field in FIELDS else ""}
