"""What the desk's pages share: who is asked for, the frame, one write a form, a form with its fault."""

from collections.abc import Callable

from flask import render_template, request
from flask_babel import gettext
from sqlalchemy.orm import Session

from catalog import access
from catalog.errors import LotTooSmall
from catalog.lots.errors import MoreThanShipped
from core.client_ids import JsonObject
from core.db import db
from core.errors import DomainError, OutOfStock
from core.http import steps
from core.http.current import current_login
from core.http.problems import error_fields
from core.identity import sellers
from core.identity.logins import Login
from core.ids import new_id
from core.quantity import format_quantity

SEE_OTHER = steps.SEE_OTHER
_SHORT = (OutOfStock, LotTooSmall, MoreThanShipped)


def staff(seller_id: str, roles: tuple[str, ...] = access.STAFF) -> Login:
    """Who calls, if they have one of `roles` at the seller; else LoginRequired or NotFound."""
    return access.require(current_login(), seller_id, roles)


def keeper(seller_id: str) -> Login:
    """Who calls, if they set the seller's offers and keep its book; else LoginRequired or NotFound."""
    return staff(seller_id, access.KEEPERS)


def write_once(login: Login, body: JsonObject, act: Callable[[Session], str]) -> str:
    """Run `act(session)` in one write under the body's client id; the id it returns, also when repeated."""
    answer = steps.do(login, request.path, body, lambda session, _: {"id": act(session)})
    return str(answer["id"])


def page(seller_id: str, template: str, tab: str, **facts: object) -> str:
    """A page of the seller's desk under the tab `tab`, with a fresh id for its form unless one is given."""
    return render_template(
        f"catalog/{template}",
        seller=sellers.facts(db.session(), seller_id),
        desk_tab=tab,
        **{"client_id": new_id(), **facts},
    )


def fault(error: DomainError | None, base_unit: str = "") -> dict[str, object] | None:
    """The refusal as a form shows it: `message`, and `field` where one is to blame.

    What is left is told in kilos or pieces where `base_unit` says what it is counted in.
    """
    if error is None:
        return None
    left = error.data.get("left")
    if base_unit and isinstance(left, int) and isinstance(error, _SHORT):
        much = format_quantity(left, base_unit)
        if isinstance(error, MoreThanShipped):
            return {"message": gettext("Sổ chỉ ghi %(much)s của lô này đang ở ngoài.", much=much)}
        return {"message": gettext("Không đủ: chỉ còn %(much)s chưa hứa cho ai.", much=much)}
    return dict(error_fields(error))
