"""The stream of a live session: its engine's name for it, how it stands, who sends it."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "live_streams",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("session_id", sa.String(16), nullable=False),
        sa.Column("seller_id", sa.String(16), nullable=False),
        sa.Column("engine", sa.String(20), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.Column("publisher", sa.String(64), nullable=False),
        sa.Column("photo", sa.String(64), nullable=False),
        sa.Column("why", sa.String(40), nullable=False),
        sa.Column("news_number", sa.BigInteger(), nullable=False),
        sa.Column("opened_ms", sa.BigInteger(), nullable=False),
        sa.Column("started_ms", sa.BigInteger(), nullable=True),
        sa.Column("heard_ms", sa.BigInteger(), nullable=True),
        sa.Column("closed_ms", sa.BigInteger(), nullable=True),
        sa.Column("closed_why", sa.String(40), nullable=False),
        sa.CheckConstraint(
            "state IN ('opened', 'sending', 'silent', 'closed')",
            name=op.f("ck_live_streams_state"),
        ),
        sa.CheckConstraint("mode IN ('picture', 'sound')", name=op.f("ck_live_streams_mode")),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_ms IS NOT NULL)", name=op.f("ck_live_streams_closed")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["live_sessions.id"],
            name=op.f("fk_live_streams_session_id_live_sessions"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_live_streams_seller_id_sellers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_streams")),
        sa.UniqueConstraint("session_id", name=op.f("uq_live_streams_session_id")),
    )
    op.create_index(op.f("ix_live_streams_seller_id"), "live_streams", ["seller_id"])
    op.create_index(op.f("ix_live_streams_state"), "live_streams", ["state"])


def downgrade() -> None:
    op.drop_table("live_streams")
