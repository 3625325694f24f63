"""Cards: accounts at Stripe, attempts, what they brought and gave back; a third source of matched parts."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

_ID = sa.String(16)
_LIVE = sa.text("state IN ('asked', 'unknown', 'open')")
_TWO = "(bank_line_id IS NULL) <> (cash_line_id IS NULL)"
_THREE = " + ".join(
    f"CASE WHEN {source}_line_id IS NULL THEN 0 ELSE 1 END" for source in ("bank", "cash", "card")
)
_SOURCE = "ck_matched_parts_source"


def upgrade() -> None:
    _add_card_accounts()
    _add_card_notices()
    _add_card_attempts()
    _add_card_lines()
    _add_card_refunds()
    with op.batch_alter_table("matched_parts") as table:
        table.drop_constraint(op.f(_SOURCE), type_="check")
        table.add_column(sa.Column("card_line_id", _ID, nullable=True))
        table.create_foreign_key(
            op.f("fk_matched_parts_card_line_id"), "card_lines", ["card_line_id"], ["id"]
        )
        table.create_check_constraint(op.f(_SOURCE), f"{_THREE} = 1")
        table.create_index(op.f("ix_matched_parts_card_line_id"), ["card_line_id"])


def downgrade() -> None:
    op.execute("DELETE FROM matched_parts WHERE card_line_id IS NOT NULL")
    with op.batch_alter_table("matched_parts") as table:
        table.drop_constraint(op.f(_SOURCE), type_="check")
        table.drop_index(op.f("ix_matched_parts_card_line_id"))
        table.drop_constraint(op.f("fk_matched_parts_card_line_id"), type_="foreignkey")
        table.drop_column("card_line_id")
        table.create_check_constraint(op.f(_SOURCE), _TWO)
    op.drop_table("card_refunds")
    op.drop_table("card_lines")
    op.drop_table("card_attempts")
    op.drop_table("card_notices")
    op.drop_table("card_accounts")


def _add_card_accounts() -> None:
    op.create_table(
        "card_accounts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("provider_account", sa.String(length=60), nullable=False),
        sa.Column("secret_key", sa.Text(), nullable=False),
        sa.Column("webhook_secret", sa.Text(), nullable=False),
        sa.Column("old_webhook_secret", sa.Text(), nullable=True),
        sa.Column("old_until_ms", sa.BigInteger(), nullable=True),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("off_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_card_accounts_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_accounts")),
        sa.UniqueConstraint(
            "seller_id",
            "provider_account",
            name=op.f("uq_card_accounts_seller_id_provider_account"),
        ),
    )


def _add_card_notices() -> None:
    op.create_table(
        "card_notices",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("event_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('stored', 'read', 'unused', 'unreadable')",
            name=op.f("ck_card_notices_state"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["card_accounts.id"], name=op.f("fk_card_notices_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_card_notices_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_notices")),
        sa.UniqueConstraint(
            "account_id", "event_id", name=op.f("uq_card_notices_account_id_event_id")
        ),
    )
    op.create_index(op.f("ix_card_notices_seller_id"), "card_notices", ["seller_id"])


def _add_card_attempts() -> None:
    op.create_table(
        "card_attempts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("payment_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("session_id", sa.String(length=255), nullable=True),
        sa.Column("intent_id", sa.String(length=255), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("back_url", sa.Text(), nullable=False),
        sa.Column("trouble", sa.String(length=40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("confirms", sa.Integer(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.Column("returned_ms", sa.BigInteger(), nullable=True),
        sa.Column("off_ms", sa.BigInteger(), nullable=True),
        sa.Column("ask_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind IN ('checkout', 'intent')", name=op.f("ck_card_attempts_kind")),
        sa.CheckConstraint(
            "state IN ('asked', 'unknown', 'open', 'paid', 'ended', 'failed')",
            name=op.f("ck_card_attempts_state"),
        ),
        sa.CheckConstraint("amount_vnd > 0", name=op.f("ck_card_attempts_amount")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["card_accounts.id"], name=op.f("fk_card_attempts_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_card_attempts_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_card_attempts_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_attempts")),
    )
    op.create_index(op.f("ix_card_attempts_ask_ms"), "card_attempts", ["ask_ms"])
    op.create_index(op.f("ix_card_attempts_intent_id"), "card_attempts", ["intent_id"])
    op.create_index(op.f("ix_card_attempts_payment_id"), "card_attempts", ["payment_id"])
    op.create_index(op.f("ix_card_attempts_seller_id"), "card_attempts", ["seller_id"])
    op.create_index(op.f("ix_card_attempts_session_id"), "card_attempts", ["session_id"])
    op.create_index(
        "uq_card_attempts_live",
        "card_attempts",
        ["payment_id"],
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    )


def _add_card_lines() -> None:
    op.create_table(
        "card_lines",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("payment_id", _ID, nullable=False),
        sa.Column("attempt_id", _ID, nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("back_vnd", sa.BigInteger(), nullable=False),
        sa.Column("dispute_state", sa.String(length=40), nullable=False),
        sa.Column("dispute_vnd", sa.BigInteger(), nullable=False),
        sa.Column("dispute_due_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount_vnd > 0", name=op.f("ck_card_lines_amount")),
        sa.CheckConstraint(
            "back_vnd >= 0 AND back_vnd <= amount_vnd", name=op.f("ck_card_lines_back")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["card_accounts.id"], name=op.f("fk_card_lines_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["card_attempts.id"], name=op.f("fk_card_lines_attempt_id")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_card_lines_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_card_lines_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_lines")),
        sa.UniqueConstraint(
            "account_id", "reference", name=op.f("uq_card_lines_account_id_reference")
        ),
    )
    op.create_index(op.f("ix_card_lines_attempt_id"), "card_lines", ["attempt_id"])
    op.create_index(op.f("ix_card_lines_payment_id"), "card_lines", ["payment_id"])
    op.create_index(op.f("ix_card_lines_seller_id"), "card_lines", ["seller_id"])


def _add_card_refunds() -> None:
    op.create_table(
        "card_refunds",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("line_id", _ID, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("provider_id", sa.String(length=255), nullable=True),
        sa.Column("trouble", sa.String(length=40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
        sa.Column("ask_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'unknown', 'pending', 'succeeded', 'failed')",
            name=op.f("ck_card_refunds_state"),
        ),
        sa.CheckConstraint("amount_vnd > 0", name=op.f("ck_card_refunds_amount")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["card_lines.id"], name=op.f("fk_card_refunds_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_card_refunds_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_refunds")),
        sa.UniqueConstraint("seller_id", "key", name=op.f("uq_card_refunds_seller_id_key")),
    )
    op.create_index(op.f("ix_card_refunds_ask_ms"), "card_refunds", ["ask_ms"])
    op.create_index(op.f("ix_card_refunds_line_id"), "card_refunds", ["line_id"])
    op.create_index(op.f("ix_card_refunds_provider_id"), "card_refunds", ["provider_id"])
