"""Refunds, the accounts buyers give for them, and what of a payment came, is owed back and went back."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_BEFORE = (
    "'payment', 'surplus', 'duplicate', 'unknown_code', 'refund_due', 'outgoing', 'remitted',"
    " 'not_ours'"
)
_SUMS = ("granted_vnd", "came_vnd", "owed_vnd", "back_vnd", "proved_vnd")
_RULES = {
    "refund": "refund_vnd >= 0 AND granted_vnd >= 0 AND refund_vnd + granted_vnd <= amount_vnd",
    "back": "back_vnd >= 0 AND back_vnd <= came_vnd",
    "proved": "proved_vnd >= 0 AND proved_vnd <= back_vnd",
}
_PARTS = (
    "SELECT {what} FROM matched_parts t WHERE t.payment_id = payments.id AND t.account IN ({of})"
)
_BACK = "'refund_due', 'surplus', 'duplicate'"


def upgrade() -> None:
    _accounts(f"{_BEFORE}, 'refunded', 'extra_back'")
    _widen_payments()
    _add_accounts()
    _add_refunds()


def downgrade() -> None:
    op.drop_table("refunds")
    op.drop_table("refund_accounts")
    with op.batch_alter_table("payments") as table:
        for name in _RULES:
            table.drop_constraint(op.f(f"ck_payments_{name}"), type_="check")
        table.create_check_constraint(
            op.f("ck_payments_refund"), "refund_vnd >= 0 AND refund_vnd <= amount_vnd"
        )
        for name in (*_SUMS, "owed_since_ms"):
            table.drop_column(name)
    for now, before in (
        ("payment_id IS NULL", "outgoing"),
        ("payment_id IS NOT NULL", "refund_due"),
    ):
        op.execute(
            f"UPDATE matched_parts SET account = '{before}' WHERE account = 'refunded' AND {now}"
        )
    op.execute("UPDATE matched_parts SET account = 'surplus' WHERE account = 'extra_back'")
    _accounts(_BEFORE)


def _accounts(names: str) -> None:
    with op.batch_alter_table("matched_parts") as table:
        table.drop_constraint(op.f("ck_matched_parts_account"), type_="check")
        table.create_check_constraint(op.f("ck_matched_parts_account"), f"account IN ({names})")


def _widen_payments() -> None:
    """What came and is owed is read from the parts there are; nothing was begun yet."""
    with op.batch_alter_table("payments") as table:
        for name in _SUMS:
            column = sa.Column(name, sa.BigInteger(), server_default="0", nullable=False)
            table.add_column(column)
        table.add_column(sa.Column("owed_since_ms", sa.BigInteger(), nullable=True))
        table.drop_constraint(op.f("ck_payments_refund"), type_="check")
    total = "COALESCE(SUM(t.amount_vnd), 0)"
    came = _PARTS.format(what=total, of=f"'payment', {_BACK}")
    owed = _PARTS.format(what=total, of=_BACK)
    since = _PARTS.format(what="MAX(t.at_ms)", of=_BACK)
    op.execute(
        f"UPDATE payments SET came_vnd = ({came}), owed_vnd = ({owed}), owed_since_ms = ({since})"
    )
    with op.batch_alter_table("payments") as table:
        for name, rule in _RULES.items():
            table.create_check_constraint(op.f(f"ck_payments_{name}"), rule)


def _add_accounts() -> None:
    op.create_table(
        "refund_accounts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("payment_id", _ID, nullable=False),
        sa.Column("bin", sa.String(length=6), nullable=False),
        sa.Column("tail", sa.String(length=4), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        *_references("refund_accounts", seller_id="sellers.id", payment_id="payments.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_accounts")),
    )
    for name in ("seller_id", "payment_id"):
        op.create_index(op.f(f"ix_refund_accounts_{name}"), "refund_accounts", [name])


def _add_refunds() -> None:
    op.create_table(
        "refunds",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("payment_id", _ID, nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=5), nullable=False),
        sa.Column("method", sa.String(length=4), server_default="bank", nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("granted_vnd", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("account_id", _ID, nullable=True),
        sa.Column("begun_ms", sa.BigInteger(), nullable=False),
        sa.Column("begun_by", sa.String(length=40), nullable=False),
        sa.Column("sent_ms", sa.BigInteger(), nullable=True),
        sa.Column("sent_by", sa.String(length=40), nullable=False),
        sa.Column("sent_reference", sa.String(length=80), nullable=False),
        sa.Column("proved_ms", sa.BigInteger(), nullable=True),
        sa.Column("out_line_id", _ID, nullable=True),
        sa.Column("returned_ms", sa.BigInteger(), nullable=True),
        sa.Column("back_line_id", _ID, nullable=True),
        sa.Column("dropped_ms", sa.BigInteger(), nullable=True),
        sa.Column("dropped_by", sa.String(length=40), nullable=False),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_refunds_{name}"))
            for name, rule in (
                ("amount", "amount_vnd > 0"),
                ("granted", "granted_vnd >= 0 AND granted_vnd <= amount_vnd"),
                ("source", "source IN ('paid', 'extra')"),
                ("method", "method IN ('bank', 'card')"),
                (
                    "state",
                    "state IN ('due', 'asked', 'sent', 'proved', 'returned', 'dropped')",
                ),
                ("proved", "state <> 'proved' OR proved_ms IS NOT NULL"),
                (
                    "sent",
                    "state <> 'sent' OR (sent_ms IS NOT NULL AND sent_by <> '' AND sent_reference <> '')",
                ),
            )
        ),
        *_references("refunds", seller_id="sellers.id", payment_id="payments.id"),
        *_references("refunds", account_id="refund_accounts.id"),
        *_references("refunds", out_line_id="bank_lines.id", back_line_id="bank_lines.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        *(
            sa.UniqueConstraint(name, name=op.f(f"uq_refunds_{name}"))
            for name in ("code", "out_line_id", "back_line_id")
        ),
    )
    op.create_index(op.f("ix_refunds_payment_id"), "refunds", ["payment_id"])
    op.create_index("ix_refunds_of_seller", "refunds", ["seller_id", "state", "begun_ms"])


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    """A foreign key for each column, named as the models name them."""
    return [
        sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_{table}_{name}"))
        for name, target in columns.items()
    ]
