"""The packing desk: what was put into which box, and what the scales said."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)


def upgrade() -> None:
    op.create_table(
        "packed_parts",
        sa.Column("line_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("order_code", sa.String(length=10), nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("packs", sa.BigInteger(), nullable=False),
        sa.Column("weighed", sa.BigInteger(), nullable=False),
        sa.Column("extra", sa.BigInteger(), nullable=False),
        sa.Column("extra_gone", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("packs >= 0", name=op.f("ck_packed_parts_packs")),
        sa.CheckConstraint("weighed >= 0", name=op.f("ck_packed_parts_weighed")),
        sa.CheckConstraint("extra >= 0 AND extra <= weighed", name=op.f("ck_packed_parts_extra")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["order_lines.id"], name=op.f("fk_packed_parts_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_code"], ["orders.code"], name=op.f("fk_packed_parts_order_code")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_packed_parts_seller_id")
        ),
        sa.PrimaryKeyConstraint("line_id", "position", name=op.f("pk_packed_parts")),
    )
    with op.batch_alter_table("packed_parts", schema=None) as batch_op:
        batch_op.create_index("ix_packed_parts_order_code", ["order_code"], unique=False)


def downgrade() -> None:
    op.drop_table("packed_parts")
