"""Claims that wait together: each gets what it would get alone, in few statements."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.orm import Session

from core import fsck
from core.errors import DomainError
from core.identity.logins import Login
from livestream import log
from livestream.desk import desk
from livestream.desk.desk import ClaimRequest
from livestream.errors import LimitReached
from tests.factories.livestream import Show, make_buyer, make_claim, make_show

MOST_STATEMENTS = 10


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements sent while the block runs."""
    sent: list[str] = []
    connection = session.connection()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield sent
    event.remove(connection, "before_cursor_execute", note)


def test_a_claim_takes_few_statements(session: Session) -> None:
    show = make_show(session, 10)
    buyer = make_buyer(session)
    with counted(session) as sent:
        make_claim(session, show, login=buyer)
    assert len(sent) <= MOST_STATEMENTS, "\n".join(sent)


def test_a_claim_with_a_hundred_waiting_takes_no_more(session: Session) -> None:
    show = make_show(session, 1)
    for _ in range(100):
        make_claim(session, show)
    buyer = make_buyer(session)
    with counted(session) as sent:
        make_claim(session, show, login=buyer)
    assert len(sent) <= MOST_STATEMENTS + 6, "\n".join(sent)


def all_at_once(session: Session, show: Show, *asked: tuple[str, int, Login]) -> list[object]:
    """What claims come to that wait together: `(code, packs, buyer)` each."""
    turn = log.begin(session, show.id)
    requests = [ClaimRequest(show.id, code, qty, buyer, 0) for code, qty, buyer in asked]
    return list(desk.claim_all(session, turn, requests))


def test_claims_at_once_get_what_they_would_get_one_after_the_other(session: Session) -> None:
    asked = [("A1", 2), ("A2", 1), ("A1", 4), ("A1", 1), ("B9", 1), ("A2", 9), ("A2", 3)]
    buyers = [make_buyer(session) for _ in asked]
    one_by_one, together = make_show(session, 5, 3, limit=8), make_show(session, 5, 3, limit=8)
    expected = [
        all_at_once(session, one_by_one, (*ask, buyer))[0]
        for ask, buyer in zip(asked, buyers, strict=True)
    ]
    got = all_at_once(
        session, together, *[(*ask, buyer) for ask, buyer in zip(asked, buyers, strict=True)]
    )
    assert [told(one) for one in got] == [told(one) for one in expected]
    assert fsck_is_clean(session)


def told(outcome: object) -> object:
    """What a buyer hears of a claim, without its id and place in the log."""
    if isinstance(outcome, DomainError):
        return type(outcome), outcome.data
    assert isinstance(outcome, desk.Claimed)
    return outcome.number, outcome.status, outcome.held, outcome.waiting, outcome.left


def fsck_is_clean(session: Session) -> bool:
    return not any(verdict.problems for verdict in fsck.run_all(session))


def test_a_limit_counts_claims_that_come_at_once(session: Session) -> None:
    show, buyer = make_show(session, 9, limit=3), make_buyer(session)
    first, second, third = all_at_once(
        session, show, ("A1", 2, buyer), ("A1", 2, buyer), ("A1", 1, buyer)
    )
    assert told(first)[3:] == (0, 7)  # type: ignore[index]
    assert told(second) == (LimitReached, {"allowed": 1})
    assert told(third)[0] == 2  # type: ignore[index]


def test_claims_at_once_are_one_entry_of_the_log(session: Session) -> None:
    show = make_show(session, 9)
    outcomes = all_at_once(session, show, *[("A1", 1, make_buyer(session)) for _ in range(5)])
    seqs = {outcome.seq for outcome in outcomes if isinstance(outcome, desk.Claimed)}
    entry = log.entries(session, show.id, after=max(seqs) - 1, limit=1)[0]
    assert len(seqs) == 1
    assert [line[0] for line in entry["data"]] == [1, 2, 3, 4, 5]  # type: ignore[index, union-attr]


def test_a_hundred_claims_take_no_more_statements_than_one(session: Session) -> None:
    show = make_show(session, 50)
    asked = [("A1", 1, make_buyer(session)) for _ in range(100)]
    with counted(session) as sent:
        all_at_once(session, show, *asked)
    assert len(sent) <= MOST_STATEMENTS + 2, "\n".join(sent)
