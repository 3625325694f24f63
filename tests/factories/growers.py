"""Members, plots and papers for tests."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from catalog import certificates
from catalog.certificates import NewCertificate
from catalog.growers import members, plots
from catalog.growers.households import NewEntry
from catalog.growers.members import NewMember
from catalog.growers.plots import NewPlot
from catalog.lots import opening
from catalog.lots.opening import NewLot
from core import clock
from tests.factories.catalog import make_product


def make_member(
    session: Session, seller_id: str, name: str = "Nguyễn Thị Nụ", **more: object
) -> str:
    """A member of the seller (the id) in Tân Cương."""
    columns: dict[str, object] = {"commune": "Tân Cương", **more}
    return members.add(session, seller_id, NewMember(name, **columns))  # type: ignore[arg-type]


def make_plot(session: Session, seller_id: str, member_id: str, name: str = "Đồi sau nhà") -> str:
    """A plot of five sào (its id)."""
    return plots.add(session, seller_id, member_id, NewPlot(name, area_m2=1800, crop="chè"))


def ocop(product_id: str, **changes: object) -> NewCertificate:
    """Four stars of a product, decided a hundred days ago."""
    fields: dict[str, object] = {
        "kind": "ocop",
        "number": "0417/QĐ-UBND",
        "issuer": "UBND tỉnh Thái Nguyên",
        "valid_from": days_from_now(-100),
        "stars": 4,
        "product_id": product_id,
    }
    return NewCertificate(**{**fields, **changes})  # type: ignore[arg-type]


def vietgap(**changes: object) -> NewCertificate:
    """VietGAP of the whole seller, good for a year more."""
    fields: dict[str, object] = {
        "kind": "vietgap",
        "number": "VietGAP-TT-12-0456",
        "issuer": "Trung tâm chứng nhận",
        "valid_from": days_from_now(-100),
        "valid_until": days_from_now(365),
    }
    return NewCertificate(**{**fields, **changes})  # type: ignore[arg-type]


def make_ocop(session: Session, seller_id: str, product_id: str, **changes: object) -> str:
    """Stars written down (the paper's id)."""
    return certificates.add(session, seller_id, ocop(product_id, **changes))


def entry(class_: str = "poor", days: int = -30, **changes: object) -> NewEntry:
    """An entry of a household's class, agreed to on its first day, `days` from today."""
    fields: dict[str, object] = {
        "class_": class_,
        "from_on": days_from_now(days),
        "source": "Quyết định số 12 của xã",
        "consented_on": days_from_now(days),
    }
    return NewEntry(**{**fields, **changes})  # type: ignore[arg-type]


def days_from_now(days: int) -> date:
    """The business day so many days from today."""
    return clock.today() + timedelta(days=days)


def bring_in(session: Session, seller: str, member: str, **columns: object) -> str:
    """A lot of a member, harvested three days ago (its id)."""
    product = make_product(session, seller)
    new = NewLot(seller, product, "harvest", "available", days_from_now(-3))
    return opening.add(session, new, member_id=member, **columns)
