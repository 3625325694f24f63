"""The payees' book is added to and never changed: the database refuses, and without it fsck would know."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from payments.payouts import checks
from payments.payouts.models import PayeeEntry
from tests.factories.payouts import Coop, make_coop

_CHANGES = (
    "UPDATE payee_entries SET amount_vnd = 1",
    "UPDATE payee_entries SET what = ''",
    "DELETE FROM payee_entries",
)
_COLUMNS = (
    "id, seller_id, key, payee, kind, reference, what, amount_vnd, day_ms, actor, at_ms, cash,"
    " reverses_id"
)
_BOLD = {
    "sqlite": f"INSERT OR REPLACE INTO payee_entries ({_COLUMNS})"
    f" SELECT 'other', {_COLUMNS.removeprefix('id, ').replace('amount_vnd', '1')} FROM payee_entries",
    "postgresql": "TRUNCATE payee_entries",
}
_TRIGGERS = {
    "sqlite": "DROP TRIGGER payee_entries_no_update",
    "postgresql": "DROP TRIGGER payee_entries_no_change ON payee_entries",
}


@pytest.fixture
def coop(session: Session) -> Coop:
    return make_coop(session)


def refuses(session: Session, change: str) -> bool:
    with session.begin_nested() as point:
        with pytest.raises(DatabaseError, match="never changed"):
            session.execute(text(change))
        point.rollback()
    return True


@pytest.mark.parametrize("change", _CHANGES)
def test_p4_the_database_refuses_to_change_the_book(coop: Coop, change: str) -> None:
    assert refuses(coop.session, change)
    assert coop.owed() == (300_000, 200_000)


def test_p4_replacing_or_emptying_is_refused_like_changing(coop: Coop) -> None:
    assert refuses(coop.session, _BOLD[coop.session.get_bind().dialect.name])


def test_without_the_trigger_it_is_changed_and_fsck_names_it(coop: Coop) -> None:
    """The control."""
    coop.session.execute(text(_TRIGGERS[coop.session.get_bind().dialect.name]))
    coop.session.execute(text(_CHANGES[0]))
    assert set(coop.session.scalars(select(PayeeEntry.amount_vnd))) == {1}
    assert len(list(checks.book_equals_ledger(coop.session))) == 2
