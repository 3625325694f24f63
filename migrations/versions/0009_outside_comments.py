"""Comments from elsewhere: nicks, which comments were taken in, who asked when the show was over."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)


def upgrade() -> None:
    _buyers()
    _comments()
    _leads()


def _buyers() -> None:
    op.create_table(
        "outside_buyers",
        sa.Column("id", _ID, nullable=False),
        sa.Column("session_id", _ID, nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("nick", sa.String(length=80), nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("taken_by", _ID, nullable=True),
        sa.Column("taken_device_id", _ID, nullable=True),
        sa.Column("taken_ms", sa.BigInteger(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        _to("outside_buyers", "session_id", "live_sessions"),
        _to("outside_buyers", "person_id", "people"),
        _to("outside_buyers", "taken_by", "people"),
        _to("outside_buyers", "taken_device_id", "auth_sessions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_buyers")),
        sa.UniqueConstraint("key", name=op.f("uq_outside_buyers_key")),
        sa.UniqueConstraint(
            "session_id", "source", "nick", name=op.f("uq_outside_buyers_session_id_source_nick")
        ),
    )


def _comments() -> None:
    op.create_table(
        "outside_comments",
        sa.Column("id", _ID, nullable=False),
        sa.Column("session_id", _ID, nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("source_comment_id", sa.String(length=100), nullable=True),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        _to("outside_comments", "session_id", "live_sessions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_comments")),
        sa.UniqueConstraint(
            "session_id",
            "source",
            "source_comment_id",
            name=op.f("uq_outside_comments_session_id_source_source_comment_id"),
        ),
    )
    op.create_index(
        "ix_outside_comments_mark", "outside_comments", ["session_id", "source", "mark"]
    )


def _leads() -> None:
    op.create_table(
        "leads",
        sa.Column("id", _ID, nullable=False),
        sa.Column("session_id", _ID, nullable=False),
        sa.Column("pin_id", _ID, nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("nick", sa.String(length=80), nullable=False),
        sa.Column("packs", sa.BigInteger(), nullable=False),
        sa.Column("handled_ms", sa.BigInteger(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("packs > 0", name=op.f("ck_leads_packs")),
        _to("leads", "session_id", "live_sessions"),
        _to("leads", "pin_id", "pins"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leads")),
    )
    op.create_index("ix_leads_session", "leads", ["session_id", "handled_ms"])


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def downgrade() -> None:
    op.drop_index("ix_leads_session", table_name="leads")
    op.drop_index("ix_outside_comments_mark", table_name="outside_comments")
    for table in ("leads", "outside_comments", "outside_buyers"):
        op.drop_table(table)
