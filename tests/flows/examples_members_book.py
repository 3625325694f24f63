"""Right requests for the members' book, and what each role gets: staff's pages and a member's own."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from payments.models import BankLine
from payments.payouts import accounts, book, lists, paying
from payments.payouts.accounts import NewAccount
from payments.payouts.book import Recorded
from shop.members_book import booking, paylist, terms
from tests.factories.growers import make_member
from tests.factories.payments import Transfer, sepay_body, tell
from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_HERE = "/console/<seller>/money/members"
_RULES = "/console/<seller>/money/members-rules"
_MINE = "/account/book"
_PAYOUTS = "/console/<seller>/money/payouts"
_RUN = {"run": "pay_run"}
_LINES = f"{_PAYOUTS}/<run>/lines"
_TIE = {**_RUN, "line": "tie_line"}
_DUE = {"member": "book_due"}
_PAGE: Cells = (401, 404, 404, 404, 404, 200)
_STEP: Cells = (401, 404, 404, 404, 404, 303)
_OWN: Cells = (401, 404, 200, 404, 404, 404)
_BUYER_IS = {"member": "book_member"}
_ENTRY_IS = {**_BUYER_IS, "entry": "book_entry"}
_DAY = frozenset({"day"})
_UNTIL = frozenset({"until"})


def fill(market: Market, phone: str) -> None:
    """Seller A keeps a book; the buyer is one of its members; an advance stands in it."""
    market.change(lambda session: _fill(session, market, phone))


def _fill(session: Session, market: Market, phone: str) -> None:
    ids = market.ids
    terms.set_mode(session, ids["seller"], terms.SHARE_OF_SALE, clock.now_ms(), "p:x")
    member = make_member(session, ids["seller"], "Bà Sổ", phone=phone)
    said = Recorded(booking.payee_of(member), "advance", 50_000, "giống", clock.now_ms())
    ids["book_member"], ids["book_file"] = member, "csv"
    ids["book_payee"] = _owed(session, ids["seller"], "Bà Nhận", 300_000)
    large = _owed(session, ids["seller"], "Ông Lớn", 6_000_000)
    for name, payee in (("pay_run", ids["book_payee"]), ("large_run", large)):
        wanted = paylist.chosen(session, ids["seller"], [payee])
        ids[name] = paying.draft(session, ids["seller"], wanted, "p:x")
    ids["tie_payout"] = lists.run(session, ids["seller"], ids["pay_run"]).payouts[0].id
    ids["tie_line"] = _sent(session, market)
    ids["book_due"] = _owed(session, ids["seller"], "Bà Chờ", 200_000)
    ids["book_entry"] = book.record(session, ids["seller"], said, "p:x")


def _owed(session: Session, seller: str, name: str, amount_vnd: int) -> str:
    """A member who is owed so much and has an account."""
    member = make_member(session, seller, name)
    payee = booking.payee_of(member)
    book.record(session, seller, Recorded(payee, "extra", amount_vnd, "x", clock.now_ms()), "p:x")
    accounts.put(session, seller, NewAccount(payee, "Agribank", "85001234", name), "p:x")
    return member


def _sent(session: Session, market: Market) -> str:
    """A transfer without a code that the bank made."""
    assert market.till is not None
    text = "CK BA NHAN TIEN CHE"
    tell(session, market.till, sepay_body(market.till, Transfer(text, 300_000, direction="out")))
    return session.scalars(select(BankLine.id).where(BankLine.content == text)).one()


def _tied(market: Market) -> Body:
    return {
        "client_id": "payout-tied",
        "seen": 0,
        "payout": market.ids["tie_payout"],
        "rest": "bank_fee",
        "reason": "sao kê giấy",
    }


def _drafted(market: Market) -> Body:
    return {"client_id": "payout-draft", "member": market.ids["book_due"], "until": ""}


def _agreed(market: Market) -> Body:
    return {"client_id": "payout-agree"}


def _cancelled(market: Market) -> Body:
    return {"client_id": "payout-cancel"}


def _account(market: Market) -> Body:
    return {
        "client_id": "payee-account",
        "bank_name": "BIDV",
        "account_number": "2151 0001",
        "account_holder": "Bà Chờ",
    }


def _cash(market: Market) -> Body:
    return {"client_id": "payee-cash-1", "amount": "100.000", "said": "ký nhận"}


def _recorded(market: Market) -> Body:
    return {
        "client_id": "book-recorded",
        "kind": "charge",
        "amount": "20.000",
        "note": "bao bì",
        "day": clock.today().isoformat(),
    }


def _undone(market: Market) -> Body:
    return {"client_id": "book-undone-1", "reason": "ghi nhầm"}


def _mode(market: Market) -> Body:
    return {"client_id": "book-mode-1", "book_mode": "bought_at_intake", "day": ""}


def _price(market: Market) -> Body:
    product = market.ids["product_holder"].removeprefix("product:")
    return {"client_id": "book-price-1", "product": product, "grade": "1", "price": "30.000"}


def _rate(market: Market) -> Body:
    return {"client_id": "book-rate-1", "kind": "fund", "percent": "2,5"}


EXAMPLES: dict[str, Example] = {
    f"GET {_HERE}": Example(who="staff_a"),
    f"GET {_HERE}/<member>": Example(who="staff_a", things=_BUYER_IS),
    f"GET {_HERE}/<member>/statement": Example(
        who="staff_a", things=_BUYER_IS, query={"month": "2026-11"}
    ),
    f"GET {_HERE}/<member>/statement.pdf": Example(who="staff_a", things=_BUYER_IS),
    f"POST {_HERE}/<member>/entries": Example(
        303,
        "staff_a",
        form=_recorded,
        things=_BUYER_IS,
        optional=_DAY,
        blank=_DAY,
        anything=frozenset({"note"}),
    ),
    f"POST {_HERE}/<member>/entries/<entry>/reverse": Example(
        303, "staff_a", form=_undone, things=_ENTRY_IS, anything=frozenset({"reason"})
    ),
    f"GET {_PAYOUTS}": Example(who="staff_a"),
    f"POST {_PAYOUTS}": Example(303, "staff_a", form=_drafted, optional=_UNTIL, blank=_UNTIL),
    f"GET {_PAYOUTS}/<run>": Example(who="staff_a", things=_RUN),
    f"GET {_PAYOUTS}/<run>/file.<kind>": Example(
        who="staff_a", things={**_RUN, "kind": "book_file"}
    ),
    f"POST {_PAYOUTS}/<run>/agree": Example(
        303, "staff_a", form=_agreed, things={"run": "large_run"}
    ),
    f"POST {_PAYOUTS}/<run>/cancel": Example(303, "staff_a", form=_cancelled, things=_RUN),
    f"GET {_LINES}": Example(who="staff_a", things=_RUN, query={"back": "1"}),
    f"GET {_LINES}/<line>": Example(who="staff_a", things=_TIE),
    f"POST {_LINES}/<line>": Example(
        303,
        "staff_a",
        form=_tied,
        things=_TIE,
        optional=frozenset({"rest"}),
        blank=frozenset({"rest"}),
        zero=frozenset({"seen"}),
        anything=frozenset({"reason"}),
    ),
    f"POST {_HERE}/<member>/account": Example(
        303,
        "staff_a",
        form=_account,
        things=_DUE,
        anything=frozenset({"bank_name", "account_holder"}),
    ),
    f"POST {_HERE}/<member>/cash": Example(
        303, "staff_a", form=_cash, things=_DUE, anything=frozenset({"said"})
    ),
    f"GET {_RULES}": Example(who="staff_a"),
    f"POST {_RULES}/mode": Example(303, "staff_a", form=_mode, optional=_DAY, blank=_DAY),
    f"POST {_RULES}/price": Example(
        303,
        "staff_a",
        form=_price,
        optional=frozenset({"grade"}),
        blank=frozenset({"grade"}),
        anything=frozenset({"grade"}),
    ),
    f"POST {_RULES}/rate": Example(303, "staff_a", form=_rate, zero=frozenset({"percent"})),
    f"GET {_MINE}": Example(who="buyer"),
    f"GET {_MINE}/<member>/statement": Example(who="buyer", things=_BUYER_IS),
    f"GET {_MINE}/<member>/statement.pdf": Example(who="buyer", things=_BUYER_IS),
}
CELLS: dict[str, Cells] = {
    name: _OWN if _MINE in name else _STEP if name.startswith("POST") else _PAGE
    for name in EXAMPLES
}
