"""Kinds of money that belong to no payment: more accounts for parts of lines, what a share is for."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_KINDS = (
    "'expense', 'supplier', 'wages', 'other_out', 'fee_invoice', 'tax_vat', 'tax_pit',"
    " 'interest', 'other_in', 'card_payout', 'owner', 'own_transfer', 'cash_moved', 'loan'"
)
_PARTS = (
    "'payment', 'surplus', 'duplicate', 'unknown_code', 'refund_due', 'outgoing', 'remitted',"
    " 'not_ours', 'refunded', 'extra_back', 'paid_out', 'store_credit', 'bank_fee'"
)
_SHARES = "'payment', 'refund_due', 'not_ours', 'store_credit', 'paid_out', 'bank_fee'"


def upgrade() -> None:
    _accounts("matched_parts", f"{_PARTS}, {_KINDS}")
    _accounts("line_shares", f"{_SHARES}, {_KINDS}")
    about = sa.Column("about", sa.String(length=40), server_default="", nullable=False)
    op.add_column("line_shares", about)


def downgrade() -> None:
    """What was of a kind is other money again."""
    for table, names in (("matched_parts", _PARTS), ("line_shares", _SHARES)):
        op.execute(f"UPDATE {table} SET account = 'not_ours' WHERE account IN ({_KINDS})")
        _accounts(table, names)
    op.drop_column("line_shares", "about")


def _accounts(table: str, names: str) -> None:
    with op.batch_alter_table(table) as changed:
        changed.drop_constraint(op.f(f"ck_{table}_account"), type_="check")
        changed.create_check_constraint(op.f(f"ck_{table}_account"), f"account IN ({names})")
