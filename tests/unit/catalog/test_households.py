"""A household's class: dated, sourced, agreed to, and forgotten when the family says so."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from catalog.growers import households
from catalog.growers.errors import (
    DaysReversed,
    DayToCome,
    NoConsent,
)
from core.errors import BadRequest
from tests.factories.growers import days_from_now, entry, make_member
from tests.factories.identity import make_seller


@pytest.fixture
def seller(session: Session) -> str:
    return make_seller(session)


def test_the_class_on_a_day_is_the_one_that_began_last(session: Session, seller: str) -> None:
    member = make_member(session, seller)
    for new in (entry("near_poor", -10), entry("poor", -400)):
        households.record(session, seller, member, new, "p:x")
    for days, class_ in ((-400, "poor"), (-11, "poor"), (-10, "near_poor"), (0, "near_poor")):
        on_day = households.on_day(session, seller, [member], days_from_now(days))
        assert on_day[member].class_ == class_
    assert households.on_day(session, seller, [member], days_from_now(-401)) == {}


def test_a_class_ends_on_its_last_day(session: Session, seller: str) -> None:
    member = make_member(session, seller)
    new = entry(until_on=days_from_now(-1))
    households.record(session, seller, member, new, "p:x")
    assert households.on_day(session, seller, [member], days_from_now(-1))
    assert not households.on_day(session, seller, [member], days_from_now(0))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"consented_on": None}, NoConsent),
        ({"class_": "rich"}, BadRequest),
        ({"source": "  "}, BadRequest),
    ],
)
def test_without_consent_class_or_source_nothing_is_written(
    session: Session, seller: str, changes: dict[str, object], reason: type[Exception]
) -> None:
    member = make_member(session, seller)
    with pytest.raises(reason):
        households.record(session, seller, member, entry(**changes), "p:x")  # type: ignore[arg-type]
    assert households.of_member(session, seller, member) == ()


def test_a_class_is_of_today_or_before_and_in_order(session: Session, seller: str) -> None:
    member = make_member(session, seller)
    for new, reason in (
        (entry(days=1), DayToCome),
        (entry(consented_on=days_from_now(1)), DayToCome),
        (entry(until_on=days_from_now(-30) - timedelta(days=1)), DaysReversed),
    ):
        with pytest.raises(reason):
            households.record(session, seller, member, new, "p:x")


def test_a_family_that_no_longer_agrees_is_forgotten(session: Session, seller: str) -> None:
    member, other = make_member(session, seller), make_member(session, seller, "Búp")
    for one in (member, member, other):
        households.record(session, seller, one, entry(), "p:x")
    households.forget(session, seller, member)
    assert households.of_member(session, seller, member) == ()
    assert len(households.of_member(session, seller, other)) == 1
