"""Purses: the cash one person of a seller carries, from one count to the next."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_OPEN = sa.text("closed_ms IS NULL")


def upgrade() -> None:
    op.create_table(
        "purses",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("keeper", sa.String(length=40), nullable=False),
        sa.Column("keeper_name", sa.String(length=80), nullable=False),
        sa.Column("float_vnd", sa.BigInteger(), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("opened_ms", sa.BigInteger(), nullable=False),
        sa.Column("closed_ms", sa.BigInteger(), nullable=True),
        sa.Column("expected_vnd", sa.BigInteger(), nullable=True),
        sa.Column("counted_vnd", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.CheckConstraint("float_vnd >= 0 AND counted_vnd >= 0", name=op.f("ck_purses_signs")),
        sa.CheckConstraint(
            "(closed_ms IS NULL) = (counted_vnd IS NULL)"
            " AND (closed_ms IS NULL) = (expected_vnd IS NULL)",
            name=op.f("ck_purses_counted_when_closed"),
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_purses_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purses")),
    )
    op.create_index(
        "ix_purses_open",
        "purses",
        ["seller_id", "keeper"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index("ix_purses_of_seller", "purses", ["seller_id", "opened_ms"])
    op.create_table(
        "purse_moves",
        sa.Column("id", _ID, nullable=False),
        sa.Column("purse_id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=3), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('in', 'out')", name=op.f("ck_purse_moves_kind")),
        sa.CheckConstraint("amount_vnd > 0", name=op.f("ck_purse_moves_amount")),
        sa.ForeignKeyConstraint(["purse_id"], ["purses.id"], name=op.f("fk_purse_moves_purse_id")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_purse_moves_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purse_moves")),
    )
    op.create_index(op.f("ix_purse_moves_purse_id"), "purse_moves", ["purse_id"])


def downgrade() -> None:
    op.drop_table("purse_moves")
    op.drop_table("purses")
