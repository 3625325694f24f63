"""Members of a cooperative: who they are, how to reach them, since when and until when they belong.

Nobody is ever deleted: a member who left keeps the past, brings in nothing new, and may come back.
Refuses other sellers' members, which look like none at all.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.orm import Session

from catalog import communes
from catalog.growers.days import no_later_than_today, shown
from catalog.growers.errors import DaysReversed, MemberExists, MemberLeft
from catalog.models import Member
from core import clock
from core.db import owned
from core.errors import BadRequest
from core.ids import new_id
from core.phone import parse_phone
from core.text import clean_line, fold

NAME_LENGTH = 80
ADDRESS_LENGTH = 200
NOTES_LENGTH = 500
MOST_ON_PAGE = 30
MOST_OF_SELLER = 1000
_MOST_WORDS = 6
_QUERY_LENGTH = 80


@dataclass(frozen=True)
class MemberFacts:
    """A member as the seller's own people know them; `phone` is E.164 or "", `commune_code` may be "".

    `left_on` is the first day they belong no more.
    """

    id: str
    seller_id: str
    name: str
    phone: str
    commune_code: str
    address: str
    joined_on: date | None
    left_on: date | None
    notes: str

    @property
    def commune(self) -> str:
        """The commune's name, "" where none was said."""
        return communes.name_of(self.commune_code)

    def belongs_on(self, on: date) -> bool:
        """Whether they are a member on that day, as far as leaving goes."""
        return self.left_on is None or on < self.left_on


@dataclass(frozen=True)
class NewMember:
    """What is written of a member: `phone` and `commune` as people write them (both may be empty)."""

    name: str
    phone: str = ""
    commune: str = ""
    address: str = ""
    joined_on: date | None = None
    notes: str = ""


@dataclass(frozen=True)
class Asked:
    """Which members a page shows: those whose name or number has every word of `words`.

    `left` asks for those who left instead of those who belong; `after` is a page's cursor.
    """

    words: str = ""
    left: bool = False
    after: str = ""


@dataclass(frozen=True)
class MemberPage:
    """Some members by given name; `after` is the cursor of those after them ("" at the end)."""

    items: tuple[MemberFacts, ...]
    after: str


@dataclass(frozen=True)
class Numbers:
    """How many belong today and how many have left."""

    belong: int
    left: int


def add(session: Session, seller_id: str, new: NewMember) -> str:
    """Write a member into the seller's book; returns the member's id.

    Raises:
        BadRequest: the name is empty. BadPhone: the number is none. UnknownCommune: no such place.
        DayToCome: they join on a day to come. MemberExists: name and number are in the book already.
    """
    values = _checked(new)
    _refuse_twin(session, seller_id, values)
    member = Member(id=new_id(), seller_id=seller_id, created_ms=clock.now_ms(), **values)
    session.add(member)
    session.flush()
    return member.id


def change(session: Session, seller_id: str, member_id: str, new: NewMember) -> None:
    """Write a member's entry anew; when they left stays as it was.

    Raises:
        NotFound: not this seller's. DaysReversed: they would join after they left. Else as `add`.
    """
    member = owned(session, Member, member_id, seller_id)
    values = _checked(new)
    _in_order(new.joined_on, member.left_on)
    _refuse_twin(session, seller_id, values, member_id)
    for name, value in values.items():
        setattr(member, name, value)
    session.flush()


def leave(session: Session, seller_id: str, member_id: str, on: date) -> None:
    """Note that a member belongs no more from `on`; what they brought in stays theirs.

    Raises:
        NotFound: not this seller's. DayToCome: `on` has not come. DaysReversed: it was before they joined.
    """
    member = owned(session, Member, member_id, seller_id)
    no_later_than_today(on, "left_on")
    _in_order(member.joined_on, on)
    member.left_on = on
    session.flush()


def come_back(session: Session, seller_id: str, member_id: str) -> None:
    """Note that a member belongs again, as if they had never left.

    Raises:
        NotFound: not this seller's. MemberExists: name and number were taken meanwhile.
    """
    member = owned(session, Member, member_id, seller_id)
    twin = {"name": member.name, "name_folded": member.name_folded, "phone": member.phone}
    _refuse_twin(session, seller_id, twin, member_id)
    member.left_on = None
    session.flush()


def require_belonging(session: Session, seller_id: str, member_id: str, on: date) -> MemberFacts:
    """The member, if they may bring in goods harvested `on`.

    Raises:
        NotFound: not this seller's. MemberLeft: they had left by then.
    """
    member = get(session, seller_id, member_id)
    if member.left_on is not None and not member.belongs_on(on):
        raise MemberLeft(member.name, shown(member.left_on))
    return member


def get(session: Session, seller_id: str, member_id: str) -> MemberFacts:
    """One member, also one who left.

    Raises:
        NotFound: there is none, or not this seller's.
    """
    return _facts(owned(session, Member, member_id, seller_id))


def facts_of(
    session: Session, seller_id: str, member_ids: Collection[str]
) -> dict[str, MemberFacts]:
    """The seller's members among `member_ids` by id, in one query; others are absent."""
    query = select(Member).where(Member.seller_id == seller_id, Member.id.in_(set(member_ids)))
    return {member.id: _facts(member) for member in session.scalars(query)}


def with_phone(session: Session, phone: str) -> tuple[MemberFacts, ...]:
    """Who has this number (E.164) in any seller's book, also who left; the caller has proved the number."""
    query = select(Member).where(Member.phone == phone, Member.phone != "").order_by(Member.id)
    return tuple(_facts(member) for member in session.scalars(query))


def of_seller(session: Session, seller_id: str) -> tuple[MemberFacts, ...]:
    """Everybody who belongs today, by given name: whom a harvest form offers (at most 1,000)."""
    query = _ordered(seller_id, left=False).limit(MOST_OF_SELLER)
    return tuple(_facts(member) for member in session.scalars(query))


def page(session: Session, seller_id: str, asked: Asked) -> MemberPage:
    """Members by given name, 30 on a page; marks, case and the order of the words do not matter.

    Raises:
        BadRequest: `after` is no cursor of ours.
    """
    query = _ordered(seller_id, left=asked.left)
    for word in fold(clean_line(asked.words, _QUERY_LENGTH)).split()[:_MOST_WORDS]:
        digits = word.lstrip("+").removeprefix("84").lstrip("0") or word
        named = Member.name_folded.contains(word, autoescape=True)
        query = query.where(or_(named, Member.phone.contains(digits, autoescape=True)))
    if asked.after:
        query = query.where(
            tuple_(Member.name_folded, Member.id) > _place(session, seller_id, asked)
        )
    rows = [_facts(member) for member in session.scalars(query.limit(MOST_ON_PAGE + 1))]
    more = len(rows) > MOST_ON_PAGE
    return MemberPage(tuple(rows[:MOST_ON_PAGE]), rows[MOST_ON_PAGE - 1].id if more else "")


def numbers(session: Session, seller_id: str) -> Numbers:
    """How many belong and how many left, in one query."""
    belongs = or_(Member.left_on.is_(None), Member.left_on > clock.today())
    query = select(func.count(), func.count().filter(belongs)).where(Member.seller_id == seller_id)
    every, belong = session.execute(query).one()
    return Numbers(belong, every - belong)


def _ordered(seller_id: str, *, left: bool) -> Select[Member]:
    today = clock.today()
    state = (
        Member.left_on <= today if left else or_(Member.left_on.is_(None), Member.left_on > today)
    )
    query = select(Member).where(Member.seller_id == seller_id, state)
    return query.order_by(Member.name_folded, Member.id)


def _place(session: Session, seller_id: str, asked: Asked) -> tuple[str, str]:
    query = select(Member.name_folded, Member.id)
    mine = query.where(Member.id == asked.after[:16], Member.seller_id == seller_id)
    row = session.execute(mine).one_or_none()
    if row is None:
        raise BadRequest(field="after", why="not a cursor")
    return row.name_folded, row.id


def _checked(new: NewMember) -> dict[str, object]:
    """The columns of an entry, each right by itself."""
    name = clean_line(new.name, NAME_LENGTH)
    if not name:
        raise BadRequest(field="name", why="empty")
    no_later_than_today(new.joined_on, "joined_on")
    return {
        "name": name,
        "name_folded": _sorted_name(name),
        "phone": parse_phone(new.phone) if new.phone.strip() else "",
        "commune_code": communes.code_of(new.commune),
        "address": clean_line(new.address, ADDRESS_LENGTH),
        "joined_on": new.joined_on,
        "notes": clean_line(new.notes, NOTES_LENGTH),
    }


def _sorted_name(name: str) -> str:
    """`Nguyễn Thị Hoa (Tư)` → `hoa nguyen thi (tu)`: people are called, and listed, by the given name."""
    called, bracket, rest = fold(name).partition("(")
    *family, given = called.split() or [""]
    return " ".join([given, *family, bracket + rest]).strip()[:NAME_LENGTH]


def _refuse_twin(
    session: Session, seller_id: str, values: Mapping[str, object], member_id: str = ""
) -> None:
    """Two people may share a name, two a number; both together is one entry typed twice."""
    if not values["phone"]:
        return
    query = _ordered(seller_id, left=False).where(
        Member.phone == values["phone"],
        Member.name_folded == values["name_folded"],
        Member.id != member_id,
    )
    if session.scalars(query.limit(1)).first() is not None:
        raise MemberExists(str(values["name"]))


def _in_order(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise DaysReversed("left_on", shown(first), shown(last))


def _facts(member: Member) -> MemberFacts:
    return MemberFacts(
        id=member.id,
        seller_id=member.seller_id,
        name=member.name,
        phone=member.phone,
        commune_code=member.commune_code,
        address=member.address,
        joined_on=member.joined_on,
        left_on=member.left_on,
        notes=member.notes,
    )
