"""A feed's secret is changed without a gap: the one before stays valid for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feed_connections", schema=None) as batch_op:
        batch_op.add_column(sa.Column("old_secret", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("old_until_ms", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("feed_connections", schema=None) as batch_op:
        batch_op.drop_column("old_until_ms")
        batch_op.drop_column("old_secret")
