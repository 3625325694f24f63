"""Stock by point and lot: what was there before lies in its seller's store, in one opening lot each."""

import sqlalchemy as sa
from alembic import op

from core import clock
from core.ids import new_id

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KINDS = (
    "kind IN ('receive', 'recount', 'spoil', 'transfer', 'consume', 'produce', 'open', 'close',"
    " 'returned', 'forecast', 'sell', 'grant', 'return', 'hold', 'release', 'allocate', 'ship')"
)
_OLD_KINDS = (
    "kind IN ('receive', 'recount', 'grant', 'return', 'hold', 'release', 'allocate', 'ship')"
)
_OLD_HOLD_STATES = "state IN ('active', 'ended', 'allocated')"
_HOLD_STATES = "state IN ('active', 'ended', 'allocated', 'shipped')"
_MODES = "mode IN ('pack', 'at_least', 'weigh_then_pay', 'estimate_then_settle')"


def upgrade() -> None:
    _widen_listings()
    _widen_products()
    _place_stock()
    _widen_movements()
    _let_holds_ship()
    _open_a_lot_for_what_is_there()
    _seal_movements()


def downgrade() -> None:
    _unseal_movements()
    op.execute("DELETE FROM lot_stock")
    with op.batch_alter_table("stock_movements") as table:
        table.drop_constraint(op.f("fk_stock_movements_lot_id"), type_="foreignkey")
        table.drop_index("ix_stock_movements_lot")
        table.drop_constraint(op.f("ck_stock_movements_kind"), type_="check")
        table.create_check_constraint(op.f("ck_stock_movements_kind"), _OLD_KINDS)
        for name in ("actor", "quantity", "lot_id"):
            table.drop_column(name)
    with op.batch_alter_table("stock_holds") as table:
        table.drop_constraint(op.f("ck_stock_holds_state"), type_="check")
        table.create_check_constraint(op.f("ck_stock_holds_state"), _OLD_HOLD_STATES)
    with op.batch_alter_table("stock") as table:
        table.drop_constraint(op.f("fk_stock_point_id"), type_="foreignkey")
        table.drop_constraint(op.f("uq_stock_product_id_point_id"), type_="unique")
        table.drop_index("ix_stock_store")
        table.drop_index(op.f("ix_stock_point_id"))
        table.create_unique_constraint(op.f("uq_stock_product_id"), ["product_id"])
        table.drop_column("in_store")
        table.drop_column("point_id")
    with op.batch_alter_table("products") as table:
        table.drop_constraint(op.f("ck_products_shelf_days"), type_="check")
        table.drop_constraint(op.f("ck_products_removal_days"), type_="check")
        for name in ("season_to", "season_from", "removal_days", "shelf_days"):
            table.drop_column(name)
        for name in ("standards", "brand", "kind"):
            table.drop_column(name)
    with op.batch_alter_table("listings") as table:
        table.drop_constraint(op.f("fk_listings_forecast_id"), type_="foreignkey")
        table.drop_constraint(op.f("ck_listings_mode"), type_="check")
        for name in ("forecast_id", "is_combo", "mode"):
            table.drop_column(name)


def _widen_listings() -> None:
    with op.batch_alter_table("listings") as table:
        table.add_column(sa.Column("mode", sa.String(24), server_default="pack", nullable=False))
        table.add_column(sa.Column("is_combo", sa.Boolean(), server_default="0", nullable=False))
        table.add_column(sa.Column("forecast_id", sa.String(16)))
        table.create_check_constraint(op.f("ck_listings_mode"), _MODES)
        table.create_foreign_key(
            op.f("fk_listings_forecast_id"), "forecasts", ["forecast_id"], ["id"]
        )


def _widen_products() -> None:
    with op.batch_alter_table("products") as table:
        for name, length in (("kind", 24), ("brand", 80), ("standards", 300)):
            table.add_column(sa.Column(name, sa.String(length), server_default="", nullable=False))
        table.add_column(sa.Column("shelf_days", sa.Integer()))
        table.add_column(
            sa.Column("removal_days", sa.Integer(), server_default="0", nullable=False)
        )
        table.add_column(sa.Column("season_from", sa.Integer()))
        table.add_column(sa.Column("season_to", sa.Integer()))
        table.create_check_constraint(op.f("ck_products_shelf_days"), "shelf_days > 0")
        table.create_check_constraint(op.f("ck_products_removal_days"), "removal_days >= 0")


def _place_stock() -> None:
    with op.batch_alter_table("stock") as table:
        table.add_column(sa.Column("point_id", sa.String(16)))
        table.add_column(sa.Column("in_store", sa.Boolean(), server_default="1", nullable=False))
    sellers = op.get_bind().execute(sa.text("SELECT id, created_ms FROM sellers")).all()
    for seller_id, created_ms in sellers:
        _open_store(seller_id, created_ms)
    with op.batch_alter_table("stock") as table:
        table.alter_column("point_id", existing_type=sa.String(16), nullable=False)
        table.alter_column("in_store", existing_type=sa.Boolean(), server_default=None)
        table.drop_constraint(op.f("uq_stock_product_id"), type_="unique")
        table.create_index(op.f("ix_stock_point_id"), ["point_id"])
        table.create_index("ix_stock_store", ["product_id", "in_store"])
        table.create_unique_constraint(
            op.f("uq_stock_product_id_point_id"), ["product_id", "point_id"]
        )
        table.create_foreign_key(op.f("fk_stock_point_id"), "stock_points", ["point_id"], ["id"])


def _open_store(seller_id: str, created_ms: int) -> None:
    point_id = new_id()
    run = op.get_bind().execute
    run(
        sa.text(
            "INSERT INTO stock_points (id, seller_id, kind, name, created_ms)"
            " VALUES (:id, :seller, 'store', 'Kho chính', :at)"
        ),
        {"id": point_id, "seller": seller_id, "at": created_ms},
    )
    run(
        sa.text("UPDATE stock SET point_id = :id WHERE seller_id = :seller"),
        {"id": point_id, "seller": seller_id},
    )


def _widen_movements() -> None:
    with op.batch_alter_table("stock_movements") as table:
        table.add_column(sa.Column("lot_id", sa.String(16)))
        table.add_column(sa.Column("quantity", sa.BigInteger(), server_default="0", nullable=False))
        table.add_column(sa.Column("actor", sa.String(40), server_default="", nullable=False))
        table.create_index("ix_stock_movements_lot", ["lot_id", "id"])
        table.create_foreign_key(op.f("fk_stock_movements_lot_id"), "lots", ["lot_id"], ["id"])
        table.drop_constraint(op.f("ck_stock_movements_kind"), type_="check")
        table.create_check_constraint(op.f("ck_stock_movements_kind"), _KINDS)


def _let_holds_ship() -> None:
    with op.batch_alter_table("stock_holds") as table:
        table.drop_constraint(op.f("ck_stock_holds_state"), type_="check")
        table.create_check_constraint(op.f("ck_stock_holds_state"), _HOLD_STATES)


def _open_a_lot_for_what_is_there() -> None:
    rows = op.get_bind().execute(
        sa.text(
            "SELECT s.id, s.seller_id, s.product_id, s.on_hand, p.created_ms FROM stock s"
            " JOIN products p ON p.id = s.product_id WHERE s.on_hand > 0 ORDER BY s.id"
        )
    )
    for number, (stock_id, seller_id, product_id, on_hand, at) in enumerate(rows.all(), 1):
        facts = {
            "lot": new_id(),
            "stock": stock_id,
            "seller": seller_id,
            "product": product_id,
            "quantity": on_hand,
            "code": f"L-0000-{number}",
            "day": clock.day_of(at).isoformat(),
            "at": at,
        }
        for statement in _OPENING:
            op.get_bind().execute(sa.text(statement), facts)


_OPENING_LOT = """
INSERT INTO lots (id, seller_id, product_id, code, origin, state, waits_for, why, harvested_on, grade,
    interval_days, notes, created_by, created_ms)
VALUES (:lot, :seller, :product, :code, 'opening', 'available', '', '', :day, '', 0, '', '', :at)
"""
_OPENING_QUANTITY = """
INSERT INTO lot_stock (lot_id, stock_id, seller_id, quantity, bound)
VALUES (:lot, :stock, :seller, :quantity, 0)
"""
_OPENING_MOVEMENT = """
INSERT INTO stock_movements (seller_id, stock_id, kind, lot_id, quantity, on_hand, allocated, held,
    holder, reason, actor, at_ms)
VALUES (:seller, :stock, 'receive', :lot, :quantity, 0, 0, 0, '', 'opening lot', '', :at)
"""
_OPENING = (_OPENING_LOT, _OPENING_QUANTITY, _OPENING_MOVEMENT)

_REFUSE_SQLITE = (
    "CREATE TRIGGER stock_movements_no_{what} BEFORE {what} ON stock_movements"
    " BEGIN SELECT RAISE(ABORT, 'stock_movements are never changed'); END"
)


def _seal_movements() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_REFUSE_SQLITE.format(what="update"))
        op.execute(_REFUSE_SQLITE.format(what="delete"))
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION '% are never changed', TG_TABLE_NAME; END $$"
    )
    op.execute(
        "CREATE TRIGGER stock_movements_no_change BEFORE UPDATE OR DELETE ON stock_movements"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def _unseal_movements() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER stock_movements_no_update")
        op.execute("DROP TRIGGER stock_movements_no_delete")
        return
    op.execute("DROP TRIGGER stock_movements_no_change ON stock_movements")
    op.execute("DROP FUNCTION refuse_change()")
