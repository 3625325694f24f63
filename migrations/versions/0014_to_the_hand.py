"""What an order keeps on its way to the buyer's hand: place, slot, parcel, what if goods are short, when."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_CHECKS = {
    "sum": "amount_vnd = goods_vnd + fee_vnd - discount_vnd",
    "discount": "discount_vnd >= 0 AND discount_vnd <= goods_vnd + fee_vnd",
    "deposit": "deposit_vnd >= 0 AND deposit_vnd <= amount_vnd",
    "if_short": "if_short IN ('refund', 'replace', 'wait')",
}


def _new() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("discount_vnd", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("channel", sa.String(length=12), server_default="", nullable=False),
        sa.Column("staff_actor", sa.String(length=40), server_default="", nullable=False),
        sa.Column("way_id", _ID, nullable=True),
        sa.Column("slot_id", _ID, nullable=True),
        sa.Column("commune_code", sa.String(length=8), server_default="", nullable=False),
        sa.Column("shipment_id", _ID, nullable=True),
        sa.Column("if_short", sa.String(length=8), server_default="refund", nullable=False),
        sa.Column("deposit_vnd", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("packed_ms", sa.BigInteger(), nullable=True),
        sa.Column("handed_over_ms", sa.BigInteger(), nullable=True),
        sa.Column("delivered_ms", sa.BigInteger(), nullable=True),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
    )


def upgrade() -> None:
    with op.batch_alter_table("orders", schema=None) as batch_op:
        for column in _new():
            batch_op.add_column(column)
        batch_op.drop_constraint(batch_op.f("ck_orders_sum"), type_="check")
        for name, rule in _CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(f"ck_orders_{name}"), rule)
        batch_op.create_index("ix_orders_shipment", ["shipment_id"], unique=False)
        batch_op.create_index("ix_orders_of_seller", ["seller_id", "state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_index("ix_orders_of_seller")
        batch_op.drop_index("ix_orders_shipment")
        for name in _CHECKS:
            batch_op.drop_constraint(batch_op.f(f"ck_orders_{name}"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_orders_sum"), "amount_vnd = goods_vnd + fee_vnd"
        )
        for column in reversed(_new()):
            batch_op.drop_column(column.name)
