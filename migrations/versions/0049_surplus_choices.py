"""What buyers choose about money that came on top: another payment, credit kept with the seller, or back."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_PARTS = (
    "'payment', 'surplus', 'duplicate', 'unknown_code', 'refund_due', 'outgoing', 'remitted',"
    " 'not_ours', 'refunded', 'extra_back', 'paid_out'"
)
_SHARES = "'payment', 'refund_due', 'not_ours'"


def upgrade() -> None:
    _accounts("matched_parts", f"{_PARTS}, 'store_credit'")
    _accounts("line_shares", f"{_SHARES}, 'store_credit'")
    _add_choices()
    _add_credits()


def downgrade() -> None:
    op.drop_table("store_credits")
    op.drop_table("surplus_choices")
    for table, names in (("matched_parts", _PARTS), ("line_shares", _SHARES)):
        op.execute(f"UPDATE {table} SET account = 'not_ours' WHERE account = 'store_credit'")
        _accounts(table, names)


def _accounts(of: str, names: str) -> None:
    with op.batch_alter_table(of) as table:
        table.drop_constraint(op.f(f"ck_{of}_account"), type_="check")
        table.create_check_constraint(op.f(f"ck_{of}_account"), f"account IN ({names})")


def _add_choices() -> None:
    op.create_table(
        "surplus_choices",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("seller_id", _ID, sa.ForeignKey("sellers.id"), nullable=False),
        sa.Column("payment_id", _ID, sa.ForeignKey("payments.id"), nullable=False),
        sa.Column("bank_line_id", _ID, sa.ForeignKey("bank_lines.id")),
        sa.Column("to_payment_id", _ID, sa.ForeignKey("payments.id")),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.CheckConstraint("amount_vnd > 0", name="amount"),
        sa.CheckConstraint("kind IN ('refund', 'order', 'credit', 'spent', 'back')", name="kind"),
        sa.CheckConstraint("(kind = 'refund') = (bank_line_id IS NULL)", name="line"),
        sa.CheckConstraint(
            "(kind IN ('order', 'spent')) = (to_payment_id IS NOT NULL)", name="target"
        ),
    )
    op.create_index("ix_surplus_choices_of_seller", "surplus_choices", ["seller_id", "at_ms"])
    for column in ("payment_id", "bank_line_id", "to_payment_id"):
        op.create_index(f"ix_surplus_choices_{column}", "surplus_choices", [column])


def _add_credits() -> None:
    op.create_table(
        "store_credits",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("seller_id", _ID, sa.ForeignKey("sellers.id"), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("device", sa.String(length=40)),
        sa.Column("payment_id", _ID, sa.ForeignKey("payments.id"), nullable=False),
        sa.Column("bank_line_id", _ID, sa.ForeignKey("bank_lines.id"), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger, nullable=False),
        sa.Column("left_vnd", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.CheckConstraint("amount_vnd > 0", name="amount"),
        sa.CheckConstraint("left_vnd >= 0 AND left_vnd <= amount_vnd", name="left"),
    )
    op.create_index("ix_store_credits_of_holder", "store_credits", ["seller_id", "holder"])
    for column in ("payment_id", "bank_line_id"):
        op.create_index(f"ix_store_credits_{column}", "store_credits", [column])
