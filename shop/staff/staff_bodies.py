"""Bodies of the forms for orders made by staff: a pasted message, and the order as it was looked over."""

from collections.abc import Mapping

from marshmallow import fields, validate

from catalog.listings import MOST_PACKS
from core.errors import N_, BadRequest
from core.http.fields import Body, ClientId, Line, Opaque, OptionalLine
from core.strict_json import JsonValue
from shop.buying.order_form import NAME_LENGTH
from shop.staff.staff_orders import CHANNELS, KEPT_MINUTES, StaffLine

ROWS = 6
_ADDRESS_LENGTH = 300
_PHONE_LENGTH = 40
_PLACE_LENGTH = 120
_SLOT_LENGTH = 16
_NUMBER_LENGTH = 6
_VOUCHER_LENGTH = 40
_ID_LENGTH = 32
_TEXT_LENGTH = 20_000
"""More than is read, so that who pastes a whole chat is told so in words and keeps what was pasted."""

_KEPT_LENGTH = 4000
"""A message that was read, with what browsers add to line ends."""


class RowWrong(BadRequest):
    """A row has goods without a number of packs or the other way round; `row` counts from 1."""

    message = N_("Dòng hàng %(row)s chưa đủ. Bạn chọn món và ghi số gói, hoặc xóa cả dòng nhé.")

    def __init__(self, field: str, row: int) -> None:
        super().__init__(field=field, why="goods and packs go together", row=row)


class ReadForm(Body):
    """A message as it was pasted."""

    channel = fields.String(required=True, validate=validate.OneOf(list(CHANNELS)))
    text = fields.String(required=True, validate=validate.Length(1, _TEXT_LENGTH))


class StaffOrderForm(Body):
    """An order of up to six listings; rows without goods are empty."""

    client_id = ClientId()
    text = fields.String(load_default="", validate=validate.Length(max=_KEPT_LENGTH))
    channel = fields.String(required=True, validate=validate.OneOf(list(CHANNELS)))
    kept = fields.String(required=True, validate=validate.OneOf([str(one) for one in KEPT_MINUTES]))
    name = Line(NAME_LENGTH)
    phone = fields.String(required=True, validate=validate.Length(1, _PHONE_LENGTH))
    commune = OptionalLine(_PLACE_LENGTH)
    way = Opaque()
    slot = OptionalLine(_SLOT_LENGTH)
    address = OptionalLine(_ADDRESS_LENGTH)
    voucher = OptionalLine(_VOUCHER_LENGTH)
    listing_1 = OptionalLine(_ID_LENGTH)
    packs_1 = OptionalLine(_NUMBER_LENGTH)
    listing_2 = OptionalLine(_ID_LENGTH)
    packs_2 = OptionalLine(_NUMBER_LENGTH)
    listing_3 = OptionalLine(_ID_LENGTH)
    packs_3 = OptionalLine(_NUMBER_LENGTH)
    listing_4 = OptionalLine(_ID_LENGTH)
    packs_4 = OptionalLine(_NUMBER_LENGTH)
    listing_5 = OptionalLine(_ID_LENGTH)
    packs_5 = OptionalLine(_NUMBER_LENGTH)
    listing_6 = OptionalLine(_ID_LENGTH)
    packs_6 = OptionalLine(_NUMBER_LENGTH)


FIELDS = tuple(StaffOrderForm().fields)
"""What is kept of the form when it is shown again."""


def lines_of(body: Mapping[str, JsonValue]) -> tuple[StaffLine, ...]:
    """The rows of a loaded `StaffOrderForm` that are filled in.

    Raises:
        RowWrong: goods without packs, packs without goods, or no whole number from 1 on.
    """
    found = []
    for row in range(1, ROWS + 1):
        listing, typed = str(body[f"listing_{row}"]), str(body[f"packs_{row}"])
        if not listing and not typed:
            continue
        if not listing:
            raise RowWrong(f"listing_{row}", row)
        if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= MOST_PACKS):
            raise RowWrong(f"packs_{row}", row)
        found.append(StaffLine(listing, int(typed)))
    return tuple(found)
