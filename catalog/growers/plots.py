"""Plots of members: where things grow, on how much land, under which growing-area code.

Refuses to lose a plot that lots came from: a trace must lead somewhere.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import communes
from catalog.growers.errors import BadArea, PlotInUse, TooManyPlots
from catalog.models import Lot, Member, Plot
from core.db import owned
from core.errors import BadRequest
from core.ids import new_id
from core.text import clean_line

NAME_LENGTH = 80
CODE_LENGTH = 30
CROP_LENGTH = 80
MOST_OF_MEMBER = 50


@dataclass(frozen=True)
class PlotFacts:
    """A plot; `area_m2` is None where nobody measured, `place_code` the growing-area code or ""."""

    id: str
    seller_id: str
    member_id: str
    name: str
    commune_code: str
    place_code: str
    area_m2: int | None
    crop: str

    @property
    def commune(self) -> str:
        """The commune's name, "" where none was said."""
        return communes.name_of(self.commune_code)


@dataclass(frozen=True)
class NewPlot:
    """What is written of a plot: `commune` as people write it, `area_m2` in square metres."""

    name: str
    commune: str = ""
    place_code: str = ""
    area_m2: int | None = None
    crop: str = ""


def add(session: Session, seller_id: str, member_id: str, new: NewPlot) -> str:
    """Write a plot of a member into the book; returns its id.

    Raises:
        NotFound: the member is not this seller's. TooManyPlots: they have 50.
        BadRequest: the name is empty. UnknownCommune: no such place. BadArea: not a square metre.
    """
    owned(session, Member, member_id, seller_id)
    if len(of_member(session, seller_id, member_id)) >= MOST_OF_MEMBER:
        raise TooManyPlots(MOST_OF_MEMBER)
    plot = Plot(id=new_id(), seller_id=seller_id, member_id=member_id, **_checked(new))
    session.add(plot)
    session.flush()
    return plot.id


def change(session: Session, seller_id: str, plot_id: str, new: NewPlot) -> None:
    """Write a plot's entry anew; whose it is stays.

    Raises:
        NotFound: not this seller's. Else as `add`.
    """
    plot = owned(session, Plot, plot_id, seller_id)
    for name, value in _checked(new).items():
        setattr(plot, name, value)
    session.flush()


def remove(session: Session, seller_id: str, plot_id: str) -> None:
    """Strike a plot out that nothing was harvested from.

    Raises:
        NotFound: not this seller's. PlotInUse: lots came from it.
    """
    plot = owned(session, Plot, plot_id, seller_id)
    lots = session.scalar(select(func.count()).where(Lot.plot_id == plot_id)) or 0
    if lots:
        raise PlotInUse(lots)
    session.delete(plot)
    session.flush()


def get(session: Session, seller_id: str, plot_id: str) -> PlotFacts:
    """One plot.

    Raises:
        NotFound: there is none, or not this seller's.
    """
    return _facts(owned(session, Plot, plot_id, seller_id))


def of_member(session: Session, seller_id: str, member_id: str) -> tuple[PlotFacts, ...]:
    """A member's plots by name; none for another seller's member."""
    return of_members(session, seller_id, [member_id]).get(member_id, ())


def of_members(
    session: Session, seller_id: str, member_ids: Collection[str]
) -> dict[str, tuple[PlotFacts, ...]]:
    """The plots of several members by member, in one query; who has none is absent."""
    query = select(Plot).where(Plot.seller_id == seller_id, Plot.member_id.in_(set(member_ids)))
    found: dict[str, tuple[PlotFacts, ...]] = {}
    for plot in session.scalars(query.order_by(Plot.name, Plot.id)):
        found[plot.member_id] = (*found.get(plot.member_id, ()), _facts(plot))
    return found


def _checked(new: NewPlot) -> dict[str, object]:
    name = clean_line(new.name, NAME_LENGTH)
    if not name:
        raise BadRequest(field="name", why="empty")
    if new.area_m2 is not None and new.area_m2 < 1:
        raise BadArea()
    return {
        "name": name,
        "commune_code": communes.code_of(new.commune),
        "place_code": clean_line(new.place_code, CODE_LENGTH).upper(),
        "area_m2": new.area_m2,
        "crop": clean_line(new.crop, CROP_LENGTH),
    }


def _facts(plot: Plot) -> PlotFacts:
    return PlotFacts(
        id=plot.id,
        seller_id=plot.seller_id,
        member_id=plot.member_id,
        name=plot.name,
        commune_code=plot.commune_code,
        place_code=plot.place_code,
        area_m2=plot.area_m2,
        crop=plot.crop,
    )
