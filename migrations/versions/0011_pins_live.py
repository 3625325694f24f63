"""Pins while live: how many packs a flash price is for, in all and per buyer, and whether it ended early."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pins", sa.Column("flash_packs", sa.BigInteger(), nullable=True))
    op.add_column("pins", sa.Column("flash_limit_packs", sa.BigInteger(), nullable=True))
    ended_early = sa.Column("flash_over", sa.Boolean(), server_default="0", nullable=False)
    op.add_column("pins", ended_early)


def downgrade() -> None:
    for column in ("flash_over", "flash_limit_packs", "flash_packs"):
        op.drop_column("pins", column)
