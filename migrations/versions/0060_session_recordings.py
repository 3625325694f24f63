"""Recordings of shows, what was done with them, and how long they are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

_ACTS = "recording_acts"
_WORDS = f"{_ACTS} are never changed"
_ID = sa.String(16)
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _recordings()
    _acts()
    terms = op.create_table(
        "retention_terms",
        sa.Column("from_ms", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("made_by", sa.String(40), nullable=False),
        sa.CheckConstraint("months > 0", name="months"),
    )
    first = {"from_ms": 0, "months": 36, "source": "3 năm, theo mặc định của chợ", "made_by": ""}
    op.bulk_insert(terms, [first])
    _seal()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for what in ("update", "delete"):
            op.execute(f"DROP TRIGGER {_ACTS}_no_{what}")
    else:
        for name in ("no_change", "no_truncate"):
            op.execute(f"DROP TRIGGER {_ACTS}_{name} ON {_ACTS}")
    for table in ("retention_terms", _ACTS, "session_recordings"):
        op.drop_table(table)


def _recordings() -> None:
    op.create_table(
        "session_recordings",
        sa.Column("session_id", _ID, sa.ForeignKey("live_sessions.id"), primary_key=True),
        sa.Column("seller_id", _ID, sa.ForeignKey("sellers.id"), nullable=False, index=True),
        sa.Column("stream", sa.String(64), nullable=False, unique=True),
        sa.Column("state", sa.String(5), nullable=False, index=True),
        *_numbers("began_ms", "length_ms", "size_bytes"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("pieces", sa.Text(), nullable=False),
        *_numbers("noted_ms"),
        *(
            sa.Column(name, sa.BigInteger())
            for name in ("hidden_ms", "held_ms", "asked_ms", "gone_ms")
        ),
        sa.CheckConstraint("state IN ('kept', 'going', 'gone')", name="state"),
        sa.CheckConstraint("held_ms IS NULL OR state = 'kept'", name="held"),
        sa.CheckConstraint("length_ms >= 0 AND size_bytes >= 0", name="size"),
    )


def _acts() -> None:
    op.create_table(
        _ACTS,
        sa.Column("id", _SERIAL, primary_key=True, autoincrement=True),
        sa.Column("session_id", _ID, sa.ForeignKey("live_sessions.id"), nullable=False),
        sa.Column("seller_id", _ID, sa.ForeignKey("sellers.id"), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("actor", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("office", sa.String(120), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        *_numbers("at_ms"),
        sa.CheckConstraint(
            "kind IN ('closed', 'hidden', 'shown', 'held', 'released', 'due', 'deleted')",
            name="kind",
        ),
    )
    op.create_index("ix_recording_acts_session", _ACTS, ["session_id", "id"])


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _seal() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for what in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {_ACTS}_no_{what} BEFORE {what} ON {_ACTS}"
                f" BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
            )
        return
    for name, what, each in (
        ("no_change", "UPDATE OR DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {_ACTS}_{name} BEFORE {what} ON {_ACTS}"
            f" FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )
