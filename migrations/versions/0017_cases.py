"""Complaints: the case with its clock and outcome, what was said and done, and pictures as evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_KINDS = "subject_kind IN ('product', 'lot', 'certificate', 'draft'{more})"


def upgrade() -> None:
    _photos_of(", 'case'")
    op.create_table(
        "cases",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("subject_kind", sa.String(length=8), nullable=False),
        sa.Column("subject_id", _ID, nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("device_id", _ID, nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("capability", sa.String(length=43), nullable=False),
        sa.Column("open_key", sa.String(length=60), nullable=True),
        sa.Column("problem", sa.String(length=16), nullable=False),
        sa.Column("wants", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("owner_actor", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("by_officer", sa.Boolean(), nullable=False),
        sa.Column("opened_ms", sa.BigInteger(), nullable=False),
        sa.Column("due_ms", sa.BigInteger(), nullable=False),
        sa.Column("warned_ms", sa.BigInteger(), nullable=True),
        sa.Column("answered_ms", sa.BigInteger(), nullable=True),
        sa.Column("escalated_ms", sa.BigInteger(), nullable=True),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "subject_kind IN ('order', 'listing', 'stream')", name=op.f("ck_cases_subject_kind")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'escalated', 'settled', 'withdrawn')", name=op.f("ck_cases_state")
        ),
        sa.CheckConstraint(
            "outcome IN ('', 'refund', 'replace', 'credit', 'reject')",
            name=op.f("ck_cases_outcome"),
        ),
        sa.CheckConstraint("amount_vnd >= 0", name=op.f("ck_cases_amount")),
        sa.CheckConstraint("(state = 'settled') = (outcome <> '')", name=op.f("ck_cases_settled")),
        sa.ForeignKeyConstraint(
            ["device_id"], ["auth_sessions.id"], name=op.f("fk_cases_device_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_cases_person_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_cases_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("open_key", name=op.f("uq_cases_open_key")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index("ix_cases_due", ["state", "due_ms"], unique=False)
        batch_op.create_index("ix_cases_of_seller", ["seller_id", "state", "due_ms"], unique=False)
        batch_op.create_index("ix_cases_subject", ["subject_kind", "subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_person_id"), ["person_id"], unique=False)
    op.create_table(
        "case_notes",
        sa.Column("id", _ID, nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "side IN ('reporter', 'seller', 'officer', 'market')", name=op.f("ck_case_notes_side")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_notes_case_id")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_case_notes_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
        sa.UniqueConstraint("case_id", "number", name="uq_case_notes_number"),
    )


def downgrade() -> None:
    op.drop_table("case_notes")
    op.drop_table("cases")
    op.execute("DELETE FROM photos WHERE subject_kind = 'case'")
    _photos_of("")


def _photos_of(more: str) -> None:
    """Let photos be of the kinds known so far and of `more`."""
    with op.batch_alter_table("photos", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_photos_subject_kind"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_photos_subject_kind"), _KINDS.format(more=more)
        )
