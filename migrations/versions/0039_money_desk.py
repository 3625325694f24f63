"""What people decide about lines of the bank, and the account of money that was never for goods."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_BEFORE = "'payment', 'surplus', 'duplicate', 'unknown_code', 'refund_due', 'outgoing', 'remitted'"


def upgrade() -> None:
    _accounts(f"{_BEFORE}, 'not_ours'")
    op.create_index("ix_bank_lines_of_seller", "bank_lines", ["seller_id", "at_ms"])
    op.create_index("ix_payments_of_seller", "payments", ["seller_id", "created_ms"])
    op.create_table(
        "line_decisions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("bank_line_id", _ID, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('place', 'back')", name=op.f("ck_line_decisions_kind")),
        sa.CheckConstraint("number > 0", name=op.f("ck_line_decisions_number")),
        *_references("line_decisions", seller_id="sellers.id", bank_line_id="bank_lines.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_decisions")),
        sa.UniqueConstraint(
            "bank_line_id", "number", name=op.f("uq_line_decisions_bank_line_id_number")
        ),
    )
    op.create_index("ix_line_decisions_of_seller", "line_decisions", ["seller_id", "at_ms"])
    op.create_table(
        "line_shares",
        sa.Column("id", _ID, nullable=False),
        sa.Column("decision_id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("payment_id", _ID, nullable=True),
        sa.Column("account", sa.String(length=14), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_vnd > 0", name=op.f("ck_line_shares_amount")),
        sa.CheckConstraint(
            "account IN ('payment', 'refund_due', 'not_ours')",
            name=op.f("ck_line_shares_account"),
        ),
        sa.CheckConstraint(
            "(account = 'payment') = (payment_id IS NOT NULL)", name=op.f("ck_line_shares_target")
        ),
        *_references("line_shares", decision_id="line_decisions.id", seller_id="sellers.id"),
        *_references("line_shares", payment_id="payments.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_shares")),
    )
    op.create_index(op.f("ix_line_shares_decision_id"), "line_shares", ["decision_id"])


def downgrade() -> None:
    op.drop_table("line_shares")
    op.drop_table("line_decisions")
    op.drop_index("ix_payments_of_seller", "payments")
    op.drop_index("ix_bank_lines_of_seller", "bank_lines")
    op.execute("UPDATE matched_parts SET account = 'unknown_code' WHERE account = 'not_ours'")
    _accounts(_BEFORE)


def _accounts(names: str) -> None:
    with op.batch_alter_table("matched_parts") as table:
        table.drop_constraint(op.f("ck_matched_parts_account"), type_="check")
        table.create_check_constraint(op.f("ck_matched_parts_account"), f"account IN ({names})")


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    """A foreign key for each column, named as the models name them."""
    return [
        sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_{table}_{name}"))
        for name, target in columns.items()
    ]
