"""Orders: several holds to a line, gifts, what a short harvest cut, and who was told of a recall."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_OLD_HOLD_STATES = "state IN ('active', 'ended', 'allocated', 'shipped')"
_HOLD_STATES = "state IN ('active', 'ended', 'allocated', 'shipped', 'cut')"
_REFUND = "refund_vnd >= 0 AND refund_vnd <= amount_vnd"


def upgrade() -> None:
    _let_holds_be_cut()
    _let_payments_go_back_in_part()
    _widen_orders()
    _add_parts()
    _add_cuts()
    _add_recall_notices()


def downgrade() -> None:
    op.drop_table("recall_notices")
    op.drop_table("order_cuts")
    with op.batch_alter_table("order_lines") as table:
        table.add_column(sa.Column("hold_id", sa.String(16)))
        table.drop_constraint(op.f("ck_order_lines_packs"), type_="check")
        table.create_check_constraint(op.f("ck_order_lines_packs"), "packs > 0")
    op.execute(
        "UPDATE order_lines SET hold_id = (SELECT hold_id FROM order_line_parts"
        " WHERE line_id = order_lines.id AND position = 0)"
    )
    with op.batch_alter_table("order_lines") as table:
        table.alter_column("hold_id", existing_type=sa.String(16), nullable=False)
        table.create_foreign_key(op.f("fk_order_lines_hold_id"), "stock_holds", ["hold_id"], ["id"])
    op.drop_table("order_line_parts")
    with op.batch_alter_table("orders") as table:
        table.drop_constraint(op.f("ck_orders_cut_refund"), type_="check")
        for name in ("cut_refund_vnd", "hides_prices", "gift_note"):
            table.drop_column(name)
        for name in ("recipient_phone", "recipient_name"):
            table.drop_column(name)
    with op.batch_alter_table("payments") as table:
        table.drop_constraint(op.f("ck_payments_refund"), type_="check")
        table.drop_column("refund_vnd")
    with op.batch_alter_table("stock_holds") as table:
        table.drop_constraint(op.f("ck_stock_holds_state"), type_="check")
        table.create_check_constraint(op.f("ck_stock_holds_state"), _OLD_HOLD_STATES)
        table.drop_constraint(op.f("ck_stock_holds_pack_size"), type_="check")
        table.drop_column("pack_size")


def _let_holds_be_cut() -> None:
    with op.batch_alter_table("stock_holds") as table:
        table.add_column(
            sa.Column("pack_size", sa.BigInteger(), server_default="1", nullable=False)
        )
        table.create_check_constraint(op.f("ck_stock_holds_pack_size"), "pack_size > 0")
        table.drop_constraint(op.f("ck_stock_holds_state"), type_="check")
        table.create_check_constraint(op.f("ck_stock_holds_state"), _HOLD_STATES)


def _let_payments_go_back_in_part() -> None:
    with op.batch_alter_table("payments") as table:
        table.add_column(
            sa.Column("refund_vnd", sa.BigInteger(), server_default="0", nullable=False)
        )
        table.create_check_constraint(op.f("ck_payments_refund"), _REFUND)


def _widen_orders() -> None:
    with op.batch_alter_table("orders") as table:
        for name, length in (("recipient_name", 80), ("recipient_phone", 16), ("gift_note", 300)):
            table.add_column(sa.Column(name, sa.String(length), server_default="", nullable=False))
        table.add_column(
            sa.Column("hides_prices", sa.Boolean(), server_default="0", nullable=False)
        )
        table.add_column(
            sa.Column("cut_refund_vnd", sa.BigInteger(), server_default="0", nullable=False)
        )
        table.create_check_constraint(op.f("ck_orders_cut_refund"), "cut_refund_vnd >= 0")


def _add_parts() -> None:
    """Each line there is has one part, served by the hold it had; its packs are the hold's."""
    op.create_table(
        "order_line_parts",
        sa.Column("line_id", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.String(16), nullable=False),
        sa.Column("listing_id", sa.String(16), nullable=False),
        sa.Column("hold_id", sa.String(16), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("unit_word", sa.String(40), nullable=False),
        sa.Column("base_unit", sa.String(5), nullable=False),
        sa.Column("pack_size", sa.BigInteger(), nullable=False),
        sa.Column("packs", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("packs >= 0", name=op.f("ck_order_line_parts_packs")),
        *_references("order_line_parts", line_id="order_lines.id", seller_id="sellers.id"),
        *_references("order_line_parts", listing_id="listings.id", hold_id="stock_holds.id"),
        sa.PrimaryKeyConstraint("line_id", "position", name=op.f("pk_order_line_parts")),
        sa.UniqueConstraint("hold_id", name=op.f("uq_order_line_parts_hold_id")),
    )
    op.execute(
        "INSERT INTO order_line_parts (line_id, position, seller_id, listing_id, hold_id, name,"
        " unit_word, base_unit, pack_size, packs) SELECT id, 0, seller_id, listing_id, hold_id,"
        " name, unit_word, base_unit, pack_size, packs FROM order_lines"
    )
    op.execute(
        "UPDATE stock_holds SET pack_size = COALESCE((SELECT MIN(p.pack_size)"
        " FROM order_line_parts p WHERE p.hold_id = stock_holds.id), 1)"
    )
    with op.batch_alter_table("order_lines") as table:
        table.drop_constraint(op.f("fk_order_lines_hold_id"), type_="foreignkey")
        table.drop_column("hold_id")
        table.drop_constraint(op.f("ck_order_lines_packs"), type_="check")
        table.create_check_constraint(op.f("ck_order_lines_packs"), "packs >= 0")


def _add_cuts() -> None:
    op.create_table(
        "order_cuts",
        sa.Column("line_id", sa.String(16), nullable=False),
        sa.Column("forecast_id", sa.String(16), nullable=False),
        sa.Column("order_code", sa.String(10), nullable=False),
        sa.Column("seller_id", sa.String(16), nullable=False),
        sa.Column("packs", sa.BigInteger(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.Boolean(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("packs > 0", name=op.f("ck_order_cuts_packs")),
        sa.CheckConstraint("amount_vnd >= 0", name=op.f("ck_order_cuts_amount")),
        *_references("order_cuts", line_id="order_lines.id", forecast_id="forecasts.id"),
        *_references("order_cuts", order_code="orders.code", seller_id="sellers.id"),
        sa.PrimaryKeyConstraint("line_id", "forecast_id", name=op.f("pk_order_cuts")),
    )
    op.create_index(op.f("ix_order_cuts_order_code"), "order_cuts", ["order_code"])


def _add_recall_notices() -> None:
    op.create_table(
        "recall_notices",
        sa.Column("lot_id", sa.String(16), nullable=False),
        sa.Column("order_code", sa.String(10), nullable=False),
        sa.Column("seller_id", sa.String(16), nullable=False),
        sa.Column("waiting", sa.BigInteger(), nullable=False),
        sa.Column("told_by", sa.String(40), nullable=False),
        sa.Column("told_ms", sa.BigInteger()),
        *_references("recall_notices", lot_id="lots.id", order_code="orders.code"),
        *_references("recall_notices", seller_id="sellers.id"),
        sa.PrimaryKeyConstraint("lot_id", "order_code", name=op.f("pk_recall_notices")),
    )


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    """A foreign key for each column, named as the models name them."""
    return [
        sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_{table}_{name}"))
        for name, target in columns.items()
    ]
