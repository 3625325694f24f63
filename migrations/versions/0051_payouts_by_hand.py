"""A person ties a line of the bank to payouts: shares of a decision name them, a payout keeps what was paid.

What is left of such a line may be the bank's fee. The payees' book refuses to be changed, as the ledger does.
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_PARTS = (
    "'payment', 'surplus', 'duplicate', 'unknown_code', 'refund_due', 'outgoing', 'remitted',"
    " 'not_ours', 'refunded', 'extra_back', 'paid_out', 'store_credit'"
)
_SHARES = "'payment', 'refund_due', 'not_ours', 'store_credit'"
_BOOK = "payee_entries"
_WORDS = f"{_BOOK} are never changed"
# For SQLite's INSERT OR REPLACE, which deletes the old row without asking the triggers.
_TAKEN = (
    f"EXISTS (SELECT 1 FROM {_BOOK} WHERE id = NEW.id"
    " OR (seller_id = NEW.seller_id AND key = NEW.key)"
    " OR reverses_id = NEW.reverses_id)"
)


def upgrade() -> None:
    _checked("matched_parts", "account", f"account IN ({_PARTS}, 'bank_fee')")
    _shares()
    _sums()
    _seal()


def downgrade() -> None:
    _unseal()
    with op.batch_alter_table("payouts") as table:
        for name in ("paid_vnd", "returned_vnd"):
            table.drop_constraint(op.f(f"ck_payouts_{name}"), type_="check")
            table.drop_column(name)
    op.execute("DELETE FROM line_shares WHERE payout_id IS NOT NULL OR account = 'bank_fee'")
    with op.batch_alter_table("line_shares") as table:
        table.drop_constraint(op.f("ck_line_shares_payout"), type_="check")
        table.drop_constraint(op.f("fk_line_shares_payout_id"), type_="foreignkey")
        table.drop_column("payout_id")
        table.drop_constraint(op.f("ck_line_shares_account"), type_="check")
        table.create_check_constraint(op.f("ck_line_shares_account"), f"account IN ({_SHARES})")
    op.execute("UPDATE matched_parts SET account = 'outgoing' WHERE account = 'bank_fee'")
    _checked("matched_parts", "account", f"account IN ({_PARTS})")


def _checked(name: str, check: str, rule: str) -> None:
    with op.batch_alter_table(name) as table:
        table.drop_constraint(op.f(f"ck_{name}_{check}"), type_="check")
        table.create_check_constraint(op.f(f"ck_{name}_{check}"), rule)


def _shares() -> None:
    with op.batch_alter_table("line_shares") as table:
        table.add_column(sa.Column("payout_id", _ID, nullable=True))
        table.create_foreign_key(op.f("fk_line_shares_payout_id"), "payouts", ["payout_id"], ["id"])
        table.drop_constraint(op.f("ck_line_shares_account"), type_="check")
        table.create_check_constraint(
            op.f("ck_line_shares_account"), f"account IN ({_SHARES}, 'paid_out', 'bank_fee')"
        )
        table.create_check_constraint(
            op.f("ck_line_shares_payout"), "(account = 'paid_out') = (payout_id IS NOT NULL)"
        )


def _sums() -> None:
    """What the bank moved is kept with the payout: until now it was always the whole."""
    with op.batch_alter_table("payouts") as table:
        for name in ("paid_vnd", "returned_vnd"):
            table.add_column(sa.Column(name, sa.BigInteger(), nullable=True))
            table.create_check_constraint(op.f(f"ck_payouts_{name}"), f"{name} > 0")
    op.execute("UPDATE payouts SET paid_vnd = amount_vnd WHERE state IN ('paid', 'returned')")
    op.execute("UPDATE payouts SET returned_vnd = amount_vnd WHERE state = 'returned'")


def _seal() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for what in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {_BOOK}_no_{what} BEFORE {what} ON {_BOOK}"
                f" BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
            )
        op.execute(
            f"CREATE TRIGGER {_BOOK}_taken BEFORE INSERT ON {_BOOK} WHEN {_TAKEN}"
            f" BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
        )
        return
    for name, what, each in (
        ("no_change", "UPDATE OR DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {_BOOK}_{name} BEFORE {what} ON {_BOOK}"
            f" FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )


def _unseal() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("no_update", "no_delete", "taken"):
            op.execute(f"DROP TRIGGER {_BOOK}_{name}")
        return
    for name in ("no_change", "no_truncate"):
        op.execute(f"DROP TRIGGER {_BOOK}_{name} ON {_BOOK}")
