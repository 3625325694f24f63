"""Beside the log: a buyer's own claims, the host's numbers, the pulse; and who may see what."""

from typing import cast

import pytest
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.errors import LoginRequired, NotFound
from core.identity.logins import Login
from livestream import access, order_news
from livestream.delivery import boards
from livestream.pins import pins
from livestream.pins.pins import NewPin
from livestream.room import view
from livestream.shows import sessions
from livestream.shows.sessions import NewSession
from shop import orders
from tests.factories.catalog import make_listing
from tests.factories.identity import make_login, make_seller
from tests.factories.livestream import Show, make_buyer, make_claim, make_show, order_basket
from tests.factories.payments import make_till, pay


def mine(session: Session, show: Show, login: Login, device: str | None = None) -> JsonObject:
    assert login.person_id is not None
    return boards.mine(session, show.id, login.person_id, device)


def rows(board: JsonObject, name: str) -> list[JsonObject]:
    return cast(list[JsonObject], board[name])


def test_a_buyer_sees_claims_and_what_they_come_to(session: Session) -> None:
    show, buyer = make_show(session, 3, 3), make_buyer(session)
    make_claim(session, show, 2, login=buyer)
    make_claim(session, show, 4, login=buyer, code="A2")
    make_claim(session, show)
    board = mine(session, show, buyer)
    assert [claim["code"] for claim in rows(board, "claims")] == ["A1", "A2"]
    (basket,) = rows(board, "baskets")
    assert (basket["seller"], basket["amount_vnd"], basket["packs"]) == (show.seller_id, 300_000, 5)
    assert "order" not in basket


def test_an_unpaid_order_is_a_basket_with_a_code(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    make_claim(session, show, login=buyer)
    code = order_basket(session, show, buyer)
    (basket,) = rows(mine(session, show, buyer), "baskets")
    assert (basket["order"], basket["amount_vnd"]) == (code, 60_000)
    _pay(session, show, code)
    assert rows(mine(session, show, buyer), "baskets") == []


def test_a_device_that_only_typed_the_number_sees_its_own_claims(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    make_claim(session, show, login=buyer)
    typed = make_login(session, buyer.person_id, verified=False)[1]
    own = make_claim(session, show, login=typed)
    shown = rows(mine(session, show, typed, typed.device_id), "claims")
    assert [claim["claim"] for claim in shown] == [own.claim_id]


def test_no_secret_of_an_order_goes_to_a_board(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    make_claim(session, show, login=buyer)
    capability = orders.facts(session, order_basket(session, show, buyer)).capability
    assert capability not in str(mine(session, show, buyer))


def test_the_pulse_has_the_newest_numbers(session: Session) -> None:
    show, buyer = make_show(session, 5, 2), make_buyer(session)
    make_claim(session, show, 2, login=buyer)
    _pay(session, show, order_basket(session, show, buyer))
    make_claim(session, show, code="A2")
    told = {"left": {"A1": 3, "A2": 1}, "viewers": 0, "claimed": 3, "paid": 2}
    assert boards.pulse(session, show.id) == {"session": show.id, **told}


def test_the_host_sees_claimed_ordered_and_paid_apart(session: Session) -> None:
    show, first, second = make_show(session, 5), make_buyer(session), make_buyer(session)
    for buyer, packs in ((first, 2), (second, 1)):
        make_claim(session, show, packs, login=buyer)
    make_claim(session, show, 3)
    code = order_basket(session, show, first)
    order_basket(session, show, second)
    _pay(session, show, code)
    board = boards.host_view(session, show.id, [show.seller_id])
    (pin,) = rows(board, "pins")
    shown = [pin[name] for name in ("claimed", "ordered", "paid", "left", "waiting")]
    assert shown == [5, 1, 2, 0, 1]
    assert (pin["claimed_vnd"], pin["paid_vnd"]) == (300_000, 120_000)
    (paid,) = rows(board, "paid_orders")
    assert (paid["order"], paid["packs"], paid["goods_vnd"]) == (code, 2, 120_000)
    assert paid["items"] == [{"code": "A1", "qty": 2}]


def test_a_seller_in_a_shared_show_sees_its_own_money_alone(session: Session) -> None:
    show, guest = _shared_show(session)
    buyer = make_buyer(session)
    make_claim(session, show, 2, login=buyer)
    _pay(session, show, order_basket(session, show, buyer))
    board = boards.host_view(session, show.id, [guest])
    own = {str(pin["code"]): "claimed_vnd" in pin for pin in rows(board, "pins")}
    assert own == {"A2": True}
    assert rows(board, "paid_orders") == []
    totals = cast(JsonObject, board["totals"])
    assert totals["paid_vnd"] == 0


def test_sellers_concerned_are_the_organiser_and_those_with_a_pin(session: Session) -> None:
    show, guest = _shared_show(session)
    assert access.sellers_concerned(session, show.id) == {show.seller_id, guest}
    assert access.sellers_concerned(session, "nowhere") == frozenset()


@pytest.mark.parametrize(
    ("role", "hosts", "moderates"),
    [("host", True, True), ("moderator", False, True), ("packer", False, False)],
)
def test_who_runs_and_who_moderates(
    session: Session, role: str, hosts: bool, moderates: bool
) -> None:
    show = make_show(session)
    login = make_login(session, roles={show.seller_id: role})[1]
    assert access.hosts(session, show.id, login) is hosts
    assert access.moderates(session, show.id, login) is moderates


def test_a_pins_price_belongs_to_its_own_seller(session: Session) -> None:
    show, guest = _shared_show(session)
    organiser = make_login(session, roles={show.seller_id: "owner"})[1]
    seller = make_login(session, roles={guest: "owner"})[1]
    assert access.require_pins_host(session, show.id, "a2", seller) == seller
    for code, login in (("A2", organiser), ("A1", seller), ("A9", seller)):
        with pytest.raises(NotFound):
            access.require_pins_host(session, show.id, code, login)


def test_strangers_see_nothing_behind_a_show(session: Session) -> None:
    show = make_show(session)
    stranger = make_login(session, roles={make_seller(session): "owner"})[1]
    with pytest.raises(NotFound):
        access.own_sellers(session, show.id, stranger)
    with pytest.raises(NotFound):
        access.require_host(session, show.id, stranger)
    with pytest.raises(NotFound):
        access.require_moderator(session, show.id, stranger)


@pytest.mark.parametrize(
    ("role", "sees"),
    [("owner", True), ("accountant", True), ("moderator", False), ("packer", False)],
)
def test_money_is_shown_to_those_who_answer_for_it(session: Session, role: str, sees: bool) -> None:
    show = make_show(session)
    login = make_login(session, roles={show.seller_id: role})[1]
    assert (show.seller_id in access.money_sellers(login)) is sees
    if not sees:
        with pytest.raises(NotFound):
            access.own_sellers(session, show.id, login)


def test_a_guest_is_asked_to_sign_in(session: Session) -> None:
    show = make_show(session)
    for ask in (access.require_host, access.require_moderator, access.own_sellers):
        with pytest.raises(LoginRequired):
            ask(session, show.id, None)
    with pytest.raises(LoginRequired):
        access.require_pins_host(session, show.id, "A1", None)


def test_the_people_behind_numbers(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    make_claim(session, show, login=buyer)
    make_claim(session, show)
    assert access.people_of_numbers(session, show.id, {1}) == {buyer.person_id}
    assert access.people_of_numbers(session, show.id, set()) == set()


def test_the_snapshot_says_when_a_session_has_no_page(session: Session) -> None:
    draft = sessions.create(session, NewSession(make_seller(session), "Nháp", 1), [])
    for session_id in (draft, "nowhere"):
        with pytest.raises(NotFound):
            view.snapshot(session, session_id)


def _shared_show(session: Session) -> tuple[Show, str]:
    """A show of one seller, with A2 of another that agreed."""
    show, guest = make_show(session, 3), make_till(session).seller_id
    new = NewPin(make_listing(session, guest), 2, 50_000, 5)
    pins.add(session, show.id, new, {guest})
    pins.show_beside(session, show.id, "A2")
    return show, guest


def _pay(session: Session, show: Show, code: str) -> None:
    pay(session, show.till, code, orders.facts(session, code).amount_vnd)
    orders.secure(session, code)
    order_news.follow(session, code, f"live:{show.id}")
