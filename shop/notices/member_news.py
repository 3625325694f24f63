"""What a cooperative tells its members: when and where it collects, what it pays for what it takes in.

Goes to members of today who left a number, each once. Refuses to tell anybody who has left.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog.growers import members
from core import clock
from core.errors import N_, DomainError
from core.identity import people, sellers
from core.ids import new_id
from core.money import format_vnd
from shop.notices import telling
from shop.notices.telling import News, Whom


class NobodyToTell(DomainError):
    """No member of today has left a number."""

    code = "nobody_to_tell"
    status = 409
    message = N_("Chưa xã viên nào có số điện thoại. Bạn ghi số ở trang Xã viên trước nhé.")


@dataclass(frozen=True)
class MemberNews:
    """`kind` collection or leaf_price; what, when and where in the cooperative's words; đồng per kilo."""

    kind: str
    what: str
    at: str
    place: str
    price_vnd: int = 0


def reachable(session: Session, seller_id: str) -> int:
    """How many members would be told: those of today with a number."""
    return len(_members(session, seller_id))


def tell(session: Session, seller_id: str, told: MemberNews) -> int:
    """Have the seller's members be told; returns how many.

    Raises:
        NobodyToTell: none of them has left a number.
    """
    found = _members(session, seller_id)
    if not found:
        raise NobodyToTell()
    facts = {
        "seller": sellers.facts(session, seller_id).name,
        "what": told.what,
        "at": told.at,
        "place": told.place,
        "price": format_vnd(told.price_vnd) if told.price_vnd else "",
    }
    news = News(told.kind, new_id(), seller_id, f"/sellers/{seller_id}", facts)
    for phone, name in found.items():
        person_id = people.find_or_create(session, phone, name)
        telling.tell(session, news, Whom(person_id, name, phone))
    return len(found)


def _members(session: Session, seller_id: str) -> dict[str, str]:
    """Names of today's members by number: who shares a number with another is told once."""
    today = clock.today()
    return {
        one.phone: one.name
        for one in members.of_seller(session, seller_id)
        if one.phone and (one.left_on is None or one.left_on > today)
    }
