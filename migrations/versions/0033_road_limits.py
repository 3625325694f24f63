"""How many hours a listing's goods bear on the road."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("listings", sa.Column("most_transit_h", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("listings", "most_transit_h")
