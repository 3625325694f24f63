"""Carriers' lists of what they collected, each settled by one line of the bank, which then waits no more."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_BEFORE = "'payment', 'surplus', 'duplicate', 'unknown_code', 'refund_due', 'outgoing'"


def upgrade() -> None:
    _accounts(f"{_BEFORE}, 'remitted'")
    op.create_table(
        "remittances",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("bank_line_id", _ID, nullable=False),
        sa.Column("carrier", sa.String(length=80), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("cod_vnd", sa.BigInteger(), nullable=False),
        sa.Column("fee_vnd", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_vnd = cod_vnd - fee_vnd", name=op.f("ck_remittances_sum")),
        sa.CheckConstraint("fee_vnd >= 0 AND cod_vnd > 0", name=op.f("ck_remittances_signs")),
        *_references("remittances", seller_id="sellers.id", bank_line_id="bank_lines.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remittances")),
        sa.UniqueConstraint("bank_line_id", name=op.f("uq_remittances_bank_line_id")),
    )
    op.create_index(op.f("ix_remittances_seller_id"), "remittances", ["seller_id"])
    op.create_table(
        "remittance_lines",
        sa.Column("order_code", sa.String(length=10), nullable=False),
        sa.Column("remittance_id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("cod_vnd", sa.BigInteger(), nullable=False),
        sa.Column("fee_vnd", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cod_vnd > 0 AND fee_vnd >= 0", name=op.f("ck_remittance_lines_signs")),
        *_references("remittance_lines", order_code="orders.code", seller_id="sellers.id"),
        *_references("remittance_lines", remittance_id="remittances.id"),
        sa.PrimaryKeyConstraint("order_code", name=op.f("pk_remittance_lines")),
    )
    op.create_index(
        op.f("ix_remittance_lines_remittance_id"), "remittance_lines", ["remittance_id"]
    )


def downgrade() -> None:
    op.drop_table("remittance_lines")
    op.drop_table("remittances")
    op.execute("UPDATE matched_parts SET account = 'unknown_code' WHERE account = 'remitted'")
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
