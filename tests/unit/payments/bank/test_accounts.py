"""Where a seller's money arrives."""

import pytest
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.errors import NotFound
from payments.bank import accounts
from payments.bank.accounts import NewAccount
from payments.errors import NoReceivingAccount
from tests.factories.identity import make_seller
from tests.factories.payments import make_till


def test_the_account_added_first_receives(session: Session, time_at: FixedClock) -> None:
    till = make_till(session)
    time_at.advance(1)
    accounts.add(session, NewAccount(till.seller_id, "999999", "88", "Demo", "HTX"))
    assert accounts.receiving(session, till.seller_id).id == till.account_id


def test_a_seller_without_an_account_says_so(session: Session) -> None:
    with pytest.raises(NoReceivingAccount) as raised:
        accounts.receiving(session, make_seller(session))
    assert (raised.value.code, raised.value.status) == ("no_receiving_account", 409)


def test_an_account_is_found_by_its_number_at_its_own_seller_only(session: Session) -> None:
    ours, theirs = make_till(session), make_till(session)
    found = accounts.find_by_numbers(
        session, ours.seller_id, frozenset({ours.number, theirs.number})
    )
    assert [account.id for account in found] == [ours.account_id]


def test_an_unknown_account_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        accounts.facts(session, "nosuchaccount")
