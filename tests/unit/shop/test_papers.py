"""Labels and slips: what stands on them, for whom, and how fast a hundred are drawn."""

import re
import time
import unicodedata
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from core.errors import NotFound
from shop.ordering import securing
from shop.packing import drawing, papers, sheets
from shop.packing.errors import NoPapersAsked, NotToPack, TooManyPapers
from shop.packing.papers import LabelFacts, Parcel, SlipFacts, SlipLine
from shop.shipments import shipments
from tests.factories.identity import make_seller
from tests.factories.shop import PRICE_VND, Stand, make_order, make_stand, order, paid_order

_LETTERS = "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ"
_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_SLOWEST_S = 10.0
_LONG = "Nguyễn Thị Phương Thảo, xóm Đồng Lạnh, " * 4

LABEL = LabelFacts(
    label_code="KHX7K3M9Q2",
    spoken="KH X7K3 M9Q2",
    seller_name="HTX Chè Tân Cương",
    seller_phone="0208 382 1234",
    name="Chị Phương Thảo",
    phone="0912 345 678",
    address=_LONG,
    way="Xe của người bán",
    codes=("CPX7K3M9Q2",),
    count=3,
    cash_vnd=250_000,
    is_gift=False,
)
LINE = SlipLine(2, "Chè móc câu Tân Cương", "gói 200 g", "1,03 kg", ("Lô L-1 (thu 1/11)",))
SLIP = SlipFacts(
    code="CPX7K3M9Q2",
    seller_name=LABEL.seller_name,
    name=LABEL.name,
    packed=True,
    packer="Bác Sơn",
    packed_ms=1_790_000_000_000,
    lines=(LINE,) * 3,
    gift_note="Chúc mừng năm mới!",
    trace_url="https://cho.example/trace/abcdefgh12345678",
)


def pages(file: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", file))


def made(session: Session, stand: Stand, *codes: str) -> tuple[Parcel, ...]:
    papers.prepare(session, stand.seller_id, codes)
    return papers.parcels(session, stand.seller_id, codes)


def test_every_letter_of_vietnamese_has_a_shape() -> None:
    words = {
        unicodedata.normalize("NFC", letter + mark) for letter in _LETTERS for mark in ("", *_MARKS)
    }
    letters = {word for word in words if len(word) == 1}
    assert len(letters) > 130
    assert {ord(letter) for letter in letters} <= drawing.letters()


def test_a_label_says_where_to_and_a_slip_what_is_in_it(session: Session) -> None:
    stand = make_stand(session)
    code = paid_order(session, stand, 2)
    ((label, (slip,)),) = ((one.label, one.slips) for one in made(session, stand, code))
    assert (label.codes, label.cash_vnd, label.count) == ((code,), 0, 2)
    assert label.label_code == shipments.for_order(session, code).label_code
    assert (slip.lines[0].count, slip.packed) == (2, False)
    assert slip.lines[0].lots[0].startswith("Lô ")


def test_what_is_to_be_collected_stands_on_the_label(session: Session) -> None:
    stand = make_stand(session)
    code = make_order(session, stand)
    securing.secure_by(session, code, "cod", "p:staff")
    (parcel,) = made(session, stand, code)
    assert parcel.label.cash_vnd == order(session, code).amount_vnd == PRICE_VND


def test_labels_are_for_orders_that_are_paid_and_ones_own(session: Session) -> None:
    stand = make_stand(session)
    with pytest.raises(NotToPack):
        papers.prepare(session, stand.seller_id, [make_order(session, stand)])
    code = paid_order(session, stand)
    with pytest.raises(NotFound):
        papers.prepare(session, make_seller(session), [code])
    with pytest.raises(NotFound):
        papers.parcels(session, stand.seller_id, [code])


def test_none_and_too_many_are_refused(session: Session) -> None:
    stand = make_stand(session)
    with pytest.raises(NoPapersAsked):
        papers.prepare(session, stand.seller_id, [])
    with pytest.raises(TooManyPapers):
        papers.prepare(session, stand.seller_id, [f"CP{n}" for n in range(papers.MOST + 1)])


def test_pages_are_a6_and_a_long_slip_goes_on() -> None:
    long = replace(SLIP, lines=(LINE,) * 12)
    file = sheets.pdf((Parcel(LABEL, (long,)),))
    assert pages(file) > 2
    assert b"297.64 419.53" in file
    assert pages(sheets.pdf((Parcel(LABEL, (long,)),), slips=False)) == 1


def test_names_with_hearts_and_endless_words_are_drawn_all_the_same() -> None:
    odd = replace(LABEL, name="Hoa 💐" + "x" * 300, address="", phone="", codes=("CP",) * 40)
    assert pages(sheets.pdf((Parcel(odd, (replace(SLIP, lines=(), trace_url=""),)),))) == 2


def test_a_hundred_labels_and_slips_are_drawn_in_time() -> None:
    many = tuple(
        Parcel(
            replace(LABEL, label_code=f"KH{n:08d}"),
            (replace(SLIP, trace_url=f"{SLIP.trace_url}{n}"),),
        )
        for n in range(100)
    )
    began = time.process_time()
    file = sheets.pdf(many)
    assert time.process_time() - began < _SLOWEST_S
    assert pages(file) == 200
