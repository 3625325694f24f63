"""Bodies of the grower book's forms; places and areas are text, read where the book is written."""

from marshmallow import fields, validate

from catalog import certificates
from catalog.communes import MOST_LETTERS as COMMUNE_LENGTH
from catalog.console.typed_days import Day
from catalog.growers import areas, households, members, plots
from core.http.fields import Body, ClientId, Line, OptionalLine

_PHONE_LENGTH = 40
_AREA_LENGTH = 16
_HOLDER_LENGTH = 40


class MemberForm(Body):
    """A member's entry."""

    client_id = ClientId()
    name = Line(members.NAME_LENGTH)
    phone = OptionalLine(_PHONE_LENGTH)
    commune = OptionalLine(COMMUNE_LENGTH)
    address = OptionalLine(members.ADDRESS_LENGTH)
    joined_on = Day(load_default="")
    notes = OptionalLine(members.NOTES_LENGTH)


class LeaveForm(Body):
    """The first day a member belongs no more."""

    client_id = ClientId()
    left_on = Day(required=True)


class PlotForm(Body):
    """A plot's entry; no area where nobody measured."""

    client_id = ClientId()
    name = Line(plots.NAME_LENGTH)
    crop = OptionalLine(plots.CROP_LENGTH)
    area = OptionalLine(_AREA_LENGTH)
    area_unit = fields.String(
        load_default="sao", validate=validate.OneOf(list(areas.SQUARE_METRES))
    )
    commune = OptionalLine(COMMUNE_LENGTH)
    place_code = OptionalLine(plots.CODE_LENGTH)


class HouseholdForm(Body):
    """An entry of a household's class; `consent` is a box that is ticked or not sent at all."""

    client_id = ClientId()
    household = fields.String(required=True, validate=validate.OneOf(list(households.CLASSES)))
    from_on = Day(required=True)
    until_on = Day(load_default="")
    source = Line(households.SOURCE_LENGTH)
    consent = fields.String(load_default="", validate=validate.OneOf(["", "yes"]))
    consented_on = Day(load_default="")


class CertificateForm(Body):
    """A paper's entry; `holder` is "" (the seller), `product:<id>` or `member:<id>`, stars "" or 3 to 5."""

    client_id = ClientId()
    kind = fields.String(required=True, validate=validate.OneOf(list(certificates.KINDS)))
    stars = fields.String(load_default="", validate=validate.OneOf(["", "3", "4", "5"]))
    holder = fields.String(load_default="", validate=validate.Length(max=_HOLDER_LENGTH))
    name = OptionalLine(certificates.NAME_LENGTH)
    number = Line(certificates.NUMBER_LENGTH)
    issuer = Line(certificates.ISSUER_LENGTH)
    valid_from = Day(required=True)
    valid_until = Day(load_default="")


class WithdrawForm(Body):
    """Why a paper counts no more."""

    client_id = ClientId()
    why = Line(certificates.WHY_LENGTH)
