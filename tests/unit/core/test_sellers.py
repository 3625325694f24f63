"""Sellers as the packages above see them."""

import pytest
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.identity import sellers
from tests.factories.identity import make_seller


def test_a_seller_has_facts(session: Session) -> None:
    seller_id = make_seller(session, "HTX Chè Tân Cương")
    facts = sellers.facts(session, seller_id)
    assert (facts.id, facts.name, facts.kind) == (seller_id, "HTX Chè Tân Cương", "cooperative")


def test_an_unknown_seller_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        sellers.facts(session, "nobody")


def test_several_sellers_come_at_once_and_unknown_ones_are_absent(session: Session) -> None:
    one, two = make_seller(session, "A"), make_seller(session, "B")
    make_seller(session, "C")
    assert set(sellers.facts_of(session, [one, two, "nobody"])) == {one, two}
    assert sellers.facts_of(session, []) == {}


def test_all_sellers_come_by_name(session: Session) -> None:
    make_seller(session, "B"), make_seller(session, "A", kind="household")
    assert [facts.name for facts in sellers.all_sellers(session)] == ["A", "B"]
