"""Vouchers: what each promises, which sellers take a sponsored one, and each order's use."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_CHECKS = {
    "kind": "kind IN ('sum', 'percent')",
    "worth": "worth > 0 AND (kind = 'sum' OR worth <= 100)",
    "uses": "most_uses IS NULL OR used - over_uses <= most_uses",
    "budget": "budget_vnd IS NULL OR spent_vnd - over_vnd <= budget_vnd",
    "taken": "used >= 0 AND spent_vnd >= 0",
    "over": "over_uses >= 0 AND over_vnd >= 0",
    "per_person": "per_person > 0",
    "owner": "(seller_id IS NULL) = (owner = 'province')",
}


def _big(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def upgrade() -> None:
    _vouchers()
    op.create_table(
        "voucher_sellers",
        sa.Column("voucher_id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        _big("agreed_ms", nullable=True),
        sa.Column("agreed_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_voucher_sellers_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["vouchers.id"], name=op.f("fk_voucher_sellers_voucher_id")
        ),
        sa.PrimaryKeyConstraint("voucher_id", "seller_id", name=op.f("pk_voucher_sellers")),
    )
    op.create_index(op.f("ix_voucher_sellers_seller_id"), "voucher_sellers", ["seller_id"])
    _uses()


def _vouchers() -> None:
    op.create_table(
        "vouchers",
        sa.Column("id", _ID, nullable=False),
        sa.Column("owner", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=True),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        _big("worth"),
        _big("most_off_vnd", nullable=True),
        _big("from_vnd"),
        _big("most_uses", nullable=True),
        _big("per_person"),
        _big("budget_vnd", nullable=True),
        _big("valid_from_ms"),
        _big("valid_until_ms"),
        _big("used"),
        _big("spent_vnd"),
        _big("over_uses"),
        _big("over_vnd"),
        _big("stopped_ms", nullable=True),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        _big("created_ms"),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_vouchers_{name}"))
            for name, rule in _CHECKS.items()
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_vouchers_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouchers")),
        sa.UniqueConstraint("owner", "code", name=op.f("uq_vouchers_owner_code")),
    )
    op.create_index(op.f("ix_vouchers_seller_id"), "vouchers", ["seller_id"])


def _uses() -> None:
    op.create_table(
        "voucher_uses",
        sa.Column("order_code", sa.String(length=10), nullable=False),
        sa.Column("voucher_id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        _big("amount_vnd"),
        sa.Column("over", sa.Boolean(), nullable=False),
        _big("at_ms"),
        _big("returned_ms", nullable=True),
        sa.CheckConstraint("amount_vnd >= 0", name=op.f("ck_voucher_uses_amount")),
        *(
            sa.ForeignKeyConstraint([name], [key], name=op.f(f"fk_voucher_uses_{name}"))
            for name, key in (
                ("order_code", "orders.code"),
                ("voucher_id", "vouchers.id"),
                ("seller_id", "sellers.id"),
                ("person_id", "people.id"),
            )
        ),
        sa.PrimaryKeyConstraint("order_code", name=op.f("pk_voucher_uses")),
    )
    op.create_index(op.f("ix_voucher_uses_person_id"), "voucher_uses", ["person_id"])
    op.create_index(op.f("ix_voucher_uses_voucher_id"), "voucher_uses", ["voucher_id"])


def downgrade() -> None:
    for table in ("voucher_uses", "voucher_sellers", "vouchers"):
        op.drop_table(table)
