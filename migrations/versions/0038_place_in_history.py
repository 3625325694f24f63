"""What happened to an order within one millisecond keeps its order."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("order_events", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.BigInteger(), server_default="0", nullable=False))
    op.execute(
        "UPDATE order_events SET place = (SELECT count(*) FROM order_events AS other"
        " WHERE other.order_code = order_events.order_code AND (other.at_ms < order_events.at_ms"
        " OR (other.at_ms = order_events.at_ms AND other.id <= order_events.id)))"
    )


def downgrade() -> None:
    with op.batch_alter_table("order_events", schema=None) as batch_op:
        batch_op.drop_column("place")
