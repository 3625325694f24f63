"""Packs offered to who waited: how many nobody was reached for yet, until when, and who was called."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("offered", sa.BigInteger(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("reach_by_ms", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("passed_ms", sa.BigInteger(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_claims_offered"), "offered >= 0 AND offered <= held"
        )
        batch_op.create_index("ix_claims_reach", ["reach_by_ms", "pin_id"], unique=False)
    op.create_table(
        "calls",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=8), nullable=False),
        sa.Column("result", sa.String(length=8), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reason IN ('offer', 'hold', 'order')", name=op.f("ck_calls_reason")),
        sa.CheckConstraint("result IN ('reached', 'missed')", name=op.f("ck_calls_result")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_calls_person_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_calls_seller_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_calls_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
    )
    with op.batch_alter_table("calls", schema=None) as batch_op:
        batch_op.create_index("ix_calls_session", ["session_id", "seller_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calls_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("calls")
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.drop_index("ix_claims_reach")
        batch_op.drop_constraint(batch_op.f("ck_claims_offered"), type_="check")
        batch_op.drop_column("passed_ms")
        batch_op.drop_column("reach_by_ms")
        batch_op.drop_column("offered")
