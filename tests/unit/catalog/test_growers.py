"""The grower book: who belongs, where they grow, what may be known of their household."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import demo as catalog_demo
from catalog.communes import UnknownCommune
from catalog.growers import checks, demo, harvests, households, members, plots
from catalog.growers.errors import (
    DaysReversed,
    DayToCome,
    MemberExists,
    MemberLeft,
)
from catalog.growers.members import Asked, NewMember
from catalog.growers.plots import NewPlot
from catalog.lots import record
from catalog.lots.record import NewHarvest
from catalog.models import Certificate, Household, Member, Plot
from core.errors import BadRequest, NotFound
from core.identity import demo as identity_demo
from core.phone import BadPhone
from tests.factories.catalog import make_product
from tests.factories.growers import bring_in, days_from_now, entry, make_member, make_plot
from tests.factories.identity import make_seller


@pytest.fixture
def seller(session: Session) -> str:
    return make_seller(session)


def names(session: Session, seller: str, **asked: object) -> list[str]:
    page = members.page(session, seller, Asked(**asked))  # type: ignore[arg-type]
    return [one.name for one in page.items]


def test_a_member_is_kept_as_written_with_a_clean_number_and_a_known_place(
    session: Session, seller: str
) -> None:
    new = NewMember(" Nguyễn  Thị Nụ ", "0912.345.678", "Thịnh Đức", "Xóm 3", days_from_now(-9))
    member = members.get(session, seller, members.add(session, seller, new))
    assert (member.name, member.phone) == ("Nguyễn Thị Nụ", "+84912345678")
    assert (member.commune_code, member.commune) == ("05503", "Tân Cương")
    assert member.belongs_on(days_from_now(0))


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (NewMember(" \u200b "), BadRequest),
        (NewMember("Nụ", phone="12345"), BadPhone),
        (NewMember("Nụ", commune="Hà Nội"), UnknownCommune),
    ],
)
def test_a_wrong_entry_is_refused_by_its_reason(
    session: Session, seller: str, new: NewMember, reason: type[Exception]
) -> None:
    with pytest.raises(reason):
        members.add(session, seller, new)
    assert members.of_seller(session, seller) == ()


def test_nobody_joins_or_leaves_on_a_day_to_come(session: Session, seller: str) -> None:
    tomorrow = days_from_now(1)
    with pytest.raises(DayToCome):
        make_member(session, seller, joined_on=tomorrow)
    member = make_member(session, seller, joined_on=days_from_now(0))
    with pytest.raises(DayToCome):
        members.leave(session, seller, member, tomorrow)


def test_the_same_person_is_not_written_in_twice(session: Session, seller: str) -> None:
    make_member(session, seller, "Nguyễn Thị Nụ", phone="0912345678")
    with pytest.raises(MemberExists):
        make_member(session, seller, "nguyen thi nu", phone="0912 345 678")
    make_member(session, seller, "Nguyễn Văn Búp", phone="0912345678")
    make_member(session, seller, "Nguyễn Thị Nụ")
    assert members.numbers(session, seller) == members.Numbers(3, 0)


def test_a_person_of_another_seller_is_no_twin(session: Session, seller: str) -> None:
    make_member(session, make_seller(session, "HTX B"), phone="0912345678")
    assert make_member(session, seller, phone="0912345678")


def test_another_sellers_member_looks_like_none(session: Session, seller: str) -> None:
    stranger = make_seller(session, "HTX B")
    member = make_member(session, seller)
    plot = make_plot(session, seller, member)
    today = days_from_now(0)
    for act in (
        lambda: members.get(session, stranger, member),
        lambda: members.change(session, stranger, member, NewMember("X")),
        lambda: members.leave(session, stranger, member, today),
        lambda: members.come_back(session, stranger, member),
        lambda: plots.add(session, stranger, member, NewPlot("X")),
        lambda: plots.change(session, stranger, plot, NewPlot("X")),
        lambda: plots.remove(session, stranger, plot),
        lambda: households.record(session, stranger, member, entry(), "p:x"),
        lambda: households.forget(session, stranger, member),
    ):
        with pytest.raises(NotFound):
            act()
    assert plots.of_member(session, stranger, member) == ()
    assert harvests.of_member(session, stranger, member) == ()


def test_who_leaves_keeps_the_past_and_brings_nothing_new(session: Session, seller: str) -> None:
    member = make_member(session, seller, "Bác Thung")
    lot = bring_in(session, seller, member)
    members.leave(session, seller, member, days_from_now(-2))
    assert members.of_seller(session, seller) == ()
    assert names(session, seller, left=True) == ["Bác Thung"]
    assert [one.lot_id for one in harvests.of_member(session, seller, member)] == [lot]
    assert members.require_belonging(session, seller, member, days_from_now(-3))
    with pytest.raises(MemberLeft):
        members.require_belonging(session, seller, member, days_from_now(-2))


def test_goods_of_somebody_who_left_are_not_taken_in(session: Session, seller: str) -> None:
    member, product = make_member(session, seller), make_product(session, seller)
    plot = make_plot(session, seller, member)
    members.leave(session, seller, member, days_from_now(-2))
    for days, taken in ((-3, True), (-2, False), (0, False)):
        new = NewHarvest(product, 1000, days_from_now(days), plot_id=plot)
        if taken:
            assert record.record(session, seller, new, "p:x")
            continue
        with pytest.raises(MemberLeft):
            record.record(session, seller, new, "p:x")


def test_who_left_may_come_back(session: Session, seller: str) -> None:
    member = make_member(session, seller, "Bác Thung")
    members.leave(session, seller, member, days_from_now(0))
    assert members.numbers(session, seller) == members.Numbers(0, 1)
    members.come_back(session, seller, member)
    assert names(session, seller) == ["Bác Thung"]


def test_nobody_leaves_before_joining(session: Session, seller: str) -> None:
    member = make_member(session, seller, joined_on=days_from_now(-5))
    with pytest.raises(DaysReversed):
        members.leave(session, seller, member, days_from_now(-6))
    members.leave(session, seller, member, days_from_now(-5))
    with pytest.raises(DaysReversed):
        members.change(session, seller, member, NewMember("X", joined_on=days_from_now(-4)))


def test_lists_go_by_the_given_name(session: Session, seller: str) -> None:
    for name in ("Trần Văn Búp", "Nguyễn Thị Nụ (Tư)", "Lê Thị An", "Đặng Ân", "---"):
        make_member(session, seller, name)
    assert names(session, seller) == [
        "---",
        "Đặng Ân",
        "Lê Thị An",
        "Trần Văn Búp",
        "Nguyễn Thị Nụ (Tư)",
    ]


@pytest.mark.parametrize(
    "words", ["nu", "NỤ nguyễn", "thi nu", "tu", "678", "0912 345", "+84912", "0912345678"]
)
def test_a_member_is_found_by_any_word_or_part_of_the_number(
    session: Session, seller: str, words: str
) -> None:
    make_member(session, seller, "Nguyễn Thị Nụ (Tư)", phone="0912345678")
    make_member(session, seller, "Trần Văn Búp", phone="0987111222")
    assert names(session, seller, words=words) == ["Nguyễn Thị Nụ (Tư)"]


@pytest.mark.parametrize("words", ["%", "_", "bup nu", "0", "x" * 300])
def test_words_of_a_search_are_taken_as_they_are(session: Session, seller: str, words: str) -> None:
    make_member(session, seller, "Nguyễn Thị Nụ")
    assert names(session, seller, words=words) == []


def test_pages_follow_each_other_without_a_gap_or_a_repeat(session: Session, seller: str) -> None:
    every = {make_member(session, seller, f"Nguyễn Văn An {n % 3}") for n in range(65)}
    seen, after = [], ""
    for size in (30, 30, 5):
        page = members.page(session, seller, Asked(after=after))
        assert len(page.items) == size
        seen += [one.id for one in page.items]
        after = page.after
    assert (after, set(seen), len(seen)) == ("", every, 65)


@pytest.mark.parametrize("cursor", ["nothing", "x" * 400])
def test_a_cursor_that_is_not_ours_is_refused(session: Session, seller: str, cursor: str) -> None:
    with pytest.raises(BadRequest):
        members.page(session, seller, Asked(after=cursor))


def test_a_member_of_another_seller_is_no_cursor(session: Session, seller: str) -> None:
    other = make_member(session, make_seller(session, "HTX B"))
    with pytest.raises(BadRequest):
        members.page(session, seller, Asked(after=other))


def test_what_members_brought_in_is_counted_for_the_list(session: Session, seller: str) -> None:
    member, idle = make_member(session, seller), make_member(session, seller, "Búp")
    for _ in range(3):
        bring_in(session, seller, member)
    brought = harvests.brought_by(session, seller, [member, idle])
    assert brought == {member: harvests.Brought(3, days_from_now(-3))}


def test_the_demo_books_are_invented_marked_and_loaded_once(session: Session) -> None:
    identity_demo.load(session)
    catalog_demo.load(session)
    for _ in range(2):
        demo.load(session)
    people = session.scalars(select(Member)).all()
    assert (len(people), len(session.scalars(select(Household)).all())) == (12, 0)
    assert all(one.name.endswith("(demo)") and one.commune_code for one in people)
    assert all(one.phone.startswith("+84900000") for one in people if one.phone)
    papers = session.scalars(select(Certificate)).all()
    assert len(papers) == 12
    assert all(one.number.startswith("DEMO") for one in papers)
    assert list(checks.sellers_agree(session)) == []


def test_fsck_names_an_entry_that_hangs_on_another_sellers(session: Session, seller: str) -> None:
    member = make_member(session, seller)
    plot = make_plot(session, seller, member)
    assert list(checks.sellers_agree(session)) == []
    session.get_one(Plot, plot).seller_id = make_seller(session, "HTX B")
    session.flush()
    assert list(checks.sellers_agree(session)) == [f"what=plot id={plot}"]
