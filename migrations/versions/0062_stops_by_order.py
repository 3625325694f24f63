"""Shows stopped by an officer: the stop, what sellers answer, the orders that wait for a ruling."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_STATES = "'none', 'held', 'ordered', 'paid', 'expired', 'withdrawn', {}'lapsed', 'refunded'"
_NEVER_CHANGED = ("session_stops", "stop_replies")


def upgrade() -> None:
    _claim_states(_STATES.format("'released', "))
    _stops()
    _freezes()
    for table in _NEVER_CHANGED:
        _keep(table)


def downgrade() -> None:
    for table in _NEVER_CHANGED:
        _let_go(table)
    op.drop_table("order_freezes")
    op.drop_table("stop_replies")
    op.drop_table("session_stops")
    op.execute("UPDATE claims SET state = 'withdrawn' WHERE state = 'released'")
    _claim_states(_STATES.format(""))


def _claim_states(states: str) -> None:
    with op.batch_alter_table("claims") as batch:
        batch.drop_constraint(op.f("ck_claims_state"), type_="check")
        batch.create_check_constraint(op.f("ck_claims_state"), f"state IN ({states})")


def _stops() -> None:
    op.create_table(
        "session_stops",
        sa.Column("session_id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("office", sa.String(length=120), nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("state_was", sa.String(length=12), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("claims_released", "orders_ended", "orders_frozen")
        ),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("scope IN ('all', 'replay')", name=op.f("ck_session_stops_scope")),
        sa.CheckConstraint(
            "reason IN ('forbidden', 'unsafe', 'false_claim', 'fraud', 'harm', 'other')",
            name=op.f("ck_session_stops_reason"),
        ),
        *_keys("session_stops", session_id="live_sessions.id"),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_stops")),
    )
    op.create_index(op.f("ix_session_stops_seller_id"), "session_stops", ["seller_id"])
    op.create_table(
        "stop_replies",
        *(
            sa.Column(name, _ID, nullable=False)
            for name in ("id", "session_id", "seller_id", "person_id")
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        *_keys("stop_replies", session_id="session_stops.session_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop_replies")),
    )
    op.create_index(op.f("ix_stop_replies_seller_id"), "stop_replies", ["seller_id"])
    op.create_index(
        "ix_stop_replies_of_session", "stop_replies", ["session_id", "seller_id", "at_ms"]
    )


def _freezes() -> None:
    op.create_table(
        "order_freezes",
        sa.Column("order_code", sa.String(length=10), nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("frozen_ms", sa.BigInteger(), nullable=False),
        sa.Column("ruling", sa.String(length=8), server_default="", nullable=False),
        sa.Column("ruled_by", sa.String(length=40), server_default="", nullable=False),
        sa.Column("ruled_words", sa.String(length=300), server_default="", nullable=False),
        sa.Column("ruled_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "ruling IN ('', 'release', 'refund')", name=op.f("ck_order_freezes_ruling")
        ),
        sa.CheckConstraint(
            "(ruling = '') = (ruled_ms IS NULL)", name=op.f("ck_order_freezes_ruled")
        ),
        sa.ForeignKeyConstraint(
            ["order_code"], ["orders.code"], name=op.f("fk_order_freezes_order_code")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_order_freezes_seller_id")
        ),
        sa.PrimaryKeyConstraint("order_code", name=op.f("pk_order_freezes")),
    )
    op.create_index("ix_order_freezes_cause", "order_freezes", ["cause"])
    op.create_index(op.f("ix_order_freezes_seller_id"), "order_freezes", ["seller_id"])


def _keys(table: str, session_id: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [key], name=op.f(f"fk_{table}_{column}"))
        for column, key in (
            ("session_id", session_id),
            ("seller_id", "sellers.id"),
            ("person_id", "people.id"),
        )
    ]


def _keep(table: str) -> None:
    """The database itself refuses to change what was written down, as in the ledger."""
    if op.get_bind().dialect.name == "sqlite":
        for what in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"
            )
        return
    for name, what, each in (
        ("no_change", "UPDATE OR DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE {what} ON {table}"
            f" FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        )


def _let_go(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for what in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{what}")
        return
    for name in ("no_change", "no_truncate"):
        op.execute(f"DROP TRIGGER {table}_{name} ON {table}")
