"""Lines priced by the scales: how each was sold, what was weighed, and what its buyer wants of a difference."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_MODES = "mode IN ('pack', 'at_least', 'weigh_then_pay', 'estimate_then_settle')"


def upgrade() -> None:
    with op.batch_alter_table("order_lines", schema=None) as batch_op:
        mode = sa.Column("mode", sa.String(length=24), server_default="pack", nullable=False)
        batch_op.add_column(mode)
        batch_op.add_column(
            sa.Column("weighed", sa.BigInteger(), server_default="0", nullable=False)
        )
        batch_op.create_check_constraint(op.f("ck_order_lines_mode"), _MODES)
        batch_op.create_check_constraint(op.f("ck_order_lines_weighed"), "weighed >= 0")
    with op.batch_alter_table("orders", schema=None) as batch_op:
        wish = sa.Column("if_differs", sa.String(length=8), server_default="settle", nullable=False)
        batch_op.add_column(wish)
        batch_op.create_check_constraint(
            op.f("ck_orders_if_differs"), "if_differs IN ('settle', 'let_be')"
        )


def downgrade() -> None:
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_orders_if_differs"), type_="check")
        batch_op.drop_column("if_differs")
    with op.batch_alter_table("order_lines", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_order_lines_weighed"), type_="check")
        batch_op.drop_constraint(op.f("ck_order_lines_mode"), type_="check")
        batch_op.drop_column("weighed")
        batch_op.drop_column("mode")
