"""Accounts at carriers, and their parcels: called off and booked again, when the carrier last answered."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)
_STATES = "'asked', 'booked', 'picked_up', 'moving', 'delivered', 'refused', 'returned', 'lost'"


def upgrade() -> None:
    op.create_table(
        "carrier_connections",
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("carrier", sa.String(length=16), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("pick_up", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(ended_ms IS NULL) = (token <> '')", name=op.f("ck_carrier_connections_token")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_carrier_connections_seller_id")
        ),
        sa.PrimaryKeyConstraint("seller_id", "carrier", name=op.f("pk_carrier_connections")),
    )
    _states(f"{_STATES}, 'cancelled'", ["carrier", "tracking_code", "seller_id"])
    with op.batch_alter_table("carrier_parcels") as table:
        table.add_column(sa.Column("booking_no", sa.Integer(), server_default="1", nullable=False))
        table.add_column(sa.Column("heard_ms", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM carrier_parcels WHERE state = 'cancelled'")
    with op.batch_alter_table("carrier_parcels") as table:
        table.drop_column("heard_ms")
        table.drop_column("booking_no")
    _states(_STATES, ["carrier", "tracking_code"])
    op.drop_table("carrier_connections")


def _states(names: str, unique: list[str]) -> None:
    op.drop_index("uq_carrier_parcels_tracking", table_name="carrier_parcels")
    with op.batch_alter_table("carrier_parcels") as table:
        table.drop_constraint(op.f("ck_carrier_parcels_state"), type_="check")
        table.create_check_constraint(op.f("ck_carrier_parcels_state"), f"state IN ({names})")
    op.create_index("uq_carrier_parcels_tracking", "carrier_parcels", unique, unique=True)
