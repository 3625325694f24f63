"""A day of orders written down by hand: what must come up in every run, for the state machine's controls.

Steps are told to the machine, whose model says of each whether it may be; the books are judged after each.
"""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from core.clock import FixedClock
from tests.support.order_machine_together import WholeDay
from tests.support.order_model import DOOR, PICKUP, SLOT, Wish

ANY_FIT = 1
"""A number with which the machine looks for an order that fits."""


def live(session: Session, time: FixedClock) -> WholeDay:
    """Let the whole day go by; what the model and the product do not agree on fails."""
    WholeDay.session, WholeDay.time = session, time
    day = WholeDay()
    day.open_shop(9, [])
    for part in (seats_and_vouchers, one_parcel_for_two, a_parcel_that_parts, complaints):
        for _ in part(day):
            day.look()
    return day


def seats_and_vouchers(day: WholeDay) -> Iterator[object]:
    """A seat and a voucher come back with the order's end, and late money has them again."""
    yield day.open_slot(1)
    yield expect(day.order(Wish((1, 0), 0, SLOT, "CATIEN")))
    yield expect(not day.order(Wish((1, 0), 1, SLOT)))
    yield expect(not day.order(Wish((1, 0), 0, PICKUP, "CATIEN")))
    yield day.wait(20, week=False)
    yield day.tick()
    yield day.hear_of_an_end(0)
    yield expect(day.order(Wish((1, 0), 1, SLOT, "CATIEN")))
    yield day.bank_tells(0, 1, 0)
    yield day.hear_news(0, again=True)
    yield day.hear_of_an_end(0)
    yield day.step(1, "cancel", bound=False)
    yield day.hear_of_an_end(1)


def one_parcel_for_two(day: WholeDay) -> Iterator[object]:
    """Two orders leave by one label, once, when both are packed."""
    first = len(day.market.orders)
    yield day.travel_together(0, DOOR, 1)
    yield day.hand_over_by_label(0, None)
    yield finish(day, first + 1)
    yield day.hand_over_by_label(ANY_FIT, -1)
    yield expect(states(day)[first:] == ["handed_over", "handed_over"])
    yield day.hand_over_by_label(0, 1)
    yield day.give_by_label(ANY_FIT)
    yield expect(states(day)[first:] == ["delivered", "delivered"])


def a_parcel_that_parts(day: WholeDay) -> Iterator[object]:
    """Of two that were joined, one is sent elsewhere; the other leaves alone."""
    first = len(day.market.orders)
    yield day.travel_together(1, DOOR, 0)
    yield day.send_elsewhere(first + 1, PICKUP)
    yield finish(day, first)
    yield day.hand_over_by_label(ANY_FIT, None)
    yield expect(states(day)[first:] == ["handed_over", "secured"])
    yield day.nobody_takes_it(ANY_FIT)
    yield day.look_at_what_came_back()


def complaints(day: WholeDay) -> Iterator[object]:
    """What a complaint gave back stays owed, whatever becomes of it and of the order."""
    number = len(day.market.orders)
    yield expect(day.order(Wish((3, 0), 0, PICKUP)))
    yield day.bank_tells(number, 1, 0)
    yield day.hear_news(0, again=False)
    yield day.complain(ANY_FIT, 20_000, disputed=True)
    yield expect(any(one.given_vnd == 40_000 for one in day.market.orders.values()))
    yield day.shorten(number, 0, 2)


def finish(day: WholeDay, number: int) -> None:
    for do in ("start", "finish"):
        day.step(number, do, bound=True)


def states(day: WholeDay) -> list[str]:
    return [one.state for one in day.market.orders.values()]


def expect(it_is: bool) -> None:
    assert it_is
