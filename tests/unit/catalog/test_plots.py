"""Plots: land as people measure it, and none lost that lots came from."""

import pytest
from sqlalchemy.orm import Session

from catalog.growers import areas, plots
from catalog.growers.errors import (
    BadArea,
    PlotInUse,
    TooManyPlots,
)
from catalog.growers.plots import NewPlot
from core.errors import BadRequest, NotFound
from tests.factories.growers import bring_in, make_member, make_plot
from tests.factories.identity import make_seller


@pytest.fixture
def seller(session: Session) -> str:
    return make_seller(session)


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
