"""A listing being written on a phone: kept as typed after every word, put on sale when it is whole.

A draft is text in fields and promises nothing; what is wrong with it is said when it is put on sale, and
nothing typed is lost then. Refuses fields it does not know.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalog import kinds, listings, modes, photos, products
from catalog.listings import NewListing
from catalog.lots import record
from catalog.lots.record import NewHarvest
from catalog.models import ListingDraft
from catalog.photos import Subject
from catalog.products import NewProduct
from catalog.units import parse_quantity
from core import clock
from core.db import owned
from core.errors import N_, BadRequest, DomainError
from core.ids import new_id
from core.money import BadAmount, check_vnd, parse_vnd
from core.quantity import BadQuantity, BaseUnit
from core.text import clean_line, fold

LENGTHS: Mapping[str, int] = MappingProxyType(
    {
        "name": products.NAME_LENGTH,
        "kind": 24,
        "base_unit": 5,
        "unit_word": products.WORD_LENGTH,
        "pack": 20,
        "pack_unit": products.WORD_LENGTH,
        "price": 20,
        "quantity": 20,
        "quantity_unit": products.WORD_LENGTH,
    }
)
"""The fields of a draft and the most letters of each; all are text, all may be empty."""
MOST_DRAFTS = 20
STEPS = (1, 2, 3, 4)


class TooManyDrafts(DomainError):
    """The seller has twenty drafts already."""

    code = "too_many_drafts"
    status = 409
    message = N_("Đang có 20 món viết dở. Bạn bán hoặc bỏ bớt vài món rồi thêm món mới nhé.")


class DraftFault(DomainError):
    """A field keeps the draft from being sold: `field` in `step`, in the words of the reason."""

    code = "draft_fault"
    status = 422

    def __init__(self, field: str, step: int, reason: DomainError) -> None:
        super().__init__(**{**reason.data, "field": field, "step": step, "why": reason.code})
        self.message = reason.message


class NameMissing(DomainError):
    """A thing has no name yet."""

    code = "name_missing"
    message = N_("Món này chưa có tên. Bạn đặt tên giúp nhé.")


class WordMissing(DomainError):
    """Nobody said what a pack is called."""

    code = "unit_word_missing"
    message = N_("Bạn ghi giúp cách gọi một gói: gói, hộp, túi, kg, quả…")


class PackMissing(DomainError):
    """Nobody said how much is in a pack."""

    code = "pack_missing"
    message = N_("Bạn ghi giúp một gói có bao nhiêu.")


class PriceMissing(DomainError):
    """Nobody said what a pack costs."""

    code = "price_missing"
    message = N_("Bạn ghi giúp giá một gói, ví dụ 65k.")


@dataclass(frozen=True)
class Draft:
    """A draft as typed: `fields` by name, `listing_id` once it is on sale, times in UTC ms."""

    id: str
    seller_id: str
    fields: Mapping[str, str]
    listing_id: str | None
    updated_ms: int

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    @property
    def base_unit(self) -> BaseUnit:
        """What the thing is counted in: as said, else as its kind usually is, else by weight."""
        if self["base_unit"] in set(BaseUnit):
            return BaseUnit(self["base_unit"])
        kind = self.kind
        return kind.base_unit if kind else BaseUnit.G

    @property
    def kind(self) -> kinds.Kind | None:
        """The kind picked, else the one its name speaks of."""
        return kinds.KINDS.get(self["kind"]) or kinds.guess(self["name"])


@dataclass(frozen=True)
class _Whole:
    """What a draft says once it is read: sizes in base units, the price in đồng per pack."""

    name: str
    kind: kinds.Kind | None
    base_unit: BaseUnit
    unit_word: str
    pack_size: int
    price_vnd: int
    quantity: int


def start(session: Session, seller_id: str, person_id: str) -> str:
    """Begin a draft for the seller; returns its id.

    Raises:
        TooManyDrafts: twenty are unfinished.
    """
    if len(of_seller(session, seller_id)) >= MOST_DRAFTS:
        raise TooManyDrafts()
    row = ListingDraft(
        id=new_id(),
        seller_id=seller_id,
        person_id=person_id,
        body="{}",
        updated_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    return row.id


def save(session: Session, seller_id: str, draft_id: str, typed: Mapping[str, str]) -> None:
    """Keep what was typed in some fields; the others stay. Saving the same again changes nothing.

    Raises:
        NotFound: it is not this seller's, or was thrown away. BadRequest: an unknown or overlong field.
    """
    row = owned(session, ListingDraft, draft_id, seller_id)
    kept: dict[str, str] = json.loads(row.body)
    fresh = {**kept, **_known(typed)}
    if fresh != kept and row.listing_id is None:
        row.body = json.dumps(fresh, ensure_ascii=False)
        row.updated_ms = clock.now_ms()


def _known(typed: Mapping[str, str]) -> dict[str, str]:
    for name, text in typed.items():
        if name not in LENGTHS or len(text) > LENGTHS[name]:
            raise BadRequest(field=name)
    return {name: clean_line(text, LENGTHS[name]) for name, text in typed.items()}


def get(session: Session, seller_id: str, draft_id: str) -> Draft:
    """One draft of the seller, on sale by now or not.

    Raises:
        NotFound: it is not this seller's, or was thrown away.
    """
    return _facts(owned(session, ListingDraft, draft_id, seller_id))


def of_seller(session: Session, seller_id: str) -> tuple[Draft, ...]:
    """The seller's unfinished drafts, the last touched first."""
    query = select(ListingDraft).where(
        ListingDraft.seller_id == seller_id, ListingDraft.listing_id.is_(None)
    )
    newest = query.order_by(ListingDraft.updated_ms.desc(), ListingDraft.id).limit(MOST_DRAFTS)
    return tuple(map(_facts, session.scalars(newest)))


def discard(session: Session, seller_id: str, draft_id: str) -> None:
    """Throw a draft away with its photos; one that is on sale or gone is left as it is."""
    mine = (ListingDraft.id == draft_id) & (ListingDraft.seller_id == seller_id)
    row = session.scalars(select(ListingDraft).where(mine)).one_or_none()
    if row is None or row.listing_id is not None:
        return
    for photo in photos.of_subject(session, seller_id, photos.draft(draft_id)):
        photos.remove(session, seller_id, photo.id)
    session.execute(delete(ListingDraft).where(mine).execution_options(synchronize_session=False))


def sell(session: Session, seller_id: str, draft_id: str, actor: str) -> str:
    """Put what the draft says on sale, with its stock as today's harvest; returns the listing's id.

    A draft that is on sale already answers its listing and does nothing more.

    Raises:
        NotFound: it is not this seller's. DraftFault: a field is missing or wrong; nothing was done.
    """
    row = owned(session, ListingDraft, draft_id, seller_id)
    if row.listing_id is not None:
        return row.listing_id
    whole = _read(_facts(row))
    art = whole.kind.art if whole.kind else "herbs"
    code = whole.kind.code if whole.kind else ""
    new = NewProduct(whole.name, "", whole.base_unit, art, code)
    product_id = products.add(session, seller_id, new)
    mode = modes.usual_mode(whole.base_unit, fold(whole.unit_word))
    pack = NewListing(product_id, whole.pack_size, whole.unit_word, whole.price_vnd, mode)
    row.listing_id = listings.add(session, seller_id, pack)
    photos.adopt(session, seller_id, draft_id, Subject("product", product_id))
    if whole.quantity:
        harvest = NewHarvest(product_id, whole.quantity, clock.today())
        record.record(session, seller_id, harvest, actor)
    session.flush()
    return row.listing_id


def _read(draft: Draft) -> _Whole:
    """What a draft says; raises DraftFault at the first field that keeps it from being sold."""
    if not draft["name"]:
        raise DraftFault("name", 2, NameMissing())
    word = draft["unit_word"]
    if not word or not word[0].isalpha():
        raise DraftFault("unit_word", 3, WordMissing())
    if not draft["pack"]:
        raise DraftFault("pack", 3, PackMissing())
    pack_size = _quantity(draft, "pack", 3, {})
    return _Whole(
        name=draft["name"],
        kind=draft.kind,
        base_unit=draft.base_unit,
        unit_word=word,
        pack_size=pack_size,
        price_vnd=_price(draft),
        quantity=_stock(draft, {word: pack_size}),
    )


def _quantity(draft: Draft, name: str, step: int, factors: Mapping[str, int]) -> int:
    written = f"{draft[name]} {draft[f'{name}_unit']}"
    try:
        return parse_quantity(written, draft.base_unit, factors)
    except BadQuantity as error:
        raise DraftFault(name, step, error) from error


def _stock(draft: Draft, packs: Mapping[str, int]) -> int:
    """What there is of it, counted in packs as well; nothing yet is 0."""
    return _quantity(draft, "quantity", 4, packs) if draft["quantity"].strip("0 ") else 0


def _price(draft: Draft) -> int:
    if not draft["price"]:
        raise DraftFault("price", 3, PriceMissing())
    try:
        return check_vnd(parse_vnd(draft["price"]), least=1)
    except BadAmount as error:
        raise DraftFault("price", 3, error) from error


def _facts(row: ListingDraft) -> Draft:
    fields: dict[str, str] = json.loads(row.body)
    return Draft(row.id, row.seller_id, fields, row.listing_id, row.updated_ms)
