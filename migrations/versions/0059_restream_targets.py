"""Places a seller also shows its live picture at, which session uses them, who changed what."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "restream_targets",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("url", sa.String(length=200), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("tail", sa.String(length=4), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("key <> ''", name=op.f("ck_restream_targets_key")),
        sa.CheckConstraint(
            "kind IN ('facebook', 'youtube', 'other')", name=op.f("ck_restream_targets_kind")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_restream_targets_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restream_targets")),
    )
    with op.batch_alter_table("restream_targets", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_restream_targets_seller_id"), ["seller_id"], unique=False
        )

    op.create_table(
        "restream_changes",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("target_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "what IN ('added', 'key', 'removed', 'on', 'off')",
            name=op.f("ck_restream_changes_what"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_restream_changes_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_restream_changes_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restream_changes")),
    )
    with op.batch_alter_table("restream_changes", schema=None) as batch_op:
        batch_op.create_index("ix_restream_changes_seller_id", ["seller_id", "at_ms"], unique=False)

    op.create_table(
        "restream_uses",
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("target_id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("state_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'connecting', 'live', 'retrying', 'refused', 'off')",
            name=op.f("ck_restream_uses_state"),
        ),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_restream_uses_tries")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_restream_uses_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_restream_uses_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["restream_targets.id"], name=op.f("fk_restream_uses_target_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "target_id", name=op.f("pk_restream_uses")),
    )
    with op.batch_alter_table("restream_uses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_restream_uses_seller_id"), ["seller_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_restream_uses_target_id"), ["target_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("restream_uses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_restream_uses_target_id"))
        batch_op.drop_index(batch_op.f("ix_restream_uses_seller_id"))

    op.drop_table("restream_uses")
    with op.batch_alter_table("restream_changes", schema=None) as batch_op:
        batch_op.drop_index("ix_restream_changes_seller_id")

    op.drop_table("restream_changes")
    with op.batch_alter_table("restream_targets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_restream_targets_seller_id"))

    op.drop_table("restream_targets")
