"""What is checked before a session, what is told after it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("live_sessions", sa.Column("planned_start_ms", sa.BigInteger(), nullable=True))
    op.create_table(
        "confirmations",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=True),
        sa.Column("paper", sa.String(length=120), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("by_person_id", sa.String(length=16), nullable=True),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('seller', 'food', 'host')", name=op.f("ck_confirmations_kind")
        ),
        sa.CheckConstraint(
            "(kind = 'host') = (person_id IS NOT NULL)", name=op.f("ck_confirmations_host")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_confirmations_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_confirmations_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["people.id"], name=op.f("fk_confirmations_by_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
    )
    with op.batch_alter_table("confirmations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_confirmations_seller_id"), ["seller_id"], unique=False)
    op.create_table(
        "unpaid_reminders",
        sa.Column("order_code", sa.String(length=10), nullable=False),
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("by_person_id", sa.String(length=16), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_unpaid_reminders_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["people.id"], name=op.f("fk_unpaid_reminders_by_person_id")
        ),
        sa.PrimaryKeyConstraint("order_code", name=op.f("pk_unpaid_reminders")),
    )
    with op.batch_alter_table("unpaid_reminders", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_unpaid_reminders_session_id"), ["session_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("unpaid_reminders")
    op.drop_table("confirmations")
    op.drop_column("live_sessions", "planned_start_ms")
