"""P3 for money that leaves: whatever is heard first, a refund, a payout and the books end alike."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import wsgi
from core import clock, factory, fsck
from core.clock import FixedClock
from payments import placing
from payments.bank import intake
from payments.bank.intake import Said
from payments.ledger import posting
from payments.ledger.entries import Balance, digest_of
from payments.models import BankLine, MatchedPart
from payments.payouts import accounts, book, lists, paying
from payments.payouts.accounts import NewAccount
from payments.payouts.book import Recorded
from payments.payouts.lists import RunFacts
from payments.payouts.paying import Wanted
from payments.refunds import sending
from payments.refunds.models import Refund
from tests.factories.payments import Till, Transfer, make_till, sepay_body, tell
from tests.factories.refunds import STAFF, begin, give_account, paid
from tests.support.databases import settings_for

BACK_VND, LARGE_VND = 18_000, 6_000_000
Facts = Mapping[str, Callable[[], None]]
End = tuple[object, ...]


@dataclass(frozen=True)
class Roads:
    """The two roads that tell of one seller's lines; what is told again is told just so."""

    session: Session
    till: Till

    def feed(self, text: str, amount_vnd: int, reference: str, direction: str = "out") -> None:
        transfer = Transfer(text, amount_vnd, reference, direction=direction)
        tell(self.session, self.till, sepay_body(self.till, transfer))

    def statement(self, text: str, amount_vnd: int) -> None:
        """Of the same day, without a time and without a reference."""
        at_ms = clock.midnight_ms(clock.today().replace(day=25))
        row = Said("statement:x", "file", "K", False, amount_vnd, text, "", at_ms, has_time=False)
        intake.take_in(self.session, self.till.account_id, [row])

    def end(self) -> End:
        """Where every đồng of the seller stands, and the digest of the books."""
        lines = self.session.scalars(
            select(BankLine).where(BankLine.seller_id == self.till.seller_id)
        ).all()
        names = {line.id: f"{line.direction} {line.amount_vnd}" for line in lines}
        parts = select(MatchedPart).where(MatchedPart.seller_id == self.till.seller_id)
        placed = sorted(
            (names[one.bank_line_id or ""], one.account, one.amount_vnd)
            for one in self.session.scalars(parts)
        )
        rows = posting.balances(self.session, self.till.seller_id)
        named = [
            Balance(row.account, names.get(row.subject, row.subject), row.amount_vnd)
            for row in rows
        ]
        return tuple(sorted(names.values())), tuple(placed), digest_of(named)


@pytest.fixture
def roads(database_url: str, tmp_path: Path, time_at: FixedClock) -> Iterator[Roads]:
    app = factory.create_app(settings_for(tmp_path, database_url), wsgi.WIRINGS)
    engine = app.extensions["write_engine"]
    with app.app_context(), Session(engine) as session:
        yield Roads(session, make_till(session))
    engine.dispose()


@dataclass(frozen=True)
class Walk:
    """All orders of some facts, what they share walked once; `found`: the ends of what is known."""

    roads: Roads
    facts: Facts
    state: Callable[[], End]
    found: dict[frozenset[str], set[End]] = field(default_factory=dict)

    def on(self, order: tuple[str, ...] = ()) -> None:
        """Let each fact that is left come next, and undo it; after the last, tell the first again."""
        for name in [one for one in self.facts if one not in order] or order[:1]:
            with self.roads.session.begin_nested() as attempt:
                self.facts[name]()
                self.roads.session.flush()
                end = self.state(), self.roads.end()
                self.found.setdefault(frozenset({*order, name}), set()).add(end)
                if name not in order:
                    self.on((*order, name))
                attempt.rollback()
            self.roads.session.expire_all()


def require_one_end(roads: Roads, facts: Facts, state: Callable[[], End], last: End) -> None:
    walk = Walk(roads, facts, state)
    walk.on()
    assert len(walk.found) == 2 ** len(facts) - 1
    assert [known for known, told in walk.found.items() if len(told) > 1] == []
    assert [end[0] for end in walk.found[frozenset(facts)]] == [last]
    for happens in facts.values():
        happens()
    roads.session.flush()
    assert [bad for one in fsck.run_all(roads.session) for bad in one.problems] == []


def refund_facts(roads: Roads) -> tuple[Facts, Callable[[], End]]:
    session, till = roads.session, roads.till
    reference = paid(session, till, back_vnd=BACK_VND)
    give_account(session, reference)
    refund = begin(session, till, reference, BACK_VND)

    def state() -> End:
        row = session.get_one(Refund, refund.id, populate_existing=True)
        lines = row.out_line_id is not None, row.back_line_id is not None
        return row.state, row.sent_by, row.sent_reference, *lines

    say = (till.seller_id, refund.id, "ft 26-326001", STAFF)
    return {
        "said": lambda: sending.say_sent(session, *say),
        "feed": lambda: roads.feed("chuyen tien", BACK_VND, "FT26326001"),
        "statement": lambda: roads.statement(f"hoan {refund.code}", BACK_VND),
        "back": lambda: roads.feed(f"HOAN TRA {refund.code}", BACK_VND, "FT7777777", "in"),
    }, state


@dataclass(frozen=True)
class PayList:
    """A list of two payees that waits for a second person: A gets a large sum, B a small one."""

    roads: Roads
    run_id: str

    @property
    def now(self) -> RunFacts:
        return lists.run(self.roads.session, self.roads.till.seller_id, self.run_id)

    def agree(self) -> None:
        """As somebody does who sees that it waits."""
        if self.now.state == "drafted":
            paying.agree(self.roads.session, self.roads.till.seller_id, self.run_id, "p:other")

    def state(self) -> End:
        owed = book.owed(self.roads.session, self.roads.till.seller_id, "member:a")
        return self.now.state, *(one.state for one in self.now.payouts), owed


@pytest.fixture
def listed(roads: Roads) -> PayList:
    session, seller = roads.session, roads.till.seller_id
    wanted = Wanted("member:a", "Bà Nụ", LARGE_VND), Wanted("member:b", "Ông Búp", BACK_VND)
    for one in wanted:
        said = Recorded(one.payee, "extra", one.amount_vnd, "chè", clock.now_ms())
        book.record(session, seller, said, "p:boss")
        new = NewAccount(one.payee, "Agribank", "8500 1234 5678", "Nguyễn Thị Nụ")
        accounts.put(session, seller, new, "p:boss")
    return PayList(roads, paying.draft(session, seller, wanted, "p:boss"))


def test_a_refund_ends_alike_whatever_is_heard_first(roads: Roads) -> None:
    last = "returned", STAFF, "ft 26-326001", True, True
    require_one_end(roads, *refund_facts(roads), last)


def test_a_payout_ends_alike_whatever_is_heard_first(roads: Roads, listed: PayList) -> None:
    code = listed.now.payouts[0].code
    facts = {
        "agreed": listed.agree,
        "feed": lambda: roads.feed("chuyen tien", LARGE_VND, "FT26326001"),
        "statement": lambda: roads.statement(f"tra {code}", LARGE_VND),
        "back": lambda: roads.feed(f"HOAN TRA {code}", LARGE_VND, "FT7777777", "in"),
    }
    require_one_end(roads, facts, listed.state, ("agreed", "returned", "waiting", LARGE_VND))


def test_the_rest_of_a_list_ends_alike_whatever_is_heard_first(
    roads: Roads, listed: PayList
) -> None:
    facts = {
        "agreed": listed.agree,
        "one": lambda: roads.feed(listed.now.payouts[0].code, LARGE_VND, "FT26326001"),
        "rest": lambda: roads.feed(f"CHI {listed.now.code}", BACK_VND, "FT26326002"),
    }
    require_one_end(roads, facts, listed.state, ("agreed", "paid", "paid", 0))


def test_a_control_that_never_looks_again_ends_differently(
    roads: Roads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "look_again", lambda *_: None)
    facts, state = refund_facts(roads)
    walk = Walk(roads, {name: facts[name] for name in ("said", "feed")}, state)
    walk.on()
    assert len(walk.found[frozenset({"said", "feed"})]) == 2
