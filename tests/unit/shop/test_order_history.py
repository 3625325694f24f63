"""The history of an order as its page tells it."""

import pytest
from sqlalchemy.orm import Session

from shop.ordering import changes, history
from shop.ordering.order_history import entries_of
from tests.factories.shop import TO_THE_DOOR, make_stand, paid_order


def test_what_people_wrote_stays_in_their_words(session: Session) -> None:
    code = paid_order(session, make_stand(session))
    changes.call_off(session, code, "p:packer", "mất mùa")
    session.flush()
    told = {(entry.said, entry.reason) for entry in entries_of(session, code)}
    assert ("", "mất mùa") in told
    assert ("Phải hoàn tiền", "") in told


def test_what_the_market_noted_is_told_in_words_with_its_figures(session: Session) -> None:
    code = paid_order(session, make_stand(session))
    changes.change_delivery(session, code, TO_THE_DOOR, "p:buyer")
    session.flush()
    told = [(entry.said, entry.reason) for entry in entries_of(session, code)]
    assert ("Đổi cách giao, phí", "+20000 đ") in told


@pytest.mark.parametrize(
    ("noted", "said"),
    [("short harvest: -1 packs", "Mẻ về thiếu"), ("short: Chè -1", "Giao thiếu"), ("shortly", "")],
)
def test_the_longer_note_is_not_taken_for_the_shorter(
    session: Session, noted: str, said: str
) -> None:
    code = paid_order(session, make_stand(session))
    history.record(session, history.locked(session, code), "p:packer", noted)
    session.flush()
    assert said in [
        entry.said for entry in entries_of(session, code) if noted.endswith(entry.reason)
    ]
