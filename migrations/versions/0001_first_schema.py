"""first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "client_writes",
        sa.Column("actor", sa.String(length=24), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "client_id", name=op.f("pk_client_writes")),
    )
    with op.batch_alter_table("client_writes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_client_writes_created_ms"), ["created_ms"], unique=False
        )

    op.create_table(
        "clock_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_mark")),
    )
    op.create_table(
        "one_time_codes",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_ms", sa.BigInteger(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_codes")),
    )
    with op.batch_alter_table("one_time_codes", schema=None) as batch_op:
        batch_op.create_index("ix_one_time_codes_phone", ["phone", "created_ms"], unique=False)

    op.create_table(
        "outbox",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("subscriber", sa.String(length=120), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_ms", sa.BigInteger(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_due", ["state", "due_ms", "id"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("verified_ms", sa.BigInteger(), nullable=True),
        sa.Column("verified_how", sa.String(length=12), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("phone", name=op.f("uq_people_phone")),
    )
    op.create_table(
        "sellers",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("owner_name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("commune", sa.String(length=80), nullable=False),
        sa.Column("tax_id", sa.String(length=20), nullable=False),
        sa.Column("art", sa.String(length=20), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('household', 'cooperative')", name=op.f("ck_sellers_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sellers")),
    )
    op.create_table(
        "auth_sessions",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("device", sa.String(length=120), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("revoked_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_auth_sessions_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auth_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_auth_sessions_token_hash")),
    )
    with op.batch_alter_table("auth_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_auth_sessions_person_id"), ["person_id"], unique=False)

    op.create_table(
        "bank_accounts",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("bin", sa.String(length=6), nullable=False),
        sa.Column("number", sa.String(length=19), nullable=False),
        sa.Column("bank_name", sa.String(length=60), nullable=False),
        sa.Column("holder_name", sa.String(length=80), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_bank_accounts_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_accounts")),
        sa.UniqueConstraint("bin", "number", name=op.f("uq_bank_accounts_bin_number")),
    )
    with op.batch_alter_table("bank_accounts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_accounts_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "delivery_ways",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("when_text", sa.String(length=120), nullable=False),
        sa.Column("fee_vnd", sa.BigInteger(), nullable=False),
        sa.Column("free_from_vnd", sa.BigInteger(), nullable=True),
        sa.Column("up_to_g", sa.BigInteger(), nullable=True),
        sa.Column("valid_from_ms", sa.BigInteger(), nullable=False),
        sa.Column("valid_until_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind IN ('pickup', 'own_run')", name=op.f("ck_delivery_ways_kind")),
        sa.CheckConstraint("fee_vnd >= 0", name=op.f("ck_delivery_ways_fee")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_delivery_ways_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_ways")),
    )
    with op.batch_alter_table("delivery_ways", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_ways_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "live_sessions",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("hold_rule", sa.String(length=14), nullable=False),
        sa.Column("hold_minutes", sa.Integer(), nullable=False),
        sa.Column("planned_end_ms", sa.BigInteger(), nullable=False),
        sa.Column("announcement", sa.String(length=300), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("started_ms", sa.BigInteger(), nullable=True),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "hold_rule IN ('until_end_plus', 'minutes')", name=op.f("ck_live_sessions_hold_rule")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'checked', 'rehearsal', 'live', 'interrupted', 'ended', 'replay', 'archived', 'cancelled')",
            name=op.f("ck_live_sessions_state"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_live_sessions_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_sessions")),
    )
    with op.batch_alter_table("live_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_live_sessions_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "role IN ('owner', 'manager', 'host', 'moderator', 'packer', 'accountant')",
            name=op.f("ck_memberships_role"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_memberships_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_memberships_seller_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "seller_id", "role", name=op.f("pk_memberships")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "products",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("base_unit", sa.String(length=5), nullable=False),
        sa.Column("art", sa.String(length=20), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("base_unit IN ('g', 'ml', 'piece')", name=op.f("ck_products_base_unit")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_products_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
    )
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_products_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "receipt_series",
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_receipt_series_seller_id")
        ),
        sa.PrimaryKeyConstraint("seller_id", name=op.f("pk_receipt_series")),
    )
    op.create_table(
        "bank_lines",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.String(length=500), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_bank_lines_direction")),
        sa.CheckConstraint("amount_vnd > 0", name=op.f("ck_bank_lines_amount")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["bank_accounts.id"], name=op.f("fk_bank_lines_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_bank_lines_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_lines")),
        sa.UniqueConstraint(
            "account_id", "reference", name=op.f("uq_bank_lines_account_id_reference")
        ),
    )
    with op.batch_alter_table("bank_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_lines_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "comments",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("device_id", sa.String(length=16), nullable=True),
        sa.Column("name_masked", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=120), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["auth_sessions.id"], name=op.f("fk_comments_device_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_comments_person_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_comments_session_id")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_comments")),
        sa.UniqueConstraint("id", name=op.f("uq_comments_id")),
    )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comments_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_comments_session", ["session_id", "position"], unique=False)

    op.create_table(
        "feed_connections",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.String(length=16), nullable=False),
        sa.Column("provider", sa.String(length=12), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["bank_accounts.id"], name=op.f("fk_feed_connections_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_feed_connections_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_connections")),
    )
    with op.batch_alter_table("feed_connections", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_feed_connections_seller_id"), ["seller_id"], unique=False
        )

    op.create_table(
        "listings",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("product_id", sa.String(length=16), nullable=False),
        sa.Column("pack_size", sa.BigInteger(), nullable=False),
        sa.Column("unit_word", sa.String(length=40), nullable=False),
        sa.Column("price_vnd", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('on_sale', 'hidden')", name=op.f("ck_listings_state")),
        sa.CheckConstraint("pack_size > 0", name=op.f("ck_listings_pack_size")),
        sa.CheckConstraint("price_vnd > 0", name=op.f("ck_listings_price")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_listings_product_id")
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_listings_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listings")),
    )
    with op.batch_alter_table("listings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_listings_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_listings_seller_id"), ["seller_id"], unique=False)
        batch_op.create_index("ix_listings_shop", ["state", "created_ms", "id"], unique=False)

    op.create_table(
        "live_log",
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(length=24), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_live_log_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "seq", name=op.f("pk_live_log")),
    )
    op.create_table(
        "orders",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("device_id", sa.String(length=16), nullable=True),
        sa.Column("source", sa.String(length=30), nullable=False),
        sa.Column("capability", sa.String(length=43), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("secured_by", sa.String(length=10), nullable=True),
        sa.Column("refund_due", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("way_kind", sa.String(length=8), nullable=False),
        sa.Column("way_label", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("goods_vnd", sa.BigInteger(), nullable=False),
        sa.Column("fee_vnd", sa.BigInteger(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("placed_ms", sa.BigInteger(), nullable=False),
        sa.Column("pay_by_ms", sa.BigInteger(), nullable=False),
        sa.Column("extended_ms", sa.BigInteger(), nullable=True),
        sa.Column("secured_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('placed', 'secured', 'packing', 'packed', 'handed_over', 'delivered', 'closed', 'expired', 'cancelled', 'refused', 'returned')",
            name=op.f("ck_orders_state"),
        ),
        sa.CheckConstraint("amount_vnd = goods_vnd + fee_vnd", name=op.f("ck_orders_sum")),
        sa.ForeignKeyConstraint(
            ["device_id"], ["auth_sessions.id"], name=op.f("fk_orders_device_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_orders_person_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_orders_seller_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_orders")),
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index("ix_orders_due", ["state", "pay_by_ms"], unique=False)
        batch_op.create_index(batch_op.f("ix_orders_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_orders_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "payments",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("paid_vnd", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=14), nullable=False),
        sa.Column("frozen", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("expired_ms", sa.BigInteger(), nullable=True),
        sa.Column("settled_ms", sa.BigInteger(), nullable=True),
        sa.Column("refund_reason", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "state IN ('expected', 'part_paid', 'settled', 'expired', 'part_refunded', 'refunded')",
            name=op.f("ck_payments_state"),
        ),
        sa.CheckConstraint("amount_vnd > 0", name=op.f("ck_payments_amount")),
        sa.CheckConstraint("paid_vnd >= 0", name=op.f("ck_payments_paid")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["bank_accounts.id"], name=op.f("fk_payments_account_id")
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_payments_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("code", name=op.f("uq_payments_code")),
        sa.UniqueConstraint("reference", name=op.f("uq_payments_reference")),
    )
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payments_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "stock",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("product_id", sa.String(length=16), nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("allocated", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("allocated >= 0", name=op.f("ck_stock_allocated")),
        sa.CheckConstraint("held >= 0", name=op.f("ck_stock_held")),
        sa.CheckConstraint("on_hand >= 0", name=op.f("ck_stock_on_hand")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_stock_product_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_stock_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock")),
        sa.UniqueConstraint("product_id", name=op.f("uq_stock_product_id")),
    )
    with op.batch_alter_table("stock", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stock_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "allotments",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("stock_id", sa.String(length=16), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("granted", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("granted >= 0", name=op.f("ck_allotments_granted")),
        sa.CheckConstraint("used >= 0 AND used <= granted", name=op.f("ck_allotments_used")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_allotments_seller_id")
        ),
        sa.ForeignKeyConstraint(["stock_id"], ["stock.id"], name=op.f("fk_allotments_stock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allotments")),
    )
    with op.batch_alter_table("allotments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allotments_seller_id"), ["seller_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_allotments_stock_id"), ["stock_id"], unique=False)

    op.create_table(
        "cart_lines",
        sa.Column("owner", sa.String(length=24), nullable=False),
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("packs", sa.BigInteger(), nullable=False),
        sa.Column("added_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("packs > 0", name=op.f("ck_cart_lines_packs")),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("fk_cart_lines_listing_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_cart_lines_seller_id")
        ),
        sa.PrimaryKeyConstraint("owner", "listing_id", name=op.f("pk_cart_lines")),
    )
    op.create_table(
        "matched_parts",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("bank_line_id", sa.String(length=16), nullable=False),
        sa.Column("payment_id", sa.String(length=16), nullable=True),
        sa.Column("account", sa.String(length=14), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "account IN ('payment', 'surplus', 'duplicate', 'unknown_code', 'refund_due', 'outgoing')",
            name=op.f("ck_matched_parts_account"),
        ),
        sa.CheckConstraint("amount_vnd > 0", name=op.f("ck_matched_parts_amount")),
        sa.ForeignKeyConstraint(
            ["bank_line_id"], ["bank_lines.id"], name=op.f("fk_matched_parts_bank_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_matched_parts_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_matched_parts_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matched_parts")),
    )
    with op.batch_alter_table("matched_parts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_matched_parts_bank_line_id"), ["bank_line_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_matched_parts_payment_id"), ["payment_id"], unique=False
        )
        batch_op.create_index(
            "ix_matched_parts_suspense", ["seller_id", "account", "at_ms"], unique=False
        )

    op.create_table(
        "order_events",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("order_code", sa.String(length=10), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_code"], ["orders.code"], name=op.f("fk_order_events_order_code")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_order_events_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_events")),
    )
    with op.batch_alter_table("order_events", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_order_events_order_code"), ["order_code"], unique=False
        )

    op.create_table(
        "receipts",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("payment_id", sa.String(length=16), nullable=False),
        sa.Column("token", sa.String(length=330), nullable=False),
        sa.Column("frozen", sa.Text(), nullable=False),
        sa.Column("issued_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_receipts_number")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_receipts_payment_id")
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_receipts_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_receipts_payment_id")),
        sa.UniqueConstraint("seller_id", "number", name=op.f("uq_receipts_seller_id_number")),
    )
    op.create_table(
        "stock_movements",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("stock_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("allocated", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('receive', 'recount', 'grant', 'return', 'hold', 'release', 'allocate', 'ship')",
            name=op.f("ck_stock_movements_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_stock_movements_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["stock_id"], ["stock.id"], name=op.f("fk_stock_movements_stock_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movements")),
    )
    with op.batch_alter_table("stock_movements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stock_movements_seller_id"), ["seller_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_stock_movements_stock_id"), ["stock_id"], unique=False)

    op.create_table(
        "webhook_bodies",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("feed_id", sa.String(length=16), nullable=False),
        sa.Column("replay_key", sa.String(length=80), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("problem", sa.String(length=200), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('stored', 'read', 'unreadable')", name=op.f("ck_webhook_bodies_state")
        ),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feed_connections.id"], name=op.f("fk_webhook_bodies_feed_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_webhook_bodies_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_bodies")),
        sa.UniqueConstraint(
            "feed_id", "replay_key", name=op.f("uq_webhook_bodies_feed_id_replay_key")
        ),
    )
    with op.batch_alter_table("webhook_bodies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_webhook_bodies_seller_id"), ["seller_id"], unique=False
        )

    op.create_table(
        "pins",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("consent_ms", sa.BigInteger(), nullable=False),
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        sa.Column("allotment_id", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("on_screen", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("art", sa.String(length=20), nullable=False),
        sa.Column("unit_word", sa.String(length=40), nullable=False),
        sa.Column("base_unit", sa.String(length=5), nullable=False),
        sa.Column("pack_size", sa.BigInteger(), nullable=False),
        sa.Column("shop_price_vnd", sa.BigInteger(), nullable=False),
        sa.Column("price_vnd", sa.BigInteger(), nullable=False),
        sa.Column("previous_price_vnd", sa.BigInteger(), nullable=False),
        sa.Column("price_since_ms", sa.BigInteger(), nullable=False),
        sa.Column("packs", sa.BigInteger(), nullable=False),
        sa.Column("limit_packs", sa.BigInteger(), nullable=False),
        sa.Column("flash_price_vnd", sa.BigInteger(), nullable=True),
        sa.Column("flash_starts_ms", sa.BigInteger(), nullable=True),
        sa.Column("flash_ends_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'showing', 'side', 'closed')", name=op.f("ck_pins_state")
        ),
        sa.CheckConstraint("limit_packs > 0", name=op.f("ck_pins_limit")),
        sa.CheckConstraint("price_vnd > 0", name=op.f("ck_pins_price")),
        sa.ForeignKeyConstraint(
            ["allotment_id"], ["allotments.id"], name=op.f("fk_pins_allotment_id")
        ),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name=op.f("fk_pins_listing_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_pins_seller_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_pins_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pins")),
        sa.UniqueConstraint("allotment_id", name=op.f("uq_pins_allotment_id")),
        sa.UniqueConstraint("session_id", "code", name=op.f("uq_pins_session_id_code")),
    )
    with op.batch_alter_table("pins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pins_seller_id"), ["seller_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pins_session_id"), ["session_id"], unique=False)

    op.create_table(
        "stock_holds",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("stock_id", sa.String(length=16), nullable=False),
        sa.Column("allotment_id", sa.String(length=16), nullable=True),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('active', 'ended', 'allocated')", name=op.f("ck_stock_holds_state")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_holds_quantity")),
        sa.ForeignKeyConstraint(
            ["allotment_id"], ["allotments.id"], name=op.f("fk_stock_holds_allotment_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_stock_holds_seller_id")
        ),
        sa.ForeignKeyConstraint(["stock_id"], ["stock.id"], name=op.f("fk_stock_holds_stock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_holds")),
    )
    with op.batch_alter_table("stock_holds", schema=None) as batch_op:
        batch_op.create_index("ix_stock_holds_due", ["stock_id", "state", "until_ms"], unique=False)
        batch_op.create_index("ix_stock_holds_holder", ["holder"], unique=False)
        batch_op.create_index(
            "ix_stock_holds_inside", ["allotment_id", "state", "until_ms"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_stock_holds_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "claims",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("session_id", sa.String(length=16), nullable=False),
        sa.Column("pin_id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("device_id", sa.String(length=16), nullable=True),
        sa.Column("name_masked", sa.String(length=20), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("waiting", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("wait_state", sa.String(length=8), nullable=False),
        sa.Column("ordered_packs", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_vnd", sa.BigInteger(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=True),
        sa.Column("order_code", sa.String(length=10), nullable=True),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("comment_id", sa.String(length=16), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("paid_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('none', 'held', 'ordered', 'paid', 'expired', 'withdrawn', 'lapsed', 'refunded')",
            name=op.f("ck_claims_state"),
        ),
        sa.CheckConstraint(
            "wait_state IN ('none', 'waiting', 'offered', 'left', 'ended')",
            name=op.f("ck_claims_wait_state"),
        ),
        sa.CheckConstraint(
            "held >= 0 AND waiting >= 0 AND asked > 0", name=op.f("ck_claims_packs")
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["auth_sessions.id"], name=op.f("fk_claims_device_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_claims_person_id")),
        sa.ForeignKeyConstraint(["pin_id"], ["pins.id"], name=op.f("fk_claims_pin_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_claims_seller_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_sessions.id"], name=op.f("fk_claims_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("session_id", "number", name=op.f("uq_claims_session_id_number")),
    )
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.create_index("ix_claims_buyer", ["pin_id", "person_id"], unique=False)
        batch_op.create_index("ix_claims_expiry", ["state", "expires_ms", "pin_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claims_order_code"), ["order_code"], unique=False)
        batch_op.create_index("ix_claims_person", ["person_id", "session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claims_seller_id"), ["seller_id"], unique=False)
        batch_op.create_index("ix_claims_waiting", ["wait_state", "pin_id", "number"], unique=False)

    op.create_table(
        "order_lines",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("order_code", sa.String(length=10), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        sa.Column("hold_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("unit_word", sa.String(length=40), nullable=False),
        sa.Column("base_unit", sa.String(length=5), nullable=False),
        sa.Column("pack_size", sa.BigInteger(), nullable=False),
        sa.Column("packs", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_vnd", sa.BigInteger(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("packs > 0", name=op.f("ck_order_lines_packs")),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["stock_holds.id"], name=op.f("fk_order_lines_hold_id")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("fk_order_lines_listing_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_code"], ["orders.code"], name=op.f("fk_order_lines_order_code")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_order_lines_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_lines")),
    )
    with op.batch_alter_table("order_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_lines_order_code"), ["order_code"], unique=False)

    op.execute("INSERT INTO clock_mark (id, at_ms) VALUES (1, 0)")


def downgrade() -> None:
    with op.batch_alter_table("order_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_lines_order_code"))

    op.drop_table("order_lines")
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.drop_index("ix_claims_waiting")
        batch_op.drop_index(batch_op.f("ix_claims_seller_id"))
        batch_op.drop_index("ix_claims_person")
        batch_op.drop_index(batch_op.f("ix_claims_order_code"))
        batch_op.drop_index("ix_claims_expiry")
        batch_op.drop_index("ix_claims_buyer")

    op.drop_table("claims")
    with op.batch_alter_table("stock_holds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stock_holds_seller_id"))
        batch_op.drop_index("ix_stock_holds_inside")
        batch_op.drop_index("ix_stock_holds_holder")
        batch_op.drop_index("ix_stock_holds_due")

    op.drop_table("stock_holds")
    with op.batch_alter_table("pins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pins_session_id"))
        batch_op.drop_index(batch_op.f("ix_pins_seller_id"))

    op.drop_table("pins")
    with op.batch_alter_table("webhook_bodies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webhook_bodies_seller_id"))

    op.drop_table("webhook_bodies")
    with op.batch_alter_table("stock_movements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stock_movements_stock_id"))
        batch_op.drop_index(batch_op.f("ix_stock_movements_seller_id"))

    op.drop_table("stock_movements")
    op.drop_table("receipts")
    with op.batch_alter_table("order_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_events_order_code"))

    op.drop_table("order_events")
    with op.batch_alter_table("matched_parts", schema=None) as batch_op:
        batch_op.drop_index("ix_matched_parts_suspense")
        batch_op.drop_index(batch_op.f("ix_matched_parts_payment_id"))
        batch_op.drop_index(batch_op.f("ix_matched_parts_bank_line_id"))

    op.drop_table("matched_parts")
    op.drop_table("cart_lines")
    with op.batch_alter_table("allotments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_allotments_stock_id"))
        batch_op.drop_index(batch_op.f("ix_allotments_seller_id"))

    op.drop_table("allotments")
    with op.batch_alter_table("stock", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stock_seller_id"))

    op.drop_table("stock")
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payments_seller_id"))

    op.drop_table("payments")
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_orders_seller_id"))
        batch_op.drop_index(batch_op.f("ix_orders_person_id"))
        batch_op.drop_index("ix_orders_due")

    op.drop_table("orders")
    op.drop_table("live_log")
    with op.batch_alter_table("listings", schema=None) as batch_op:
        batch_op.drop_index("ix_listings_shop")
        batch_op.drop_index(batch_op.f("ix_listings_seller_id"))
        batch_op.drop_index(batch_op.f("ix_listings_product_id"))

    op.drop_table("listings")
    with op.batch_alter_table("feed_connections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_connections_seller_id"))

    op.drop_table("feed_connections")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_index("ix_comments_session")
        batch_op.drop_index(batch_op.f("ix_comments_person_id"))

    op.drop_table("comments")
    with op.batch_alter_table("bank_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_lines_seller_id"))

    op.drop_table("bank_lines")
    op.drop_table("receipt_series")
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_products_seller_id"))

    op.drop_table("products")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memberships_seller_id"))

    op.drop_table("memberships")
    with op.batch_alter_table("live_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_live_sessions_seller_id"))

    op.drop_table("live_sessions")
    with op.batch_alter_table("delivery_ways", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_ways_seller_id"))

    op.drop_table("delivery_ways")
    with op.batch_alter_table("bank_accounts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_accounts_seller_id"))

    op.drop_table("bank_accounts")
    with op.batch_alter_table("auth_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_auth_sessions_person_id"))

    op.drop_table("auth_sessions")
    op.drop_table("sellers")
    op.drop_table("people")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_due")

    op.drop_table("outbox")
    with op.batch_alter_table("one_time_codes", schema=None) as batch_op:
        batch_op.drop_index("ix_one_time_codes_phone")

    op.drop_table("one_time_codes")
    op.drop_table("clock_mark")
    with op.batch_alter_table("client_writes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_client_writes_created_ms"))

    op.drop_table("client_writes")
