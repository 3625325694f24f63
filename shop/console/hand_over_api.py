"""What a phone at the roadside sends when it has a network again: parcels handed over, each once."""

from sqlalchemy.orm import Session

from catalog import access
from core import clock
from core.client_ids import JsonObject
from core.http import steps
from core.http.api import ApiBlueprint
from core.http.current import current_login
from shop.console.hand_over_bodies import HandOverAnswer, HandOverBody, step_of
from shop.shipments import steps as parcel_steps

blueprint = ApiBlueprint(
    "hand_over_api",
    __name__,
    url_prefix="/api/v1/sellers/<seller>",
    description="Parcels handed over by the seller's people, from phones that are not always online.",
)


@blueprint.post("/hand-overs")
@blueprint.arguments(HandOverBody)
@blueprint.response(200, HandOverAnswer)
def hand_over(body: JsonObject, seller: str) -> JsonObject:
    """Hand over the parcel of a label, put it into the buyer's hands, or say that nobody took it."""
    login = access.require(current_login(), seller, access.STOCKERS)

    def act(session: Session, _asked: JsonObject) -> JsonObject:
        made = parcel_steps.take(session, seller, step_of(body, login.actor))
        return {
            "label": made.label_code,
            "orders": [*made.order_codes],
            "state": made.state,
            "at": clock.iso(made.handed_over_ms or clock.now_ms()),
        }

    return steps.do(login, "parcel.step", {**body, "seller": seller}, act)
