"""A statement is shown first and then taken in as shown: nothing doubled, nothing lost."""

import hashlib
import io

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import outbox
from core.clock import FixedClock
from core.tables import reading
from core.tables.errors import FileRefused
from payments import checks, payments
from payments.bank import accounts
from payments.events import DayBroken, StatementTaking
from payments.models import BankLine
from payments.statements import shelf, taking
from payments.statements.models import StatementFile
from payments.statements.shelf import NewStatement
from payments.statements.statement_errors import AlreadyTaken, BookMoved
from payments.statements.taking import Preview
from tests.factories.payments import Till, Transfer, make_till, open_payment, sepay_body, tell
from tests.unit.payments.statements import samples

pytestmark = pytest.mark.usefixtures("time_at")


def send(session: Session, till: Till, raw: bytes) -> str:
    digest = hashlib.sha256(raw).hexdigest()
    new = NewStatement("sao-ke.csv", till.account_id, reading.read(raw), digest)
    return shelf.keep(session, till.seller_id, new, "p:somebody")


def look(session: Session, till: Till, file_id: str) -> Preview:
    account = accounts.facts(session, till.account_id)
    return taking.preview(session, account, shelf.get(session, till.seller_id, file_id))


def take(session: Session, till: Till, file_id: str) -> shelf.StatementFacts:
    account = accounts.facts(session, till.account_id)
    taking.begin(session, account, file_id, look(session, till, file_id).shown)
    row = session.get_one(StatementFile, file_id)
    for taken in range(0, row.lines + 1, taking.AT_ONCE):
        taking.take_some(session, StatementTaking(file_id, taken))
    return shelf.get(session, till.seller_id, file_id).facts


def lines(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(BankLine)) or 0


def counts(found: Preview) -> tuple[int, int, int, int]:
    return (
        len(found.new),
        len(found.known),
        len(found.differing),
        len(found.statement.odd),
    )


def test_a_statement_settles_the_order_it_names(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    text = samples.VIETCOMBANK.replace("CPX7K3M9Q2", code)
    file_id = send(session, till, text.encode())
    found = look(session, till, file_id)
    assert (counts(found), found.in_vnd, found.out_vnd) == ((4, 0, 0, 0), 230_000, 30_000)
    assert lines(session) == 0
    facts = take(session, till, file_id)
    assert (facts.state, facts.new_lines, lines(session)) == ("taken", 4, 4)
    assert payments.facts_by_code(session, code).state == "settled"


def test_the_same_file_and_one_that_overlaps_add_only_what_is_new(session: Session) -> None:
    till = make_till(session)
    raw = samples.VIETCOMBANK.encode()
    take(session, till, send(session, till, raw))
    assert counts(look(session, till, send(session, till, raw))) == (0, 4, 0, 0)
    row = '5,26/11/2026,5243.7,,"9,000","1,209,000",tien che\n'
    later = samples.VIETCOMBANK.replace("Tổng số", f"{row}Tổng số")
    facts = take(session, till, send(session, till, later.encode()))
    assert (facts.new_lines, lines(session)) == (1, 5)


def test_a_statement_that_does_not_add_up_says_so_once(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[object] = []
    till = make_till(session)
    monkeypatch.setattr(outbox, "publish", lambda _, event: said.append(event))
    rows = '5,26/11/2026,5243.7,,"9,000","1,309,000",tien che\n'
    wrong = samples.VIETCOMBANK.replace("Tổng số", f"{rows}Tổng số")
    file_id = send(session, till, wrong.encode())
    take(session, till, file_id)
    taking.take_some(session, StatementTaking(file_id, 0))
    broken = [one for one in said if isinstance(one, DayBroken)]
    assert [(one.account_id, one.off_vnd) for one in broken] == [(till.account_id, 100_000)]


def test_an_excel_file_tells_the_same_as_its_csv(session: Session) -> None:
    till = make_till(session)
    take(session, till, send(session, till, samples.BIDV.encode()))
    book = Workbook()
    assert book.active is not None
    for row in samples.BIDV.splitlines():
        book.active.append(row.split("\t"))
    file = io.BytesIO()
    book.save(file)
    assert counts(look(session, till, send(session, till, file.getvalue()))) == (0, 2, 0, 0)


def test_a_webhook_and_a_statement_are_counted_once(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    at = "2026-11-24 09:15:20"
    tell(session, till, sepay_body(till, Transfer(f"{code} che", 130_000, "FT77", at)))
    raw = samples.SIGNED.replace("CPX7K3M9Q2", code).encode()
    facts = take(session, till, send(session, till, raw))
    assert (facts.new_lines, lines(session)) == (1, 2)
    assert payments.facts_by_code(session, code).paid_vnd == 130_000


def test_money_that_came_since_the_preview_is_shown_first(session: Session) -> None:
    till = make_till(session)
    file_id = send(session, till, samples.SIGNED.encode())
    shown = look(session, till, file_id).shown
    at = "2026-11-24 09:15:20"
    tell(session, till, sepay_body(till, Transfer("CPX7K3M9Q2 mua che", 130_000, "F1", at)))
    account = accounts.facts(session, till.account_id)
    with pytest.raises(BookMoved):
        taking.begin(session, account, file_id, shown)


def test_a_reference_with_another_sum_is_told(session: Session) -> None:
    till = make_till(session)
    take(session, till, send(session, till, samples.TECHCOMBANK.encode()))
    changed = samples.TECHCOMBANK.replace(";;70.000;", ";;71.000;").encode()
    found = look(session, till, send(session, till, changed))
    assert [one.known_vnd for one in found.differing] == [70_000]


def test_the_columns_a_person_chose_are_remembered(session: Session) -> None:
    till = make_till(session)
    raw = b"Ngay,Loai,So tien,Ghi chu\n24/11/2026,x,5000,CPX7K3M9Q2\n"
    first = send(session, till, raw)
    shelf.read_otherwise(session, till.seller_id, first, {0: "day", 2: "money_in", 3: "text"})
    second = send(session, till, raw)
    assert shelf.get(session, till.seller_id, second).layout.places["money_in"] == 2
    take(session, till, second)
    with pytest.raises(AlreadyTaken):
        shelf.read_otherwise(session, till.seller_id, second, {0: "day", 2: "money_in"})


def test_a_long_file_goes_in_part_by_part(session: Session, time_at: FixedClock) -> None:
    till = make_till(session)
    rows = [f"24/11/2026,x{n},{1000 + n}" for n in range(60)]
    raw = "\n".join(["Ngày giao dịch,Nội dung,Ghi có", *rows]).encode()
    file_id = send(session, till, raw)
    account = accounts.facts(session, till.account_id)
    taking.begin(session, account, file_id, look(session, till, file_id).shown)
    taking.take_some(session, StatementTaking(file_id, 0))
    taking.take_some(session, StatementTaking(file_id, 0))  # told twice: nothing
    assert (lines(session), shelf.get(session, till.seller_id, file_id).facts.taken) == (25, 25)
    for taken in (25, 50):
        taking.take_some(session, StatementTaking(file_id, taken))
    assert (lines(session), shelf.get(session, till.seller_id, file_id).facts.state) == (
        60,
        "taken",
    )
    assert list(checks.tellings_fit_lines(session)) == []


def test_another_account_of_the_file_is_told(session: Session) -> None:
    till = make_till(session)
    assert look(session, till, send(session, till, samples.VIETCOMBANK.encode())).other_number
    mine = samples.VIETCOMBANK.replace("1010000001", till.number)
    assert not look(session, till, send(session, till, mine.encode())).other_number


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"%PDF-1.7",
        b"<html><table>",
        "Ngày giao dịch,Ghi có\n".encode("utf-16")[:-1],
        b"Ngay giao d\xb5ch,Ghi c\xf3,N\xe9i dung\n",
        b"x" * (reading.MOST_BYTES + 1),
        b"\n".join([b"Ngay giao dich,Ghi co,Noi dung", *[b"24/11/2026,5000,x"] * 2_100]),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(session: Session, raw: bytes) -> None:
    with pytest.raises(FileRefused):
        send(session, make_till(session), raw)
