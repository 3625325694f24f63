"""Connections of payOS say what they can tell: money that comes, not what leaves and not the balance."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

_FEEDS = sa.table(
    "feed_connections",
    sa.column("provider", sa.String),
    sa.column("can_out", sa.Boolean),
    sa.column("can_balance", sa.Boolean),
)


def upgrade() -> None:
    _set_payos(tells=False)


def downgrade() -> None:
    _set_payos(tells=True)


def _set_payos(tells: bool) -> None:
    of_payos = sa.update(_FEEDS).where(_FEEDS.c.provider == "payos")
    op.execute(of_payos.values(can_out=tells, can_balance=tells))
