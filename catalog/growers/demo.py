"""Demo growers and their papers: invented, marked demo, with numbers that begin with DEMO.

No real grower, plot or decision is in it. Nobody's household class is made up, not even here.
"""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import NotRequired, TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import certificates
from catalog.certificates import NewCertificate
from catalog.growers import holders, members, plots
from catalog.growers.members import NewMember
from catalog.growers.plots import NewPlot
from catalog.models import Member
from core import clock
from core.identity import sellers

_FILE = Path(__file__).parents[1] / "data" / "demo_growers.json"


class _Grower(TypedDict):
    """A member in the file; a plot is [name, crop, square metres, commune, growing-area code]."""

    name: str
    phone: NotRequired[str]
    address: str
    commune: str
    joined_on: str
    left_days_ago: NotRequired[int]
    notes: str
    plots: list[tuple[str, str, int, str, str]]


class _Paper(TypedDict):
    """A paper in the file; its days are counted from the day the demo is made."""

    kind: str
    number: str
    issuer: str
    from_days: int
    until_days: NotRequired[int]
    stars: NotRequired[int]
    name: NotRequired[str]
    product: NotRequired[str]
    member: NotRequired[str]


class _Book(TypedDict):
    """What one seller, by name, has in its book."""

    seller: str
    members: list[_Grower]
    papers: list[_Paper]


def load(session: Session) -> None:
    """Fill the books of the demo sellers, unless there is any member."""
    if session.scalar(select(Member.id).limit(1)) is not None:
        return
    ids = {seller.name: seller.id for seller in sellers.all_sellers(session) if seller.demo}
    books: list[_Book] = json.loads(_FILE.read_text(encoding="utf-8"))
    for book in books:
        if book["seller"] in ids:
            _fill(session, ids[book["seller"]], book)


def _fill(session: Session, seller_id: str, book: _Book) -> None:
    people = {one["name"]: _write_in(session, seller_id, one) for one in book["members"]}
    goods = {one.name: one.id for one in holders.products_of(session, seller_id)}
    for paper in book["papers"]:
        holds = paper.get("product", "")
        if not holds or holds in goods:
            holder = people.get(paper.get("member", ""), "")
            written = _paper(paper, goods.get(holds, ""), holder)
            certificates.add(session, seller_id, written)


def _write_in(session: Session, seller_id: str, grower: _Grower) -> str:
    new = NewMember(
        name=grower["name"],
        phone=grower.get("phone", ""),
        commune=grower["commune"],
        address=f"{grower['address']} (địa chỉ demo)",
        joined_on=date.fromisoformat(grower["joined_on"]),
        notes=grower["notes"],
    )
    member_id = members.add(session, seller_id, new)
    for name, crop, area_m2, commune, code in grower["plots"]:
        plots.add(session, seller_id, member_id, NewPlot(name, commune, code, area_m2, crop))
    if "left_days_ago" in grower:
        left_on = clock.today() - timedelta(days=grower["left_days_ago"])
        members.leave(session, seller_id, member_id, left_on)
    return member_id


def _paper(paper: _Paper, product_id: str, member_id: str) -> NewCertificate:
    today = clock.today()
    until = paper.get("until_days")
    return NewCertificate(
        kind=paper["kind"],
        number=paper["number"],
        issuer=paper["issuer"],
        valid_from=today + timedelta(days=paper["from_days"]),
        valid_until=None if until is None else today + timedelta(days=until),
        stars=paper.get("stars"),
        name=paper.get("name", ""),
        product_id=product_id,
        member_id=member_id,
    )
