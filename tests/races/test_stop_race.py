"""An officer stops a show while many claim, order and withdraw: afterwards nothing is held."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.identity.logins import Login
from core.identity.officers import OfficerFacts
from livestream.desk import desk
from livestream.desk.desk import ChangeRequest
from livestream.models import Claim, LiveSession
from livestream.stops import stops
from livestream.stops.stops import StopOrder
from shop.models import Order
from tests.factories.identity import make_person
from tests.factories.livestream import Show, make_buyer, make_claim, make_show, order_basket
from tests.support.many_hands import Act, House

CLAIMERS, ORDERERS, LEAVERS = 6, 3, 3
AFTER = frozenset({"done", "session_not_live", "empty_basket", "bad_transition", "limit_reached"})


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> House:
    return House(database_url, tmp_path)


def test_nothing_is_held_and_nothing_ordered_unpaid_once_a_stop_committed(house: House) -> None:
    show, buyers = house.write(_full_show)
    claiming = [_claiming(show, login) for login, _ in buyers[:CLAIMERS]]
    ordering = [_ordering(show, login) for login, _ in buyers[CLAIMERS : CLAIMERS + ORDERERS]]
    leaving = [_leaving(show, *one) for one in buyers[-LEAVERS:]]
    officer = house.write(_officer)
    outcomes = house.at_once([*claiming, *ordering, _stopping(show, officer), *leaving])
    assert set(outcomes) <= AFTER, outcomes
    with Session(house.engine) as session:
        state = session.scalar(select(LiveSession.state).where(LiveSession.id == show.id))
        open_ones = select(func.count()).select_from(Claim).where(Claim.state == "held")
        unpaid = select(func.count()).select_from(Order).where(Order.state == "placed")
        assert (state, session.scalar(open_ones), session.scalar(unpaid)) == ("ended", 0, 0)
    assert house.at_once([_claiming(show, buyers[0][0])]) == {"session_not_live": 1}
    assert house.problems() == []


def _full_show(session: Session) -> tuple[Show, list[tuple[Login, str]]]:
    """A show in which each of some buyers holds a pack; with the claims' ids."""
    show = make_show(session, 20)
    buyers = [make_buyer(session) for _ in range(CLAIMERS + ORDERERS + LEAVERS)]
    return show, [(one, make_claim(session, show, login=one).claim_id) for one in buyers]


def _officer(session: Session) -> OfficerFacts:
    return OfficerFacts(make_person(session, "Cán bộ", verified=True), "Chi cục")


def _claiming(show: Show, login: Login) -> Act:
    return lambda session: make_claim(session, show, login=login)


def _ordering(show: Show, login: Login) -> Act:
    return lambda session: order_basket(session, show, login)


def _leaving(show: Show, login: Login, claim_id: str) -> Act:
    return lambda session: desk.change(session, ChangeRequest(show.id, claim_id, 0, login))


def _stopping(show: Show, officer: OfficerFacts) -> Act:
    order = StopOrder("unsafe", "Không rõ nguồn gốc")
    return lambda session: stops.stop(session, show.id, order, officer)
