"""The grower book: who belongs, where they grow, what may be known of their household."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from catalog.communes import UnknownCommune
from catalog.growers import areas, harvests, households, members, plots
from catalog.growers.errors import (
    BadArea,
    DaysReversed,
    DayToCome,
    MemberExists,
    MemberLeft,
    NoConsent,
    PlotInUse,
    TooManyPlots,
)
from catalog.growers.households import NewEntry
from catalog.growers.members import Asked, NewMember
from catalog.growers.plots import NewPlot
from catalog.lots import opening
from catalog.lots.opening import NewLot
from core.errors import BadRequest, NotFound
from core.phone import BadPhone
from tests.factories.catalog import make_product
from tests.factories.growers import days_from_now, make_member, make_plot
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


@pytest.mark.parametrize(
    ("text", "unit", "area_m2"),
    [
        ("2,5", "sao", 900),
        ("2.5", "sao", 900),
        ("1", "sao", 360),
        ("1.250", "m2", 1250),
        ("0,75", "ha", 7500),
        ("1,001", "sao", 360),
    ],
)
def test_land_is_read_as_people_measure_it(text: str, unit: str, area_m2: int) -> None:
    assert areas.parse_area(text, unit) == area_m2


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("0", "sao"),
        ("-1", "sao"),
        ("", "m2"),
        ("hai", "sao"),
        ("1e9", "m2"),
        ("10000", "ha"),
        ("0,0001", "m2"),
        ("1", "mẫu"),
        ("NaN", "ha"),
        ("1.25.0", "m2"),
        ("१", "m2"),
    ],
)
def test_what_is_no_area_is_refused(text: str, unit: str) -> None:
    with pytest.raises(BadArea):
        areas.parse_area(text, unit)


def test_what_is_written_of_an_area_reads_back() -> None:
    for area_m2 in (1, 180, 359, 360, 540, 900, 1250, 36_000, 99_999_999):
        number, _, unit = areas.format_area(area_m2).partition(" ")
        assert areas.parse_area(number, "sao" if unit == "sào" else "m2") == area_m2


def test_a_plot_is_written_anew_and_struck_out(session: Session, seller: str) -> None:
    plot = make_plot(session, seller, make_member(session, seller))
    plots.change(session, seller, plot, NewPlot("Nương trên", "La Bằng", "vn-tnn-01", 720, "na"))
    found = plots.get(session, seller, plot)
    assert (found.name, found.commune, found.place_code) == ("Nương trên", "La Bằng", "VN-TNN-01")
    plots.remove(session, seller, plot)
    with pytest.raises(NotFound):
        plots.get(session, seller, plot)


def test_a_plot_that_lots_came_from_stays(session: Session, seller: str) -> None:
    member = make_member(session, seller)
    plot = make_plot(session, seller, member)
    bring_in(session, seller, member, plot_id=plot)
    with pytest.raises(PlotInUse) as refused:
        plots.remove(session, seller, plot)
    assert refused.value.data == {"lots": 1}


def test_a_plot_has_a_name_and_a_real_area(session: Session, seller: str) -> None:
    member = make_member(session, seller)
    with pytest.raises(BadRequest):
        plots.add(session, seller, member, NewPlot("  "))
    with pytest.raises(BadArea):
        plots.add(session, seller, member, NewPlot("Đồi", area_m2=0))


def test_one_member_has_fifty_plots_at_most(session: Session, seller: str) -> None:
    member = make_member(session, seller)
    for number in range(plots.MOST_OF_MEMBER):
        make_plot(session, seller, member, f"Thửa {number}")
    with pytest.raises(TooManyPlots):
        make_plot(session, seller, member, "Thửa nữa")


def entry(class_: str = "poor", days: int = -30, **changes: object) -> NewEntry:
    fields: dict[str, object] = {
        "class_": class_,
        "from_on": days_from_now(days),
        "source": "Quyết định số 12 của xã",
        "consented_on": days_from_now(days),
    }
    return NewEntry(**{**fields, **changes})  # type: ignore[arg-type]


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


def bring_in(session: Session, seller: str, member: str, **columns: object) -> str:
    """A lot of a member, harvested three days ago."""
    product = make_product(session, seller)
    new = NewLot(seller, product, "harvest", "available", days_from_now(-3))
    return opening.add(session, new, member_id=member, **columns)


def test_what_members_brought_in_is_counted_for_the_list(session: Session, seller: str) -> None:
    member, idle = make_member(session, seller), make_member(session, seller, "Búp")
    for _ in range(3):
        bring_in(session, seller, member)
    brought = harvests.brought_by(session, seller, [member, idle])
    assert brought == {member: harvests.Brought(3, days_from_now(-3))}
