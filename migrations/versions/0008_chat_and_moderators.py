"""What a room lets people say: slow mode, muted words, who may not speak, lines taken out of sight."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ADDED = {
    "live_sessions": (
        ("slow_s", sa.Integer(), "0"),
        ("staff_only", sa.Boolean(), "false"),
        ("barred", sa.Integer(), "0"),
    ),
    "comments": (
        ("hidden", sa.String(length=10), "''"),
        ("proved", sa.Boolean(), "false"),
        ("staff", sa.Boolean(), "false"),
    ),
}


def upgrade() -> None:
    for table, columns in _ADDED.items():
        for name, kind, default in columns:
            column = sa.Column(name, kind, nullable=False, server_default=sa.text(default))
            op.add_column(table, column)
    op.add_column("comments", sa.Column("handled_ms", sa.BigInteger(), nullable=True))
    _bars()
    op.create_table(
        "muted_words",
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_muted_words_seller_id")
        ),
        sa.PrimaryKeyConstraint("seller_id", "word", name=op.f("pk_muted_words")),
    )
    op.create_table(
        "chat_removals",
        sa.Column("position", _SERIAL, autoincrement=True, nullable=False),
        sa.Column("session_id", _ID, nullable=False),
        sa.Column("comment_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_chat_removals_session_id")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_chat_removals")),
    )
    op.create_index("ix_chat_removals_session", "chat_removals", ["session_id", "position"])


def _bars() -> None:
    op.create_table(
        "chat_bars",
        sa.Column("id", _ID, nullable=False),
        sa.Column("session_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("everywhere", sa.Boolean(), nullable=False),
        sa.Column("name_masked", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('muted', 'banned')", name=op.f("ck_chat_bars_kind")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_chat_bars_person_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_chat_bars_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_bars")),
        sa.UniqueConstraint(
            "session_id", "person_id", name=op.f("uq_chat_bars_session_id_person_id")
        ),
    )


def downgrade() -> None:
    op.drop_index("ix_chat_removals_session", table_name="chat_removals")
    for table in ("chat_removals", "muted_words", "chat_bars"):
        op.drop_table(table)
    op.drop_column("comments", "handled_ms")
    for table, columns in _ADDED.items():
        for name, _kind, _default in columns:
            op.drop_column(table, name)
