"""Notices: what people are to be told, each try to tell them, and where they can be written to."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)


def upgrade() -> None:
    _notices()
    op.create_table(
        "notice_tries",
        sa.Column("id", _ID, nullable=False),
        sa.Column("notice_id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("road", sa.String(length=8), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("detail", sa.String(length=120), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('started', 'sending', 'sent', 'refused', 'unknown', 'reached', 'missed')",
            name=op.f("ck_notice_tries_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_tries_notice_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_notice_tries_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_tries")),
        sa.UniqueConstraint("notice_id", "number", name="uq_notice_tries_number"),
    )
    op.create_table(
        "mailboxes",
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("confirmed_ms", sa.BigInteger(), nullable=True),
        sa.Column("changed_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mailboxes_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mailboxes")),
    )


def downgrade() -> None:
    for table in ("mailboxes", "notice_tries", "notices"):
        op.drop_table(table)


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", _ID, nullable=False),
        sa.Column("event_key", sa.String(length=80), nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("due_ms", sa.BigInteger(), nullable=False),
        sa.Column("stale_ms", sa.BigInteger(), nullable=True),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'seen', 'to_call', 'reached', 'given_up',"
            " 'stale')",
            name=op.f("ck_notices_state"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notices_person_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_notices_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("event_key", name=op.f("uq_notices_event_key")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("ix_notices_due", ["state", "due_ms"], unique=False)
        batch_op.create_index("ix_notices_of_seller", ["seller_id", "made_ms"], unique=False)
        batch_op.create_index("ix_notices_of_person", ["person_id", "made_ms"], unique=False)
