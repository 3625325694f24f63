"""One notice sent many times at the same moment, and what came of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from core.db import db, write
from payments.ledger import chart, posting
from payments.ledger.entries import Balance, digest_of
from payments.models import Payment
from tests.factories.feeds import TELLERS, Told, connect
from tests.factories.payments import Till, Transfer, make_till, open_payment
from tests.support.stall import Town

AT_ONCE = 50
DUE_VND = 130_000


def new_feed(town: Town, provider: str) -> tuple[Till, str]:
    """A till that `provider` watches, and the address for its notices."""

    def made(session: Session) -> tuple[Till, str]:
        till = make_till(session)
        return till, f"/webhooks/{provider}/{connect(session, till, provider)}"

    with town.app.app_context():
        return write(made)


def send_at_once(town: Town, path: str, told: Told) -> set[int]:
    """The answers to one notice that comes fifty times at the same moment."""
    together = Barrier(AT_ONCE)

    def send(_: int) -> int:
        client = town.app.test_client()
        together.wait()
        return client.post(path, data=told.body, headers=told.headers).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return set(pool.map(send, range(AT_ONCE)))


def effects(town: Town) -> tuple[int, int, int, int, int]:
    """Notices stored, bank lines, đồng placed with payments, receipts, entries of the ledger."""
    town.app.test_cli_runner().invoke(args=["outbox", "run"])
    query = text(
        "SELECT (SELECT count(*) FROM webhook_bodies), (SELECT count(*) FROM bank_lines),"
        " (SELECT coalesce(sum(amount_vnd), 0) FROM matched_parts), (SELECT count(*) FROM receipts),"
        " (SELECT count(*) FROM ledger_entries)"
    )
    with town.app.app_context():
        return tuple(int(count) for count in db.session.execute(query).one())  # type: ignore[return-value]


def books_in_one(town: Town, till: Till) -> bool:
    """Whether the seller's books are those of each payment paid once: by their digest."""
    with town.app.app_context():
        session = db.session()
        asked = select(Payment.id).where(Payment.seller_id == till.seller_id)
        paid = [Balance(chart.RECEIVED, id_, -DUE_VND) for id_ in session.scalars(asked)]
        bank = Balance(chart.bank(till.account_id), "", DUE_VND * len(paid))
        return posting.digest(session, till.seller_id) == digest_of([bank, *paid])


def ask(town: Town, till: Till) -> str:
    with town.app.app_context():
        return write(lambda session: open_payment(session, till, DUE_VND))


def require_one_effect(town: Town, provider: str, rounds: int) -> None:
    """In each round a provider sends one notice of a payment fifty times at once: it counts once."""
    till, path = new_feed(town, provider)
    for done in range(1, rounds + 1):
        told = TELLERS[provider](till, Transfer(ask(town, till), DUE_VND))
        assert send_at_once(town, path, told) == {200}
        assert effects(town) == (done, done, done * DUE_VND, done, 2 * done)
        assert books_in_one(town, till)
    assert town.problems() == []
