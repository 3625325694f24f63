"""The members' book: dated terms, whose each sold line is, what payees are owed, and their payouts."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_BEFORE = (
    "'payment', 'surplus', 'duplicate', 'unknown_code', 'refund_due', 'outgoing', 'remitted',"
    " 'not_ours', 'refunded', 'extra_back'"
)


def upgrade() -> None:
    _accounts(f"{_BEFORE}, 'paid_out'")
    _rules()
    _sale_shares()
    _payee_entries()
    _payee_accounts()
    _pay_runs()
    _payouts()


def _rules() -> None:
    _dated("book_terms", sa.Column("mode", sa.String(length=16), nullable=False))
    op.create_index("ix_book_terms_of_seller", "book_terms", ["seller_id", "from_ms"])
    _dated(
        "grade_prices",
        sa.Column("product_id", _ID, nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column("price_vnd", sa.BigInteger(), nullable=False),
        _key("grade_prices", "product_id", "products.id"),
    )
    op.create_index(
        "ix_grade_prices_of_product", "grade_prices", ["seller_id", "product_id", "from_ms"]
    )
    _dated(
        "deduction_rates",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
    )
    op.create_index("ix_deduction_rates_of_seller", "deduction_rates", ["seller_id", "from_ms"])


def _sale_shares() -> None:
    table = "sale_shares"
    op.create_table(
        table,
        sa.Column("line_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("order_code", sa.String(length=10), nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("base_unit", sa.String(length=5), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("earned_vnd", sa.BigInteger(), nullable=False),
        sa.Column("whole_vnd", sa.BigInteger(), nullable=False),
        *_checks(table),
        _key(table, "line_id", "order_lines.id"),
        _key(table, "member_id", "members.id"),
        _key(table, "order_code", "orders.code"),
        _key(table, "seller_id", "sellers.id"),
        sa.PrimaryKeyConstraint("line_id", "position", "member_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f("ix_sale_shares_order_code"), table, ["order_code"])
    op.create_index("ix_sale_shares_of_member", table, ["seller_id", "member_id"])


def _payee_entries() -> None:
    table = "payee_entries"
    op.create_table(
        table,
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("payee", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=160), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("day_ms", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("cash", sa.Boolean(), nullable=False),
        sa.Column("reverses_id", _ID, nullable=True),
        *_checks(table),
        _key(table, "seller_id", "sellers.id"),
        _key(table, "reverses_id", "payee_entries.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("seller_id", "key", name=op.f(f"uq_{table}_seller_id_key")),
        sa.UniqueConstraint("reverses_id", name=op.f(f"uq_{table}_reverses_id")),
    )
    op.create_index("ix_payee_entries_of_payee", table, ["seller_id", "payee", "at_ms"])
    op.create_index("ix_payee_entries_of_reference", table, ["seller_id", "reference"])


def _payee_accounts() -> None:
    table = "payee_accounts"
    op.create_table(
        table,
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("payee", sa.String(length=40), nullable=False),
        sa.Column("bin", sa.String(length=6), nullable=False),
        sa.Column("bank_name", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("last4", sa.String(length=4), nullable=False),
        sa.Column("holder_name", sa.String(length=80), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=40), nullable=False),
        sa.Column("confirmed_ms", sa.BigInteger(), nullable=True),
        _key(table, "seller_id", "sellers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_payee_accounts_of_payee", table, ["seller_id", "payee", "at_ms"])


def _pay_runs() -> None:
    table = "pay_runs"
    op.create_table(
        table,
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("total_vnd", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("agreed_by", sa.String(length=40), nullable=False),
        sa.Column("agreed_ms", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_by", sa.String(length=40), nullable=False),
        sa.Column("cancelled_ms", sa.BigInteger(), nullable=True),
        *_checks(table),
        _key(table, "seller_id", "sellers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("seller_id", "number", name=op.f(f"uq_{table}_seller_id_number")),
        sa.UniqueConstraint("code", name=op.f(f"uq_{table}_code")),
    )


def _payouts() -> None:
    table = "payouts"
    op.create_table(
        table,
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("run_id", _ID, nullable=True),
        sa.Column("payee", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("method", sa.String(length=4), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("account_id", _ID, nullable=True),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("word", sa.String(length=80), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("paid_ms", sa.BigInteger(), nullable=True),
        sa.Column("returned_ms", sa.BigInteger(), nullable=True),
        sa.Column("bank_line_id", _ID, nullable=True),
        sa.Column("returned_line_id", _ID, nullable=True),
        *_checks(table),
        _key(table, "seller_id", "sellers.id"),
        _key(table, "run_id", "pay_runs.id"),
        _key(table, "account_id", "payee_accounts.id"),
        _key(table, "bank_line_id", "bank_lines.id"),
        _key(table, "returned_line_id", "bank_lines.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("code", name=op.f(f"uq_{table}_code")),
        sa.UniqueConstraint("returned_line_id", name=op.f(f"uq_{table}_returned_line_id")),
    )
    op.create_index("ix_payouts_of_payee", table, ["seller_id", "payee", "state"])
    op.create_index("ix_payouts_run", table, ["run_id"])
    op.create_index("ix_payouts_bank_line", table, ["bank_line_id"])


def _dated(table: str, *columns: sa.schema.SchemaItem) -> None:
    """A table of rules, each from a moment on."""
    op.create_table(
        table,
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        *columns,
        sa.Column("from_ms", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        *_checks(table),
        _key(table, "seller_id", "sellers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


_CHECKS = {
    "book_terms": {"mode": "mode IN ('bought_at_intake', 'share_of_sale')"},
    "grade_prices": {"price": "price_vnd > 0"},
    "deduction_rates": {
        "kind": "kind IN ('packing', 'fund', 'other')",
        "rate": "rate >= 0 AND rate <= 10000",
    },
    "sale_shares": {
        "quantity": "quantity >= 0",
        "sums": "earned_vnd >= 0 AND whole_vnd >= earned_vnd",
    },
    "payee_entries": {
        "kind": "kind IN ('sale', 'intake', 'extra', 'packing', 'fund', 'other', 'advance',"
        " 'charge', 'payout', 'returned')",
        "amount": "amount_vnd <> 0",
    },
    "pay_runs": {
        "state": "state IN ('drafted', 'agreed', 'cancelled')",
        "total": "total_vnd > 0",
    },
    "payouts": {
        "amount": "amount_vnd > 0",
        "method": "method IN ('bank', 'cash')",
        "state": "state IN ('waiting', 'paid', 'returned', 'cancelled')",
        "account": "(method = 'bank') = (account_id IS NOT NULL)",
    },
}


def _checks(table: str) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))
        for name, rule in _CHECKS[table].items()
    ]


def downgrade() -> None:
    for table in (
        "payouts",
        "pay_runs",
        "payee_accounts",
        "payee_entries",
        "sale_shares",
        "deduction_rates",
        "grade_prices",
        "book_terms",
    ):
        op.drop_table(table)
    op.execute("UPDATE matched_parts SET account = 'outgoing' WHERE account = 'paid_out'")
    _accounts(_BEFORE)


def _accounts(names: str) -> None:
    with op.batch_alter_table("matched_parts") as table:
        table.drop_constraint(op.f("ck_matched_parts_account"), type_="check")
        table.create_check_constraint(op.f("ck_matched_parts_account"), f"account IN ({names})")
