"""Reliability: what buyers did not come for, what sellers ask first, what buyers answer."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)


def upgrade() -> None:
    _facts()
    op.create_table(
        "deposit_settings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("worth", sa.BigInteger(), nullable=False),
        sa.Column("from_ms", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "way IN ('percent', 'sum', 'none')", name=op.f("ck_deposit_settings_way")
        ),
        sa.CheckConstraint(
            "worth >= 0 AND (way <> 'percent' OR worth <= 100)",
            name=op.f("ck_deposit_settings_worth"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_deposit_settings_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_settings")),
    )
    op.create_index("ix_deposit_settings_of_seller", "deposit_settings", ["seller_id", "from_ms"])
    _appeals()


def downgrade() -> None:
    for table in ("deposit_appeals", "deposit_settings", "reliability_facts"):
        op.drop_table(table)


def _facts() -> None:
    op.create_table(
        "reliability_facts",
        *(sa.Column(name, _ID, nullable=False) for name in ("id", "seller_id", "person_id")),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("occasion", sa.String(length=30), nullable=False),
        sa.Column("order_code", sa.String(length=10), nullable=True),
        sa.Column("device_id", _ID, nullable=True),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("forgiven_ms", sa.BigInteger(), nullable=True),
        sa.Column("forgiven_by", sa.String(length=40), nullable=False),
        sa.Column("forgiven_why", sa.String(length=200), nullable=False),
        sa.CheckConstraint("kind IN ('unpaid', 'refused')", name=op.f("ck_reliability_facts_kind")),
        *(
            sa.ForeignKeyConstraint([name], [key], name=op.f(f"fk_reliability_facts_{name}"))
            for name, key in (
                ("seller_id", "sellers.id"),
                ("person_id", "people.id"),
                ("order_code", "orders.code"),
                ("device_id", "auth_sessions.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reliability_facts")),
        sa.UniqueConstraint(
            "seller_id",
            "person_id",
            "kind",
            "occasion",
            name=op.f("uq_reliability_facts_seller_id_person_id_kind_occasion"),
        ),
    )
    op.create_index("ix_reliability_facts_at", "reliability_facts", ["at_ms"])
    op.create_index("ix_reliability_facts_of_seller", "reliability_facts", ["seller_id", "at_ms"])
    op.create_index(op.f("ix_reliability_facts_person_id"), "reliability_facts", ["person_id"])


def _appeals() -> None:
    op.create_table(
        "deposit_appeals",
        *(sa.Column(name, _ID, nullable=False) for name in ("id", "seller_id", "person_id")),
        sa.Column("open_key", sa.String(length=40), nullable=True),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("by_officer", sa.Boolean(), nullable=False),
        sa.Column("answered_by", sa.String(length=40), nullable=False),
        sa.Column("answered_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "answer IN ('', 'forgiven', 'kept')", name=op.f("ck_deposit_appeals_answer")
        ),
        sa.CheckConstraint(
            "(open_key IS NULL) = (answer <> '')", name=op.f("ck_deposit_appeals_open_key")
        ),
        *(
            sa.ForeignKeyConstraint([name], [key], name=op.f(f"fk_deposit_appeals_{name}"))
            for name, key in (("seller_id", "sellers.id"), ("person_id", "people.id"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_appeals")),
        sa.UniqueConstraint("open_key", name=op.f("uq_deposit_appeals_open_key")),
    )
    op.create_index(
        "ix_deposit_appeals_of_seller", "deposit_appeals", ["seller_id", "person_id", "at_ms"]
    )
    op.create_index(op.f("ix_deposit_appeals_person_id"), "deposit_appeals", ["person_id"])
