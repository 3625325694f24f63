"""Papers count from their first day to their last, for whom they were given, and their end is told once."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import certificates
from catalog.certificates import NewCertificate
from catalog.growers import reminders
from catalog.growers.errors import (
    DaysReversed,
    DayToCome,
    LastDayMissing,
    NotOneHolder,
    OcopNeedsProduct,
    OcopTooLong,
    StarsWrong,
)
from catalog.growers.events import CertificateEnding
from catalog.models import Certificate
from core import clock, messages
from core.clock import FixedClock
from core.errors import BadRequest, NotFound
from core.messages import Sent
from core.outbox import OutboxRow
from tests.factories.catalog import make_product
from tests.factories.growers import days_from_now, make_member, make_ocop, ocop, vietgap
from tests.factories.identity import make_seller

DAY_MS = 86_400_000


@pytest.fixture
def seller(session: Session) -> str:
    return make_seller(session)


@pytest.fixture
def product(session: Session, seller: str) -> str:
    return make_product(session, seller)


def shown(session: Session, product: str, on: date) -> list[str]:
    return [paper.number for paper in certificates.in_force(session, [product], on)[product]]


def test_stars_count_36_months_and_are_gone_the_day_after(
    session: Session, seller: str, product: str
) -> None:
    paper = make_ocop(session, seller, product, valid_from=date(2024, 2, 29), number="1")
    last = date(2027, 2, 28)
    assert certificates.get(session, seller, paper).valid_until == last
    assert shown(session, product, date(2024, 2, 28)) == []
    assert shown(session, product, date(2024, 2, 29)) == ["1"]
    assert shown(session, product, last) == ["1"]
    assert shown(session, product, last + timedelta(days=1)) == []


def test_what_the_query_shows_is_what_the_facts_say(
    session: Session, seller: str, product: str
) -> None:
    papers = [
        certificates.add(session, seller, vietgap(number=str(n), valid_until=days_from_now(n)))
        for n in range(-3, 4)
    ]
    certificates.withdraw(session, seller, papers[5], "ghi nhầm")
    for days in range(-5, 6):
        on = days_from_now(days)
        counting = {
            one.number for one in certificates.of_seller(session, seller) if one.counts_on(on)
        }
        assert set(shown(session, product, on)) == counting


def test_stars_may_end_earlier_but_never_later(session: Session, seller: str, product: str) -> None:
    first = date(2025, 5, 5)
    early = make_ocop(session, seller, product, valid_from=first, valid_until=date(2026, 12, 31))
    assert certificates.get(session, seller, early).valid_until == date(2026, 12, 31)
    with pytest.raises(OcopTooLong) as refused:
        make_ocop(session, seller, product, valid_from=first, valid_until=date(2028, 5, 5))
    assert refused.value.data["last"] == "04/05/2028"


@pytest.mark.parametrize("stars", [None, 0, 2, 6, -4, 300])
def test_there_are_three_four_and_five_stars(
    session: Session, seller: str, product: str, stars: int | None
) -> None:
    with pytest.raises(StarsWrong):
        make_ocop(session, seller, product, stars=stars)


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (lambda: vietgap(stars=4), StarsWrong),
        (lambda: vietgap(kind="michelin"), BadRequest),
        (lambda: vietgap(number=" \u200b"), BadRequest),
        (lambda: vietgap(issuer=""), BadRequest),
        (lambda: vietgap(valid_until=None), LastDayMissing),
        (lambda: vietgap(valid_from=days_from_now(1)), DayToCome),
        (lambda: vietgap(valid_until=days_from_now(-101)), DaysReversed),
        (lambda: ocop(""), OcopNeedsProduct),
        (lambda: vietgap(product_id="nothing"), NotFound),
        (lambda: vietgap(member_id="nothing"), NotFound),
    ],
)
def test_a_wrong_paper_is_refused_by_its_reason(
    session: Session, seller: str, new: object, reason: type[Exception]
) -> None:
    assert callable(new)
    with pytest.raises(reason):
        certificates.add(session, seller, new())
    assert certificates.of_seller(session, seller) == ()


def test_a_paper_is_of_a_product_or_of_a_member(
    session: Session, seller: str, product: str
) -> None:
    member = make_member(session, seller)
    with pytest.raises(NotOneHolder):
        certificates.add(session, seller, vietgap(product_id=product, member_id=member))


def test_papers_are_not_hung_on_what_is_another_sellers(
    session: Session, seller: str, product: str
) -> None:
    stranger = make_seller(session, "HTX B")
    paper = make_ocop(session, seller, product)
    for act in (
        lambda: certificates.add(session, stranger, ocop(product)),
        lambda: certificates.add(
            session, stranger, vietgap(member_id=make_member(session, seller))
        ),
        lambda: certificates.get(session, stranger, paper),
        lambda: certificates.change(session, stranger, paper, vietgap()),
        lambda: certificates.withdraw(session, stranger, paper, "x"),
    ):
        with pytest.raises(NotFound):
            act()
    assert certificates.of_seller(session, stranger) == ()


def test_a_geographical_indication_may_have_no_end(
    session: Session, seller: str, product: str
) -> None:
    new = vietgap(kind="gi", name="Chỉ dẫn địa lý Tân Cương", valid_until=None, number="7")
    paper = certificates.get(session, seller, certificates.add(session, seller, new))
    assert paper.days_left(days_from_now(0)) is None
    assert shown(session, product, date(2100, 1, 1)) == ["7"]
    assert certificates.ending_soon(session, seller, date(2100, 1, 1)) == ()


def test_a_product_shows_its_own_papers_and_its_sellers_but_no_members(
    session: Session, seller: str, product: str
) -> None:
    other, member = make_product(session, seller), make_member(session, seller)
    make_ocop(session, seller, product, number="own")
    make_ocop(session, seller, other, number="of another")
    for number, holder in (("all", ""), ("member", member)):
        certificates.add(session, seller, vietgap(number=number, member_id=holder))
    stranger = make_seller(session, "HTX B")
    certificates.add(session, stranger, vietgap(number="foreign"))
    found = certificates.in_force(session, [product, other, "nothing"], days_from_now(0))
    assert [one.number for one in found[product]] == ["own", "all"]
    assert [one.number for one in found[other]] == ["of another", "all"]
    assert found["nothing"] == ()
    of_seller = certificates.in_force_of_seller(session, seller, days_from_now(0))
    assert [one.number for one in of_seller] == ["all"]


def test_of_two_decisions_about_stars_the_newer_is_shown(
    session: Session, seller: str, product: str
) -> None:
    make_ocop(session, seller, product, stars=4, valid_from=days_from_now(-10), number="new")
    make_ocop(session, seller, product, stars=3, valid_from=days_from_now(-900), number="old")
    assert shown(session, product, days_from_now(0)) == ["new"]
    assert shown(session, product, days_from_now(-11)) == ["old"]


def test_a_paper_taken_back_is_hidden_today_and_keeps_its_past(
    session: Session, seller: str, product: str
) -> None:
    paper = make_ocop(session, seller, product, number="1")
    with pytest.raises(BadRequest):
        certificates.withdraw(session, seller, paper, " ")
    certificates.withdraw(session, seller, paper, "xã thu hồi")
    certificates.withdraw(session, seller, paper, "lần nữa")
    assert shown(session, product, days_from_now(-1)) == ["1"]
    assert shown(session, product, days_from_now(0)) == []
    assert certificates.get(session, seller, paper).why == "xã thu hồi"


def test_papers_that_end_within_sixty_days_are_named_first_to_end_first(
    session: Session, seller: str
) -> None:
    for days in (61, 60, 0, -1):
        new = vietgap(number=str(days), valid_until=days_from_now(days))
        certificates.add(session, seller, new)
    soon = certificates.ending_soon(session, seller, days_from_now(0))
    assert [one.number for one in soon] == ["0", "60"]


def told(session: Session) -> int:
    reminders.remind_due(session)
    session.flush()
    waiting = select(OutboxRow).where(OutboxRow.event == CertificateEnding.__name__)
    return len(session.scalars(waiting).all())


def test_the_end_is_told_once_sixty_days_before(
    session: Session, seller: str, time_at: FixedClock
) -> None:
    paper = certificates.add(session, seller, vietgap(valid_until=days_from_now(61)))
    assert told(session) == 0
    time_at.advance(DAY_MS)
    assert (told(session), told(session)) == (1, 1)
    assert session.get_one(Certificate, paper).reminded_ms == clock.now_ms()


def test_a_new_last_day_is_told_again_and_another_change_is_not(
    session: Session, seller: str
) -> None:
    new = vietgap(valid_until=days_from_now(30))
    paper = certificates.add(session, seller, new)
    assert told(session) == 1
    certificates.change(session, seller, paper, vietgap(number="2", valid_until=new.valid_until))
    assert told(session) == 1
    certificates.change(session, seller, paper, vietgap(valid_until=days_from_now(31)))
    assert told(session) == 2


def test_what_is_over_or_taken_back_is_not_told(session: Session, seller: str) -> None:
    certificates.add(session, seller, vietgap(valid_until=days_from_now(-1)))
    paper = certificates.add(session, seller, vietgap(valid_until=days_from_now(5)))
    certificates.withdraw(session, seller, paper, "ghi nhầm")
    assert told(session) == 0


class Told(messages.NoSender):
    """A road to a phone that remembers what went over it."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def send(self, phone: str, text: str, key: str = "") -> Sent:
        self.texts.append(f"{phone} {text}")
        return Sent(messages.TAKEN)


def test_the_message_names_the_paper_and_its_last_day(
    app: Flask, session: Session, seller: str
) -> None:
    new: NewCertificate = vietgap(number="VG-1", valid_until=date(2026, 12, 24))
    paper = certificates.add(session, seller, new)
    session.commit()
    road = Told()
    messages.use(app, road)
    assert reminders.tell(CertificateEnding(paper, seller)) == "sent"
    assert "VG-1" in road.texts[0]
    assert "24/12/2026" in road.texts[0]
    messages.use(app, messages.NoSender())
    assert reminders.tell(CertificateEnding(paper, seller)) == "sms_off"


def test_a_paper_taken_back_meanwhile_is_not_told_of(
    app: Flask, session: Session, seller: str
) -> None:
    paper = certificates.add(session, seller, vietgap(valid_until=days_from_now(9)))
    certificates.withdraw(session, seller, paper, "ghi nhầm")
    session.commit()
    road = Told()
    messages.use(app, road)
    assert reminders.tell(CertificateEnding(paper, seller)) == "over"
    assert road.texts == []
