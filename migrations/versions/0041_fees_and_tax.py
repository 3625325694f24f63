"""Platform fees and household tax: rules, what is frozen, each đồng entered, monthly invoices, dated rates."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_SELLER = ("seller_id", "sellers.id")
_RATES = (  # day, its midnight in Vietnam (UTC ms), VAT, PIT, threshold, source
    (1609434000000, 100, 50, 100_000_000, "Thông tư 40/2021/TT-BTC, phụ lục I: phân phối hàng hóa"),
    (1751302800000, 100, 50, 100_000_000, "Nghị định 117/2025/NĐ-CP: hàng hóa trên sàn"),
    (
        1767200400000,
        100,
        50,
        500_000_000,
        "Nghị quyết 198/2025/QH15 (bỏ thuế khoán); Luật 109/2025/QH15, 149/2025/QH15 (ngưỡng 500 triệu)",
    ),
)


def upgrade() -> None:
    _rules()
    _frozen()
    _invoices()
    _entries()
    _tax()
    op.execute("INSERT INTO fee_office (id, seller_id, last_number) VALUES (1, NULL, 0)")
    rates = sa.table(
        "tax_rates",
        *(sa.column(name) for name in ("from_ms", "vat_basis_points", "pit_basis_points")),
        *(sa.column(name) for name in ("exempt_vnd", "source", "made_by")),
    )
    names = ("from_ms", "vat_basis_points", "pit_basis_points", "exempt_vnd", "source")
    rows = [{**dict(zip(names, rate, strict=True)), "made_by": "market"} for rate in _RATES]
    op.bulk_insert(rates, rows)


def downgrade() -> None:
    for table in (
        *("tax_entries", "tax_modes", "tax_rates", "fee_entries", "fee_invoices"),
        *("fee_office", "order_fee_parts", "order_fees", "fee_rules"),
    ):
        op.drop_table(table)


def _sums(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, _ID, nullable=nullable)


def _may_lack(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=True)


def _checks(table: str, **rules: str) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items()
    ]


def _keys(table: str, *keys: tuple[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [key], name=op.f(f"fk_{table}_{name}"))
        for name, key in keys
    ]


def _primary(table: str, *names: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*names, name=op.f(f"pk_{table}"))


def _unique(table: str, *names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*names, name=op.f(f"uq_{table}_{'_'.join(names)}"))


def _rules() -> None:
    op.create_table(
        "fee_rules",
        _id("id"),
        *_sums("place"),
        _text("title", 80),
        _id("seller_id", nullable=True),
        _text("channel", 8),
        _text("kind", 24),
        *_sums("basis_points", "fixed_vnd", "least_vnd"),
        _may_lack("most_vnd"),
        *_sums("from_ms"),
        _may_lack("until_ms"),
        _text("made_by", 40),
        *_sums("created_ms"),
        *_checks(
            "fee_rules",
            channel="channel IN ('', 'live', 'web', 'staff', 'stall', 'outside')",
            share="basis_points >= 0 AND basis_points <= 10000",
            sums="fixed_vnd >= 0 AND least_vnd >= 0",
            cap="most_vnd IS NULL OR most_vnd >= least_vnd",
            period="until_ms IS NULL OR until_ms >= from_ms",
        ),
        *_keys("fee_rules", _SELLER),
        _primary("fee_rules", "id"),
    )


def _frozen() -> None:
    op.create_table(
        "order_fees",
        _text("order_code", 10),
        _id("seller_id"),
        _text("channel", 8),
        *_sums("goods_vnd", "base_vnd", "fee_vnd", "frozen_ms"),
        *_checks(
            "order_fees", fee="fee_vnd >= 0 AND fee_vnd <= base_vnd", base="base_vnd <= goods_vnd"
        ),
        *_keys("order_fees", ("order_code", "orders.code"), _SELLER),
        _primary("order_fees", "order_code"),
    )
    op.create_index("ix_order_fees_of_seller", "order_fees", ["seller_id", "frozen_ms"])
    op.create_table(
        "order_fee_parts",
        _text("order_code", 10),
        _id("rule_id"),
        _id("seller_id"),
        *_sums("basis_points", "fixed_vnd", "least_vnd"),
        _may_lack("most_vnd"),
        *_sums("base_vnd", "fee_vnd"),
        *_keys(
            "order_fee_parts",
            ("order_code", "order_fees.order_code"),
            ("rule_id", "fee_rules.id"),
            _SELLER,
        ),
        _primary("order_fee_parts", "order_code", "rule_id"),
    )


def _invoices() -> None:
    op.create_table(
        "fee_office",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        _id("seller_id", nullable=True),
        *_sums("last_number"),
        *_keys("fee_office", _SELLER),
        _primary("fee_office", "id"),
    )
    op.create_table(
        "fee_invoices",
        _id("id"),
        *_sums("number"),
        _id("seller_id"),
        _text("month", 7),
        *_sums("fees_vnd", "reversed_vnd", "tax_vnd", "total_vnd"),
        _text("code", 10),
        sa.Column("asked", sa.Boolean(), nullable=False),
        *_sums("issued_ms", "due_ms"),
        _may_lack("paid_ms"),
        _text("paid_by", 8),
        _text("paid_actor", 40),
        _text("paid_note", 200),
        *_checks(
            "fee_invoices",
            number="number > 0",
            total="total_vnd > 0",
            sum="total_vnd = fees_vnd - reversed_vnd + tax_vnd",
            paid_by="paid_by IN ('', 'bank', 'attested')",
            paid="(paid_by = '') = (paid_ms IS NULL)",
        ),
        *_keys("fee_invoices", _SELLER),
        _primary("fee_invoices", "id"),
        _unique("fee_invoices", "number"),
        _unique("fee_invoices", "code"),
        _unique("fee_invoices", "seller_id", "month"),
    )


def _entries() -> None:
    op.create_table(
        "fee_entries",
        _id("id"),
        _text("order_code", 10),
        *_sums("number"),
        _id("seller_id"),
        _text("kind", 8),
        *_sums("amount_vnd", "at_ms"),
        _id("invoice_id", nullable=True),
        *_checks(
            "fee_entries",
            kind="kind IN ('fee', 'reversal')",
            first="(number = 1) = (kind = 'fee')",
            amount="amount_vnd > 0",
        ),
        *_keys(
            "fee_entries",
            ("order_code", "order_fees.order_code"),
            _SELLER,
            ("invoice_id", "fee_invoices.id"),
        ),
        _primary("fee_entries", "id"),
        _unique("fee_entries", "order_code", "number"),
    )
    op.create_index("ix_fee_entries_of_seller", "fee_entries", ["seller_id", "at_ms"])
    op.create_index(op.f("ix_fee_entries_invoice_id"), "fee_entries", ["invoice_id"])


def _tax() -> None:
    op.create_table(
        "tax_rates",
        sa.Column("from_ms", sa.BigInteger(), autoincrement=False, nullable=False),
        *_sums("vat_basis_points", "pit_basis_points", "exempt_vnd"),
        _text("source", 300),
        _text("made_by", 40),
        *_checks(
            "tax_rates",
            vat="vat_basis_points >= 0 AND vat_basis_points <= 10000",
            pit="pit_basis_points >= 0 AND pit_basis_points <= 10000",
            exempt="exempt_vnd >= 0",
        ),
        _primary("tax_rates", "from_ms"),
    )
    op.create_table(
        "tax_modes",
        _id("seller_id"),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        _text("mode", 8),
        _text("actor", 40),
        *_sums("from_ms"),
        *_checks("tax_modes", mode="mode IN ('record', 'withhold', 'off')", number="number > 0"),
        *_keys("tax_modes", _SELLER),
        _primary("tax_modes", "seller_id", "number"),
    )
    op.create_table(
        "tax_entries",
        _id("id"),
        _text("order_code", 10),
        *_sums("number"),
        _id("seller_id"),
        _text("mode", 8),
        *_sums("turnover_vnd", "vat_vnd", "pit_vnd", "vat_basis_points", "pit_basis_points"),
        *_sums("at_ms"),
        _id("invoice_id", nullable=True),
        *_checks("tax_entries", mode="mode IN ('record', 'withhold')"),
        *_keys(
            "tax_entries",
            ("order_code", "orders.code"),
            _SELLER,
            ("invoice_id", "fee_invoices.id"),
        ),
        _primary("tax_entries", "id"),
        _unique("tax_entries", "order_code", "number"),
    )
    op.create_index("ix_tax_entries_of_seller", "tax_entries", ["seller_id", "at_ms"])
    op.create_index(op.f("ix_tax_entries_invoice_id"), "tax_entries", ["invoice_id"])
