"""Whatever happens to orders in whatever order: states as a model says, goods and money conserved."""

import pytest
from hypothesis.errors import FlakyFailure
from sqlalchemy import true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalog import stock
from core.clock import FixedClock
from core.errors import DomainError
from core.states import Table
from shop.cases import granted
from shop.delivery import slots
from shop.ordering import changes, securing
from shop.shipments import handing, joining
from shop.states import ORDER
from shop.vouchers import spending
from tests.support import order_day
from tests.support.order_machine_together import WholeDay, play
from tests.support.order_model import DOOR


@pytest.mark.timeout(600)  # each step proves all the books, on a busy machine for minutes
def test_goods_and_money_are_conserved_on_either_database(
    either: Session, time_at: FixedClock
) -> None:
    play(either, time_at, 6)


def test_every_state_is_reached(session: Session, time_at: FixedClock) -> None:
    WholeDay.session, WholeDay.time = session, time_at
    WholeDay.seen.clear()
    machine = WholeDay()
    machine.open_shop(9, [(5, "refuse"), (6, "take_back"), (7, "deliver"), (0, "")])
    machine.step(3, "cancel", bound=False)
    machine.place((1, 0), 0, DOOR, "")
    machine.carry_on(4, 0, "")
    machine.wait(20, week=False)
    machine.tick()
    machine.states_are_the_models()
    machine.books_agree()
    assert set(WholeDay.seen) == ORDER.states


def hand_over_without_goods(session: Session, holder: str, actor: str) -> None:
    """A hand-over that forgets the stock."""


def keep_the_money(session: Session, order: object, reason: str) -> None:
    """An end that forgets what was paid."""


def keep_more_than_was_weighed(session: Session, holder: str, most: object) -> None:
    """Scales whose word frees no goods."""


def allow(table: Table, old: str, new: str) -> bool:
    """A table that lets everything through."""
    return True


@pytest.mark.parametrize(
    ("where", "name", "broken"),
    [
        (stock, "ship_holder", hand_over_without_goods),
        (securing, "return_money", keep_the_money),
        (Table, "allows", allow),
        (stock, "cap_holder", keep_more_than_was_weighed),
    ],
)
def test_the_machine_finds_a_broken_rule(
    session: Session,
    time_at: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    name: str,
    broken: object,
) -> None:
    monkeypatch.setattr(where, name, broken)
    with pytest.raises((AssertionError, DomainError, FlakyFailure, pytest.fail.Exception)):
        play(session, time_at, 20)


def test_a_day_with_parcels_seats_vouchers_and_complaints_adds_up(
    either: Session, time_at: FixedClock
) -> None:
    order_day.live(either, time_at)


def forget(*_args: object) -> None:
    """A step that is left out."""


def let_all_leave(session: Session, row: object, orders: object) -> None:
    """A gate that asks nothing."""


def stay_together(session: Session, order: object, values: dict[str, object]) -> None:
    """Another way, with the old companions."""
    for column, value in values.items():
        setattr(order, column, value)


def nothing_given(session: Session, code: str) -> int:
    """A memory without complaints."""
    return 0


@pytest.mark.parametrize(
    ("where", "name", "broken"),
    [
        (slots, "leave", forget),
        (slots, "has_place", lambda: true()),
        (spending, "follow", forget),
        (spending, "_uses_of", lambda *_: 0),
        (handing, "_check_leaves", let_all_leave),
        (joining, "_settle_fees", forget),
        (changes, "_go_another_way", stay_together),
        (granted, "of_order_vnd", nothing_given),
    ],
)
def test_the_day_finds_a_broken_rule(
    session: Session,
    time_at: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    name: str,
    broken: object,
) -> None:
    monkeypatch.setattr(where, name, broken)
    with pytest.raises((AssertionError, DomainError, IntegrityError, pytest.fail.Exception)):
        order_day.live(session, time_at)
