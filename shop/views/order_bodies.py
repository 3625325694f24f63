"""What a buyer's forms about an order say. None has a price: `seen_fee` is the sum its buyer agreed to."""

from collections.abc import Mapping

from marshmallow import fields, validate

from catalog.listings import MOST_PACKS
from core.errors import N_, BadRequest
from core.http.fields import Body, ClientId, Opaque, OptionalLine
from core.strict_json import JsonValue
from shop.ordering.adding import Wish

MOST_ADDED = 40
"""How many listings one page offers to be added."""
REASON_LENGTH = 200
_ADDRESS_LENGTH = 300
_PLACE_LENGTH = 120
_SLOT_LENGTH = 16
_ID_LENGTH = 32
_NUMBER_LENGTH = 6


class WrongPacks(BadRequest):
    """What stands for a number of packs in row `row` (from 1) is none that can be had."""

    message = N_(
        "Số lượng ở dòng %(row)s chưa đúng. Bạn ghi số nguyên, bỏ trống nếu không lấy nhé."
    )

    def __init__(self, row: int) -> None:
        super().__init__(field=f"packs_{row}", why="a number of packs", row=row)


class SendForm(Body):
    """Another way, slot, commune or address; without `seen_fee` it only asks what that would cost."""

    client_id = ClientId()
    commune = OptionalLine(_PLACE_LENGTH)
    way = Opaque()
    slot = OptionalLine(_SLOT_LENGTH)
    address = OptionalLine(_ADDRESS_LENGTH)
    seen_fee = fields.Integer(strict=True, load_default=None, validate=validate.Range(0, 10**9))


class DropForm(Body):
    """A line its buyer does not want any more, perhaps with a reason."""

    client_id = ClientId()
    reason = OptionalLine(REASON_LENGTH)


class TogetherForm(Body):
    """Another order of theirs, to travel in the same parcel."""

    client_id = ClientId()
    other_order = Opaque()


class _AddFields(Body):
    client_id = ClientId()


_ROWS = range(1, MOST_ADDED + 1)
AddForm = _AddFields.from_dict(
    {
        **{f"listing_{n}": OptionalLine(_ID_LENGTH) for n in _ROWS},
        **{f"packs_{n}": OptionalLine(_NUMBER_LENGTH) for n in _ROWS},
    },
    name="AddForm",
)
"""Listings with a number of packs each; rows without a number are not wanted."""


def wishes_in(form: Mapping[str, JsonValue]) -> tuple[Wish, ...]:
    """What is wanted by a loaded `AddForm`.

    Raises:
        WrongPacks: a row has something else than a number of packs from 1 to 10,000.
    """
    found = []
    for row in _ROWS:
        listing, typed = str(form[f"listing_{row}"]), str(form[f"packs_{row}"])
        if not listing or typed in ("", "0"):
            continue
        if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= MOST_PACKS):
            raise WrongPacks(row)
        found.append((listing, int(typed)))
    return tuple(found)
