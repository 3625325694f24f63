"""Who was asked into whose session, and the campaigns sessions belong to."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _invitations()
    _campaigns()
    op.create_table(
        "live_elsewhere",
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_live_elsewhere_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_live_elsewhere")),
    )


def _invitations() -> None:
    op.create_table(
        "live_invitations",
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.String(length=24), nullable=False),
        sa.Column("asked_ms", sa.BigInteger(), nullable=False),
        sa.Column("answered_by", sa.String(length=24), nullable=False),
        sa.Column("answered_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(state = 'invited') = (answered_ms IS NULL)",
            name=op.f("ck_live_invitations_answered"),
        ),
        sa.CheckConstraint(
            "state IN ('invited', 'accepted', 'refused', 'withdrawn', 'cancelled')",
            name=op.f("ck_live_invitations_state"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_live_invitations_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_live_invitations_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "seller_id", name=op.f("pk_live_invitations")),
    )
    with op.batch_alter_table("live_invitations", schema=None) as batch_op:
        batch_op.create_index("ix_live_invitations_seller_id", ["seller_id"], unique=False)


def _campaigns() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("story", sa.String(length=1000), nullable=False),
        sa.Column("starts_ms", sa.BigInteger(), nullable=False),
        sa.Column("ends_ms", sa.BigInteger(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ends_ms > starts_ms", name=op.f("ck_campaigns_days")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_campaigns_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.create_index("ix_campaigns_ends_ms", ["ends_ms"], unique=False)
        batch_op.create_index("ix_campaigns_seller_id", ["seller_id"], unique=False)
    _parts_of_campaigns()


def _parts_of_campaigns() -> None:
    op.create_table(
        "campaign_partners",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("campaign_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_partners_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_partners")),
        sa.UniqueConstraint(
            "campaign_id", "position", name=op.f("uq_campaign_partners_campaign_id_position")
        ),
    )
    op.create_table(
        "campaign_shows",
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("campaign_id", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'listed')", name=op.f("ck_campaign_shows_state")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_shows_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_campaign_shows_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_campaign_shows")),
    )
    with op.batch_alter_table("campaign_shows", schema=None) as batch_op:
        batch_op.create_index("ix_campaign_shows_campaign_id", ["campaign_id"], unique=False)


def downgrade() -> None:
    for table in (
        "live_elsewhere",
        "campaign_shows",
        "campaign_partners",
        "campaigns",
        "live_invitations",
    ):
        op.drop_table(table)
