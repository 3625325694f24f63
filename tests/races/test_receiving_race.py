"""Two owners at one change of the receiving account at one moment: one word counts. On both databases."""

from functools import partial

import pytest
from sqlalchemy.orm import Session

from payments.bank import accounts
from payments.receiving import changes
from payments.receiving.changes import Given
from payments.receiving.models import ReceivingChange
from tests.factories.payments import make_till
from tests.support.many_hands import Act, House, forget_the_lock

NUMBER, HOLDER = "0123456789", "HTX CHE"


def waiting(house: House) -> tuple[str, str, str]:
    """A seller whose first owner asked for another account: seller, account and change."""

    def make(session: Session) -> tuple[str, str, str]:
        seller = make_till(session).seller_id
        given = Given(seller, "970436", NUMBER, NUMBER, HOLDER, HOLDER)
        account = changes.add(session, given, "Vietcombank")
        return seller, account, changes.ask(session, account, given, "p:first")

    return house.write(make)


def words(seller: str, change: str) -> list[Act]:
    """The second owner says yes; the third stops it."""
    return [
        partial(changes.confirm, seller_id=seller, change_id=change, actor="p:second"),
        partial(changes.stop, seller_id=seller, change_id=change, actor="p:third"),
    ]


def test_a_yes_and_a_stop_at_once_are_one_of_the_two(house: House) -> None:
    seller, account, change = waiting(house)
    assert house.at_once(words(seller, change) * 3) == {"done": 1, "change_over": 5}
    with Session(house.engine) as session:
        state = changes.facts(session, change).state
        receives = accounts.receiving(session, seller).id == account
    assert (state == "in_force") == receives
    assert state in ("in_force", "cancelled")


def test_without_the_rows_lock_both_words_count_and_only_the_tables_rule_is_left(
    unlocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller, _, change = waiting(unlocked)
    forget_the_lock(monkeypatch, changes, ReceivingChange)
    with pytest.raises(Exception, match="ck_receiving_changes_one_end"):
        unlocked.at_once(words(seller, change))
