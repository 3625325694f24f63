"""The door for carriers' notices: unsigned, so one only has its parcel asked after soon.

Whatever comes is answered alike, known or not: it tells nobody which parcels there are. Refuses to believe
a word of it; the size is limited like that of every body, and how often an address may knock.
"""

from flask import request
from marshmallow import Schema, fields

from core import rate
from core.db import db, write
from core.errors import NotFound
from core.http.api import ApiBlueprint
from shop.carriers import adapters, tracking

blueprint = ApiBlueprint(
    "carrier_notices", __name__, description="Notices of carriers, unsigned: hints and nothing more"
)

_KNOCKS = rate.Limit("carrier.notices", burst=600, refill_ms=50)


class NoticeTaken(Schema):
    """The answer to every notice."""

    success = fields.Boolean(required=True)


@blueprint.post("/webhooks/carriers/<string:carrier>")
@blueprint.doc(
    requestBody={"content": {"application/json": {"schema": {"type": "object"}}}, "required": True}
)
@blueprint.response(200, NoticeTaken)
@blueprint.alt_response(404, description="No such carrier: not_found")
@blueprint.alt_response(413, description="Over 64 KiB: too_large")
@blueprint.alt_response(429, description="Too many at once: too_fast")
def take_notice(carrier: str) -> dict[str, bool]:
    """Take a carrier's word that a parcel moved, and ask the carrier whether it did."""
    adapter = adapters.named(carrier)
    if adapter is None:
        raise NotFound()
    rate.take(_KNOCKS, rate.network_of(request.remote_addr))
    code = adapter.code_in(request.get_data(cache=False))
    if code and tracking.is_known(db.session(), carrier, code):
        write(lambda session: tracking.hint(session, carrier, code))
    return {"success": True}
