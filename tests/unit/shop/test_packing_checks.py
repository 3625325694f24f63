"""`fsck` finds no fault in packed boxes, and each fault made by hand."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core import fsck
from shop.ordering import fulfilment
from shop.packing import scales
from tests.unit.shop.test_packing import PACKER, Table

NAME = "packing.boxes_hold_what_orders_ask"


def wrong(session: Session) -> Iterator[str]:
    session.flush()
    for verdict in fsck.run_all(session):
        if verdict.problems:
            yield verdict.name


def test_a_box_with_more_than_was_ordered_leaves_the_books_right(session: Session) -> None:
    table = Table(session)
    table.pack(table.box(weighed=430))
    assert list(wrong(session)) == []
    fulfilment.hand_over(session, table.code, PACKER)
    scales.give_away(session, table.code)
    assert list(wrong(session)) == []


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE packed_parts SET packs = 1",
        "UPDATE packed_parts SET extra = 0",
        "UPDATE packed_parts SET weighed = 0, extra = 0, packs = 3",
        "UPDATE packed_parts SET position = 7",
        "UPDATE packed_parts SET extra_gone = TRUE",
    ],
)
def test_a_fault_made_by_hand_is_found(session: Session, fault: str) -> None:
    table = Table(session)
    table.pack(table.box(weighed=430))
    session.flush()
    session.execute(text(fault))
    assert NAME in list(wrong(session))
