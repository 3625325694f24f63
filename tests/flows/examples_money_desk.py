"""Right requests for the money desk, and what each role gets there."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments import payments
from payments.desk import decisions
from payments.desk.decisions import Word
from payments.desk.desk_rules import Share
from payments.models import BankLine
from payments.qr.banks import DEMO_BIN
from payments.receiving import changes
from payments.receiving.changes import Given
from payments.states import Account
from tests.factories.payments import Transfer, open_payment, sepay_body, tell
from tests.flows.example import Body, Example
from tests.flows.market import Market

Cells = tuple[int, int, int, int, int, int]
_HERE = "/console/<seller>/money"
_LINE = f"{_HERE}/lines/<line>"
_PAGE: Cells = (401, 404, 404, 404, 404, 200)
_STEP: Cells = (401, 404, 404, 404, 404, 303)
_ASKED_VND, _CAME_VND = 30_000, 50_000
_ABOUT = frozenset({"about"})
_NO_NUMBER = frozenset({"seen"})
_NUMBER, _HOLDER, _BANK = "202012345678", "HTX CHE", "970436"
_WAITS, _PLACED = {"line": "desk_line"}, {"line": "desk_placed"}


def fill(market: Market) -> None:
    """Two lines without a code: one waits, one was set aside by a person; two payments they may be for."""
    market.change(lambda session: _fill(session, market))


def _fill(session: Session, market: Market) -> None:
    assert market.till is not None
    ids = market.ids
    for name, text in (("desk_line", "TIEN CHE BAN MOI"), ("desk_placed", "TIEN TRA NO")):
        tell(session, market.till, sepay_body(market.till, Transfer(text, _CAME_VND)))
        ids[name] = session.scalars(select(BankLine.id).where(BankLine.content == text)).one()
    word = Word(ids["seller"], ids["desk_placed"], 0, "p:somebody", "trả nợ")
    decisions.place(session, word, [Share(_CAME_VND, None, Account.NOT_OURS)])
    ids["desk_feed"] = market.till.feed_id
    ids["desk_unread"] = tell(session, market.till, b"{}")
    ids["desk_account"], ids["desk_change"] = _change(session, ids["seller"])
    for name in ("desk_payment", "desk_payment_2"):
        ids[f"{name}_code"] = open_payment(session, market.till, _ASKED_VND)
        ids[name] = payments.facts_by_code(session, ids[f"{name}_code"]).id


def _change(session: Session, seller: str) -> tuple[str, str]:
    """One more account, and somebody's wish that it receives."""
    given = Given(seller, DEMO_BIN, _NUMBER, _NUMBER, _HOLDER, _HOLDER)
    account = changes.add(session, given, "Demo Bank")
    return account, changes.ask(session, account, given, "p:somebody")


def _body(client_id: str, seen: int = 0, **more: str) -> Callable[[Market], Body]:
    return lambda _: {"client_id": client_id, "seen": seen, **more}


def _given(client_id: str, **more: str) -> Callable[[Market], Body]:
    return lambda _: {"client_id": client_id, **more}


def _placed(market: Market) -> Body:
    return {"client_id": "desk-placed", "seen": 0, "payment": market.ids["desk_payment"]}


def _connected(market: Market) -> Body:
    account = market.ids["desk_account"]
    return {"client_id": "feed-connected", "account": account, "provider": "casso", "secret": "s3"}


def _split(market: Market) -> Body:
    ids = market.ids
    return {
        "client_id": "desk-split",
        "seen": 0,
        "code_1": ids["desk_payment_code"],
        "amount_1": "30.000",
        "code_2": ids["desk_payment_2_code"],
        "amount_2": "15k",
        "back": "5.000",
    }


EXAMPLES: dict[str, Example] = {
    f"GET {_HERE}": Example(200, "staff_a"),
    f"GET {_HERE}/inbox": Example(200, "staff_a"),
    f"GET {_LINE}": Example(200, "staff_a", things=_WAITS),
    f"POST {_LINE}/place": Example(303, "staff_a", form=_placed, things=_WAITS, zero=_NO_NUMBER),
    f"POST {_LINE}/split": Example(303, "staff_a", form=_split, things=_WAITS, zero=_NO_NUMBER),
    f"POST {_LINE}/aside": Example(
        303,
        "staff_a",
        form=_body("desk-aside", account="not_ours", about="an-invoice", reason="trả nợ"),
        things=_WAITS,
        zero=_NO_NUMBER,
        optional=_ABOUT,
        blank=_ABOUT,
        anything=frozenset({"reason"}) | _ABOUT,
    ),
    f"GET {_HERE}/accounts": Example(200, "staff_a"),
    f"POST {_HERE}/accounts": Example(
        303,
        "staff_a",
        form=_given(
            "account-added",
            bank=_BANK,
            account_number="0123 4567 89",
            account_again="0123456789",
            holder_name="HTX Chè",
            holder_again="HTX CHE",
        ),
    ),
    f"POST {_HERE}/accounts/<account>/choose": Example(
        303,
        "staff_a",
        form=_given("account-chosen", account_again=_NUMBER, holder_again=_HOLDER),
        things={"account": "desk_account"},
    ),
    f"POST {_HERE}/changes/<change>/confirm": Example(
        303, "staff_a", form=_given("change-confirmed"), things={"change": "desk_change"}
    ),
    f"POST {_HERE}/changes/<change>/stop": Example(
        303, "staff_a", form=_given("change-stopped"), things={"change": "desk_change"}
    ),
    f"GET {_HERE}/feeds": Example(200, "staff_a"),
    f"POST {_HERE}/feeds": Example(
        303,
        "staff_a",
        form=_connected,
        anything=frozenset({"secret"}),
    ),
    f"POST {_HERE}/feeds/<feed>/secret": Example(
        303,
        "staff_a",
        form=_given("secret-changed", secret="another-secret"),
        things={"feed": "desk_feed"},
        anything=frozenset({"secret"}),
    ),
    f"POST {_HERE}/feeds/<feed>/virtual": Example(
        303,
        "staff_a",
        form=_given("virtual-forced", account_number="VA9624001", account_again="VA9624001"),
        things={"feed": "desk_feed"},
    ),
    f"POST {_HERE}/feeds/unread/<webhook>": Example(
        303, "staff_a", form=_given("read-it-again"), things={"webhook": "desk_unread"}
    ),
    f"POST {_LINE}/undo": Example(
        303,
        "staff_a",
        form=_body("desk-undone", 1, reason="nhầm"),
        things=_PLACED,
        anything=frozenset({"reason"}),
    ),
}

CELLS: dict[str, Cells] = {
    f"GET {_HERE}": _PAGE,
    f"GET {_HERE}/inbox": _PAGE,
    f"GET {_LINE}": _PAGE,
    f"POST {_LINE}/place": _STEP,
    f"POST {_LINE}/split": _STEP,
    f"POST {_LINE}/aside": _STEP,
    f"POST {_LINE}/undo": _STEP,
    f"GET {_HERE}/feeds": _PAGE,
    f"POST {_HERE}/feeds": _STEP,
    f"POST {_HERE}/feeds/<feed>/secret": _STEP,
    f"POST {_HERE}/feeds/<feed>/virtual": _STEP,
    f"POST {_HERE}/feeds/unread/<webhook>": _STEP,
    f"GET {_HERE}/accounts": _PAGE,
    f"POST {_HERE}/accounts": _STEP,
    f"POST {_HERE}/accounts/<account>/choose": _STEP,
    f"POST {_HERE}/changes/<change>/confirm": _STEP,
    f"POST {_HERE}/changes/<change>/stop": _STEP,
}
