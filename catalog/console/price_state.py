"""What an open page of a listing asks now and then: whether its price is still the one it shows.

For everybody, without a fact of whoever asks; the answer to whoever knows it already is 304.
"""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from catalog import listings
from core.db import db

blueprint = Blueprint("price_state", __name__)


@blueprint.get("/products/<listing>/state")
def state(listing: str) -> ResponseReturnValue:
    facts = listings.get(db.session(), listing)
    answer = jsonify(price_vnd=facts.price_vnd, on_sale=facts.on_sale)
    answer.set_etag(f"{facts.price_vnd}-{int(facts.on_sale)}")
    answer.headers["Cache-Control"] = "public, max-age=2"
    return answer.make_conditional(request)
