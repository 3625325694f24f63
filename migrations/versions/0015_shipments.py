"""Shipments: what travels under one label, and who gave it to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)


def upgrade() -> None:
    op.create_table(
        "shipments",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("label_code", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("joined_into", _ID, nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("handed_over_ms", sa.BigInteger(), nullable=True),
        sa.Column("told_ms", sa.BigInteger(), nullable=True),
        sa.Column("said_ms", sa.BigInteger(), nullable=True),
        sa.Column("handed_by", sa.String(length=40), nullable=False),
        sa.Column("taken_by", sa.String(length=80), nullable=False),
        sa.Column("plate", sa.String(length=16), nullable=False),
        sa.Column("driver_phone", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'handed_over', 'joined')", name=op.f("ck_shipments_state")
        ),
        sa.CheckConstraint(
            "(state = 'handed_over') = (handed_over_ms IS NOT NULL)",
            name=op.f("ck_shipments_left_once"),
        ),
        sa.CheckConstraint(
            "(state = 'joined') = (joined_into IS NOT NULL)",
            name=op.f("ck_shipments_joined_into"),
        ),
        sa.ForeignKeyConstraint(
            ["joined_into"], ["shipments.id"], name=op.f("fk_shipments_joined_into")
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_shipments_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipments")),
        sa.UniqueConstraint("label_code", name=op.f("uq_shipments_label_code")),
    )
    with op.batch_alter_table("shipments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_shipments_of_seller", ["seller_id", "handed_over_ms"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("shipments", schema=None) as batch_op:
        batch_op.drop_index("ix_shipments_of_seller")
    op.drop_table("shipments")
