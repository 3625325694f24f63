"""The sale day's report: devices that watched, declared sales, frozen reports, notes, consents to campaigns."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_SEALED = ("frozen_reports", "report_notes")
_REFUSE_SQLITE = (
    "CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table}"
    " BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"
)


def upgrade() -> None:
    _viewers_and_consents()
    _declared()
    _reports()
    for table in _SEALED:
        _seal(table)


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for table in _SEALED:
            op.execute(f"DROP TRIGGER {table}_no_change ON {table}")
    for table in (
        "report_notes",
        "frozen_reports",
        "declared_sales",
        "campaign_consents",
        "session_viewers",
    ):
        op.drop_table(table)


def _viewers_and_consents() -> None:
    op.create_table(
        "session_viewers",
        sa.Column("session_id", _ID, nullable=False),
        sa.Column("viewer", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_session_viewers_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "viewer", name=op.f("pk_session_viewers")),
    )
    op.create_table(
        "campaign_consents",
        sa.Column("campaign_id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_consents_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_campaign_consents_seller_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "seller_id", name=op.f("pk_campaign_consents")),
    )
    with op.batch_alter_table("campaign_consents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_consents_seller_id"), ["seller_id"], unique=False
        )


def _declared() -> None:
    op.create_table(
        "declared_sales",
        sa.Column("id", _ID, nullable=False),
        sa.Column("session_id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("what", sa.String(length=160), nullable=False),
        sa.Column("vnd", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("vnd > 0", name=op.f("ck_declared_sales_vnd")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_declared_sales_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_declared_sales_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_sales")),
    )
    with op.batch_alter_table("declared_sales", schema=None) as batch_op:
        batch_op.create_index("ix_declared_sales_of", ["session_id", "seller_id"], unique=False)


def _reports() -> None:
    op.create_table(
        "frozen_reports",
        *_about(),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('session', 'campaign')", name=op.f("ck_frozen_reports_kind")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_frozen_reports_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_reports")),
        sa.UniqueConstraint("kind", "about", "seller_id", name="uq_frozen_reports_about"),
    )
    op.create_table(
        "report_notes",
        *_about(),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_report_notes_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_notes")),
    )
    with op.batch_alter_table("report_notes", schema=None) as batch_op:
        batch_op.create_index("ix_report_notes_about", ["kind", "about", "seller_id"], unique=False)


def _about() -> tuple[sa.Column, ...]:
    return (
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("about", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
    )


def _seal(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for what in ("update", "delete"):
            op.execute(_REFUSE_SQLITE.format(table=table, what=what))
        return
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
