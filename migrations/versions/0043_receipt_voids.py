"""Receipts declared void, by whom and why."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipt_voids",
        sa.Column("receipt_id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipts.id"], name=op.f("fk_receipt_voids_receipt_id_receipts")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_receipt_voids_seller_id_sellers")
        ),
        sa.PrimaryKeyConstraint("receipt_id", name=op.f("pk_receipt_voids")),
    )
    with op.batch_alter_table("receipt_voids", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipt_voids_seller_id"), ["seller_id"], unique=False)


def downgrade() -> None:
    op.drop_table("receipt_voids")
