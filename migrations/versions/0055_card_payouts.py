"""Moves of sellers' balances at Stripe, what was paid out of them; a seller's key for forms in their own pages."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_BIG = sa.BigInteger()


def upgrade() -> None:
    op.add_column(
        "card_accounts",
        sa.Column("public_key", sa.String(length=300), server_default="", nullable=False),
    )
    op.add_column("card_accounts", sa.Column("payouts_ms", _BIG, nullable=True))
    _add_payouts()
    _add_moves()


def downgrade() -> None:
    op.drop_table("card_moves")
    op.drop_table("card_payouts")
    op.drop_column("card_accounts", "payouts_ms")
    op.drop_column("card_accounts", "public_key")


def _add_payouts() -> None:
    op.create_table(
        "card_payouts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("provider_id", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", _BIG, nullable=False),
        sa.Column("worth_vnd", _BIG, nullable=True),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("arrives_ms", _BIG, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ask_ms", _BIG, nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'pending', 'in_transit', 'paid', 'failed', 'canceled')",
            name=op.f("ck_card_payouts_state"),
        ),
        *_of_seller("card_payouts"),
    )
    op.create_index("ix_card_payouts_of_seller", "card_payouts", ["seller_id", "arrives_ms"])
    op.create_index(op.f("ix_card_payouts_ask_ms"), "card_payouts", ["ask_ms"])


def _add_moves() -> None:
    op.create_table(
        "card_moves",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("line_id", _ID, nullable=True),
        sa.Column("payout_id", _ID, nullable=True),
        sa.Column("provider_id", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("gross_vnd", _BIG, nullable=False),
        sa.Column("fee_vnd", _BIG, nullable=False),
        sa.Column("worth_vnd", _BIG, nullable=False),
        sa.Column("at_ms", _BIG, nullable=False),
        sa.CheckConstraint(
            "kind IN ('charge', 'refund', 'dispute', 'fee', 'other')",
            name=op.f("ck_card_moves_kind"),
        ),
        sa.ForeignKeyConstraint(["line_id"], ["card_lines.id"], name=op.f("fk_card_moves_line_id")),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["card_payouts.id"], name=op.f("fk_card_moves_payout_id")
        ),
        *_of_seller("card_moves"),
    )
    for column in ("seller_id", "line_id", "payout_id"):
        op.create_index(op.f(f"ix_card_moves_{column}"), "card_moves", [column])


def _of_seller(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f(f"fk_{table}_seller_id")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["card_accounts.id"], name=op.f(f"fk_{table}_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "account_id", "provider_id", name=op.f(f"uq_{table}_account_id_provider_id")
        ),
    )
