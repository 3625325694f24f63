"""Ways of delivery get zones, dated fees, slots with places, coaches and carriers."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_KINDS = "kind IN ('pickup', 'own_run', 'coach', 'carrier')"
_OLD_KINDS = "kind IN ('pickup', 'own_run')"
_STATES = "state IN ('asked', 'booked', 'picked_up', 'moving', 'delivered', 'refused', 'returned', 'lost')"


def upgrade() -> None:
    _zones()
    _fees()
    op.execute(
        "INSERT INTO delivery_fees (id, seller_id, way_id, up_to_g, fee_vnd, on_arrival, free_from_vnd,"
        " valid_from_ms, valid_until_ms)"
        " SELECT id, seller_id, id, up_to_g, fee_vnd, false, free_from_vnd, valid_from_ms, valid_until_ms"
        " FROM delivery_ways"
    )
    _ways()
    _slots()
    _carrier_parcels()


def _new_of_ways() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("by_slot", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("packing_g", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("transit_h", sa.BigInteger(), nullable=True),
        sa.Column("plate", sa.String(length=20), server_default="", nullable=False),
        sa.Column("driver_phone", sa.String(length=16), server_default="", nullable=False),
        sa.Column("stop", sa.String(length=120), server_default="", nullable=False),
        sa.Column("carrier", sa.String(length=16), server_default="", nullable=False),
    )


def _ways() -> None:
    with op.batch_alter_table("delivery_ways", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_delivery_ways_kind"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_delivery_ways_fee"), type_="check")
        for column in _new_of_ways():
            batch_op.add_column(column)
        batch_op.create_check_constraint(batch_op.f("ck_delivery_ways_kind"), _KINDS)
        batch_op.create_check_constraint(batch_op.f("ck_delivery_ways_packing"), "packing_g >= 0")
        for name in ("fee_vnd", "free_from_vnd", "up_to_g"):
            batch_op.drop_column(name)


def _zones() -> None:
    op.create_table(
        "delivery_zones",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_delivery_zones_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_zones")),
    )
    _index_of_seller("delivery_zones")
    op.create_table(
        "delivery_zone_places",
        sa.Column("zone_id", _ID, nullable=False),
        sa.Column("place_code", sa.String(length=5), nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_delivery_zone_places_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["delivery_zones.id"], name=op.f("fk_delivery_zone_places_zone_id")
        ),
        sa.PrimaryKeyConstraint("zone_id", "place_code", name=op.f("pk_delivery_zone_places")),
    )


def _fees() -> None:
    op.create_table(
        "delivery_fees",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("way_id", _ID, nullable=False),
        sa.Column("zone_id", _ID, nullable=True),
        sa.Column("up_to_g", sa.BigInteger(), nullable=True),
        sa.Column("fee_vnd", sa.BigInteger(), nullable=False),
        sa.Column("on_arrival", sa.Boolean(), nullable=False),
        sa.Column("free_from_vnd", sa.BigInteger(), nullable=True),
        sa.Column("valid_from_ms", sa.BigInteger(), nullable=False),
        sa.Column("valid_until_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("fee_vnd >= 0", name=op.f("ck_delivery_fees_fee")),
        sa.CheckConstraint(
            "NOT on_arrival OR fee_vnd = 0", name=op.f("ck_delivery_fees_on_arrival")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_delivery_fees_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["way_id"], ["delivery_ways.id"], name=op.f("fk_delivery_fees_way_id")
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["delivery_zones.id"], name=op.f("fk_delivery_fees_zone_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_fees")),
    )
    _index_of_seller("delivery_fees")
    with op.batch_alter_table("delivery_fees", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_fees_way_id"), ["way_id"], unique=False)


def _slots() -> None:
    op.create_table(
        "delivery_slots",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("way_id", _ID, nullable=False),
        sa.Column("starts_ms", sa.BigInteger(), nullable=False),
        sa.Column("ends_ms", sa.BigInteger(), nullable=False),
        sa.Column("cutoff_ms", sa.BigInteger(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "capacity >= 0 AND used >= 0 AND used <= capacity",
            name=op.f("ck_delivery_slots_places"),
        ),
        sa.CheckConstraint("starts_ms < ends_ms", name=op.f("ck_delivery_slots_order")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_delivery_slots_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["way_id"], ["delivery_ways.id"], name=op.f("fk_delivery_slots_way_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_slots")),
    )
    _index_of_seller("delivery_slots")
    op.create_index(
        "uq_delivery_slots_start", "delivery_slots", ["way_id", "starts_ms"], unique=True
    )


def _carrier_parcels() -> None:
    op.create_table(
        "carrier_parcels",
        sa.Column("shipment_id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("carrier", sa.String(length=16), nullable=False),
        sa.Column("tracking_code", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("fee_vnd", sa.BigInteger(), nullable=True),
        sa.Column("cod_vnd", sa.BigInteger(), nullable=False),
        sa.Column("asked_ms", sa.BigInteger(), nullable=False),
        sa.Column("moved_ms", sa.BigInteger(), nullable=False),
        sa.Column("ask_ms", sa.BigInteger(), nullable=True),
        sa.Column("trouble", sa.String(length=120), nullable=False),
        sa.CheckConstraint(_STATES, name=op.f("ck_carrier_parcels_state")),
        sa.CheckConstraint("cod_vnd >= 0", name=op.f("ck_carrier_parcels_cod")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_carrier_parcels_seller_id")
        ),
        sa.PrimaryKeyConstraint("shipment_id", name=op.f("pk_carrier_parcels")),
    )
    _index_of_seller("carrier_parcels")
    op.create_index(
        "uq_carrier_parcels_tracking",
        "carrier_parcels",
        ["carrier", "tracking_code"],
        unique=True,
    )
    op.create_index("ix_carrier_parcels_ask", "carrier_parcels", ["ask_ms"], unique=False)


def _index_of_seller(table: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_seller_id"), ["seller_id"], unique=False)


def downgrade() -> None:
    op.drop_table("carrier_parcels")
    op.drop_table("delivery_slots")
    op.execute("DELETE FROM delivery_fees WHERE way_id <> id")
    op.execute("DELETE FROM delivery_ways WHERE id NOT IN (SELECT id FROM delivery_fees)")
    with op.batch_alter_table("delivery_ways", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_delivery_ways_kind"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_delivery_ways_packing"), type_="check")
        for column in reversed(_new_of_ways()):
            batch_op.drop_column(column.name)
        batch_op.add_column(
            sa.Column("fee_vnd", sa.BigInteger(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("free_from_vnd", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("up_to_g", sa.BigInteger(), nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_delivery_ways_kind"), _OLD_KINDS)
        batch_op.create_check_constraint(batch_op.f("ck_delivery_ways_fee"), "fee_vnd >= 0")
    for name in ("fee_vnd", "free_from_vnd", "up_to_g"):
        op.execute(
            f"UPDATE delivery_ways SET {name} ="
            f" (SELECT f.{name} FROM delivery_fees f WHERE f.id = delivery_ways.id)"
        )
    op.drop_table("delivery_fees")
    op.drop_table("delivery_zone_places")
    op.drop_table("delivery_zones")
