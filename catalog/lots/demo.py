"""Demo harvests: what is on hand in the demo was brought in by the demo growers, some days before today.

The first tea is made from leaf of two growers, so that a trace leads through the drying house.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from catalog import products
from catalog.growers import members, plots
from catalog.growers.members import MemberFacts
from catalog.lots import record, runs
from catalog.lots.record import NewHarvest
from catalog.lots.runs import RunInput, RunOutput
from catalog.products import NewProduct
from core import clock
from core.quantity import BaseUnit
from core.splitting import largest_remainder

_ACTOR = "demo"
_LEAF_FOR_TEA = 5
_MADE_HERE = "che_moc_cau"
_TWO_FROM = 20_000
_SHARES = (3, 2)
_DAYS = {
    "tea": (18, 365),
    "rice": (40, 240),
    "banh-chung": (1, 7),
    "mushrooms": (30, 365),
    "turmeric": (12, 90),
    "glass-noodles": (25, 365),
    "persimmon": (2, 12),
    "squash": (6, 60),
    "herbs": (35, 365),
    "custard-apple": (1, 6),
    "honey": (60, 720),
    "chicken": (1, 10),
}
"""By drawing: how many days ago it was harvested or made, and how many days it keeps from then."""


@dataclass(frozen=True)
class Bring:
    """So many base units of a demo product that should be on hand."""

    seller_id: str
    product_id: str
    quantity: int
    art: str
    kind: str


def bring(session: Session, goods: Bring) -> None:
    """Record the harvests that make up `goods`: by two growers where there is much of it, else by one."""
    if not goods.quantity:
        return
    today = clock.today()
    people = [m for m in members.of_seller(session, goods.seller_id) if m.belongs_on(today)]
    if goods.kind == _MADE_HERE and len(people) > 1:
        _dry(session, goods, people)
        return
    much = goods.quantity >= _TWO_FROM and len(people) > 1
    parts = largest_remainder(goods.quantity, _SHARES) if much else [goods.quantity]
    first = sum(map(ord, goods.product_id))
    for turn, quantity in enumerate(parts):
        grower = people[(first + turn) % len(people)] if people else None
        _harvest(session, goods, quantity, grower, turn)


def _harvest(
    session: Session, goods: Bring, quantity: int, grower: MemberFacts | None, turn: int
) -> None:
    ago, keeps = _DAYS[goods.art]
    day = clock.today() - timedelta(days=ago + turn)
    new = NewHarvest(
        goods.product_id,
        quantity,
        day,
        member_id=grower.id if grower else None,
        plot_id=_plot(session, goods.seller_id, grower) if grower else None,
        best_before=day + timedelta(days=keeps),
    )
    record.record(session, goods.seller_id, new, _ACTOR)


def _dry(session: Session, goods: Bring, people: list[MemberFacts]) -> None:
    """Five kilos of leaf make one of tea: two growers bring it, one run dries it."""
    ago, keeps = _DAYS["tea"]
    leaf = products.add(
        session,
        goods.seller_id,
        NewProduct("Chè búp tươi", "", BaseUnit.G, "tea", "che_tuoi"),
    )
    picked = clock.today() - timedelta(days=ago)
    inputs = [
        RunInput(_leaf(session, goods.seller_id, leaf, quantity, grower, picked), quantity)
        for grower, quantity in zip(
            people, largest_remainder(goods.quantity * _LEAF_FOR_TEA, _SHARES), strict=False
        )
    ]
    output = RunOutput(goods.product_id, goods.quantity, "Loại 1", picked + timedelta(days=keeps))
    runs.process(session, goods.seller_id, inputs, [output], _ACTOR, "Sao chảo gang, sấy than")


def _leaf(
    session: Session, seller_id: str, leaf: str, quantity: int, grower: MemberFacts, picked: date
) -> str:
    new = NewHarvest(
        leaf,
        quantity,
        picked,
        member_id=grower.id,
        plot_id=_plot(session, seller_id, grower),
        grade="Một tôm hai lá",
        best_before=clock.today(),  # it was dried in time: the run is written down later
        sprayed_on=picked - timedelta(days=30),
        interval_days=14,
    )
    return record.record(session, seller_id, new, _ACTOR)


def _plot(session: Session, seller_id: str, grower: MemberFacts) -> str | None:
    mine = plots.of_member(session, seller_id, grower.id)
    return mine[0].id if mine else None
