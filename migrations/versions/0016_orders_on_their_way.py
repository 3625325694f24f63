"""Orders on their way: cash somebody attested, what changed in a line and why, sums asked for on top."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ID = sa.String(16)
_ONE_SOURCE = "(bank_line_id IS NULL) <> (cash_line_id IS NULL)"


def upgrade() -> None:
    _add_cash_lines()
    with op.batch_alter_table("matched_parts") as table:
        table.alter_column("bank_line_id", existing_type=_ID, nullable=True)
        table.add_column(sa.Column("cash_line_id", _ID, nullable=True))
        table.create_foreign_key(
            op.f("fk_matched_parts_cash_line_id"), "cash_lines", ["cash_line_id"], ["id"]
        )
        table.create_check_constraint(op.f("ck_matched_parts_source"), _ONE_SOURCE)
        table.create_index(op.f("ix_matched_parts_cash_line_id"), ["cash_line_id"])
    _add_line_changes()
    _add_topups()


def downgrade() -> None:
    op.drop_table("order_topups")
    op.drop_table("order_line_changes")
    op.execute("DELETE FROM matched_parts WHERE bank_line_id IS NULL")
    with op.batch_alter_table("matched_parts") as table:
        table.drop_index(op.f("ix_matched_parts_cash_line_id"))
        table.drop_constraint(op.f("ck_matched_parts_source"), type_="check")
        table.drop_constraint(op.f("fk_matched_parts_cash_line_id"), type_="foreignkey")
        table.drop_column("cash_line_id")
        table.alter_column("bank_line_id", existing_type=_ID, nullable=False)
    op.drop_table("cash_lines")


def _add_cash_lines() -> None:
    op.create_table(
        "cash_lines",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("payment_id", _ID, nullable=False),
        sa.Column("kind", sa.String(6), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('stall', 'cod')", name=op.f("ck_cash_lines_kind")),
        sa.CheckConstraint("amount_vnd > 0", name=op.f("ck_cash_lines_amount")),
        *_references("cash_lines", seller_id="sellers.id", payment_id="payments.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_lines")),
    )
    op.create_index("ix_cash_lines_of_seller", "cash_lines", ["seller_id", "at_ms"])
    op.create_index(op.f("ix_cash_lines_payment_id"), "cash_lines", ["payment_id"])


def _add_line_changes() -> None:
    op.create_table(
        "order_line_changes",
        sa.Column("id", _ID, nullable=False),
        sa.Column("line_id", _ID, nullable=False),
        sa.Column("order_code", sa.String(10), nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("packs", sa.BigInteger(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("actor", sa.String(40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('short', 'cancelled', 'replaced', 'added')",
            name=op.f("ck_order_line_changes_kind"),
        ),
        sa.CheckConstraint("packs > 0", name=op.f("ck_order_line_changes_packs")),
        sa.CheckConstraint("amount_vnd >= 0", name=op.f("ck_order_line_changes_amount")),
        *_references("order_line_changes", line_id="order_lines.id", seller_id="sellers.id"),
        *_references("order_line_changes", order_code="orders.code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line_changes")),
    )
    op.create_index(op.f("ix_order_line_changes_order_code"), "order_line_changes", ["order_code"])


def _add_topups() -> None:
    op.create_table(
        "order_topups",
        sa.Column("code", sa.String(10), nullable=False),
        sa.Column("order_code", sa.String(10), nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'paid', 'dropped')", name=op.f("ck_order_topups_state")
        ),
        *_references("order_topups", order_code="orders.code", seller_id="sellers.id"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_order_topups")),
    )
    op.create_index(op.f("ix_order_topups_order_code"), "order_topups", ["order_code"])


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    """A foreign key for each column, named as the models name them."""
    return [
        sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_{table}_{name}"))
        for name, target in columns.items()
    ]
