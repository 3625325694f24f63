"""Members, plots and lots for tests."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from catalog.lots import record
from catalog.lots.record import NewHarvest
from catalog.models import Member, Plot
from core import clock

ACTOR = "p:packer"


def make_member(session: Session, seller_id: str, name: str = "Hoàng Thị Mai") -> str:
    """A grower (the id) of a cooperative."""
    member = Member(seller_id=seller_id, name=name, created_ms=clock.now_ms())
    session.add(member)
    session.flush()
    return member.id


def make_plot(session: Session, seller_id: str, member_id: str) -> str:
    """A plot (its id) of a member."""
    plot = Plot(seller_id=seller_id, member_id=member_id, name="Đồi sau nhà")
    session.add(plot)
    session.flush()
    return plot.id


def make_lot(
    session: Session, seller_id: str, product_id: str, quantity: int = 1000, **changes: object
) -> str:
    """A lot (its id) harvested today."""
    columns: dict[str, object] = {"harvested_on": clock.today(), **changes}
    new = NewHarvest(product_id, quantity, **columns)  # type: ignore[arg-type]  # a test's words
    return record.record(session, seller_id, new, ACTOR)


def days_ago(days: int) -> date:
    """A day so many days before today (after it, if negative)."""
    return clock.today() - timedelta(days)
