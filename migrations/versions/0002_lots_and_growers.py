"""Lots, growers, prices, photos: the new tables of the inventory."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "market_prices",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("price_vnd", sa.BigInteger(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("price_vnd > 0", name=op.f("ck_market_prices_price")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_prices")),
    )
    with op.batch_alter_table("market_prices", schema=None) as batch_op:
        batch_op.create_index("ix_market_prices_week", ["kind", "seen_on"], unique=False)

    op.create_table(
        "members",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_folded", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_members_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_members_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "photos",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("subject_kind", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'ready', 'failed')", name=op.f("ck_photos_state")),
        sa.CheckConstraint(
            "subject_kind IN ('product', 'lot', 'certificate', 'draft')",
            name=op.f("ck_photos_subject_kind"),
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_photos_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
    )
    with op.batch_alter_table("photos", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photos_removed_ms"), ["removed_ms"], unique=False)
        batch_op.create_index(batch_op.f("ix_photos_seller_id"), ["seller_id"], unique=False)
        batch_op.create_index(
            "ix_photos_subject", ["subject_kind", "subject_id", "position"], unique=False
        )

    op.create_table(
        "runs",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("loss", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('process', 'merge', 'split', 'regrade')", name=op.f("ck_runs_kind")
        ),
        sa.CheckConstraint("loss >= 0", name=op.f("ck_runs_loss")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_runs_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("seller_id", "number", name=op.f("uq_runs_seller_id_number")),
    )
    op.create_table(
        "sold_prices",
        sa.Column("line", sa.String(length=40), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("price_vnd", sa.BigInteger(), nullable=False),
        sa.Column("sold_on", sa.Date(), nullable=False),
        sa.CheckConstraint("price_vnd > 0", name=op.f("ck_sold_prices_price")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_sold_prices_seller_id")
        ),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_sold_prices")),
    )
    with op.batch_alter_table("sold_prices", schema=None) as batch_op:
        batch_op.create_index("ix_sold_prices_week", ["kind", "sold_on"], unique=False)

    op.create_table(
        "stock_points",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('store', 'stall', 'van', 'forecast')", name=op.f("ck_stock_points_kind")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_stock_points_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_points")),
        sa.UniqueConstraint("seller_id", "name", name=op.f("uq_stock_points_seller_id_name")),
    )
    with op.batch_alter_table("stock_points", schema=None) as batch_op:
        batch_op.create_index(
            "uq_stock_points_store",
            ["seller_id"],
            unique=True,
            sqlite_where=sa.text("kind = 'store'"),
            postgresql_where=sa.text("kind = 'store'"),
        )

    op.create_table(
        "certificates",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("product_id", sa.String(length=16), nullable=True),
        sa.Column("member_id", sa.String(length=16), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("issuer", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("reminded_ms", sa.BigInteger(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'ocop') = (stars IS NOT NULL)", name=op.f("ck_certificates_ocop_has_stars")
        ),
        sa.CheckConstraint(
            "kind IN ('ocop', 'vietgap', 'organic', 'gi', 'other')",
            name=op.f("ck_certificates_kind"),
        ),
        sa.CheckConstraint(
            "product_id IS NULL OR member_id IS NULL", name=op.f("ck_certificates_one_holder")
        ),
        sa.CheckConstraint("stars BETWEEN 3 AND 5", name=op.f("ck_certificates_stars")),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_certificates_validity")),
        sa.CheckConstraint(
            "valid_until IS NOT NULL OR kind IN ('gi', 'other')", name=op.f("ck_certificates_ends")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_certificates_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_certificates_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_certificates_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
    )
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.create_index("ix_certificates_ends", ["valid_until"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificates_member_id"), ["member_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_certificates_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_certificates_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "forecasts",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("product_id", sa.String(length=16), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("cap", sa.BigInteger(), nullable=False),
        sa.Column("came", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.Column("settled_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'settled', 'cancelled')", name=op.f("ck_forecasts_state")
        ),
        sa.CheckConstraint("came >= 0", name=op.f("ck_forecasts_came")),
        sa.CheckConstraint("cap > 0", name=op.f("ck_forecasts_cap")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_forecasts_product_id")
        ),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_forecasts_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecasts")),
    )
    with op.batch_alter_table("forecasts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forecasts_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_forecasts_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "households",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.String(length=16), nullable=False),
        sa.Column("class", sa.String(length=10), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "class IN ('poor', 'near_poor', 'other')", name=op.f("ck_households_class")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_households_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_households_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_households")),
    )
    with op.batch_alter_table("households", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_households_member_id"), ["member_id"], unique=False)

    op.create_table(
        "plots",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("place_code", sa.String(length=30), nullable=False),
        sa.Column("area_m2", sa.BigInteger(), nullable=True),
        sa.Column("crop", sa.String(length=80), nullable=False),
        sa.CheckConstraint("area_m2 > 0", name=op.f("ck_plots_area_m2")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_plots_member_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_plots_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plots")),
    )
    with op.batch_alter_table("plots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plots_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plots_seller_id"), ["seller_id"], unique=False)

    op.create_table(
        "product_units",
        sa.Column("product_id", sa.String(length=16), nullable=False),
        sa.Column("word_folded", sa.String(length=40), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("base_units", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("base_units > 0", name=op.f("ck_product_units_base_units")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_product_units_product_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_product_units_seller_id")
        ),
        sa.PrimaryKeyConstraint("product_id", "word_folded", name=op.f("pk_product_units")),
    )
    op.create_table(
        "lots",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("product_id", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("waits_for", sa.String(length=8), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("member_id", sa.String(length=16), nullable=True),
        sa.Column("plot_id", sa.String(length=16), nullable=True),
        sa.Column("run_id", sa.String(length=16), nullable=True),
        sa.Column("harvested_on", sa.Date(), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column("best_before", sa.Date(), nullable=True),
        sa.Column("removes_on", sa.Date(), nullable=True),
        sa.Column("sprayed_on", sa.Date(), nullable=True),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("clear_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "origin IN ('harvest', 'run', 'merge', 'split', 'regrade', 'return', 'opening')",
            name=op.f("ck_lots_origin"),
        ),
        sa.CheckConstraint(
            "state IN ('quarantine', 'available', 'blocked', 'recalled', 'spent')",
            name=op.f("ck_lots_state"),
        ),
        sa.CheckConstraint(
            "waits_for IN ('', 'interval', 'check')", name=op.f("ck_lots_waits_for")
        ),
        sa.CheckConstraint("interval_days >= 0", name=op.f("ck_lots_interval_days")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_lots_member_id")),
        sa.ForeignKeyConstraint(["plot_id"], ["plots.id"], name=op.f("fk_lots_plot_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_lots_product_id")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_lots_run_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_lots_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lots")),
        sa.UniqueConstraint("seller_id", "code", name=op.f("uq_lots_seller_id_code")),
    )
    with op.batch_alter_table("lots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lots_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_lots_product", ["product_id", "state"], unique=False)
        batch_op.create_index("ix_lots_removal", ["state", "removes_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_lots_run_id"), ["run_id"], unique=False)
        batch_op.create_index("ix_lots_waiting", ["state", "clear_on"], unique=False)

    op.create_table(
        "combo_parts",
        sa.Column("combo_id", sa.String(length=16), nullable=False),
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("packs", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("packs > 0", name=op.f("ck_combo_parts_packs")),
        sa.ForeignKeyConstraint(
            ["combo_id"], ["listings.id"], name=op.f("fk_combo_parts_combo_id")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("fk_combo_parts_listing_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_combo_parts_seller_id")
        ),
        sa.PrimaryKeyConstraint("combo_id", "listing_id", name=op.f("pk_combo_parts")),
    )
    with op.batch_alter_table("combo_parts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_combo_parts_listing_id"), ["listing_id"], unique=False)

    op.create_table(
        "intake_slips",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.String(length=16), nullable=False),
        sa.Column("lot_id", sa.String(length=16), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_intake_slips_quantity")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_intake_slips_lot_id")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_intake_slips_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_intake_slips_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_slips")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_intake_slips_lot_id")),
        sa.UniqueConstraint("seller_id", "number", name=op.f("uq_intake_slips_seller_id_number")),
    )
    with op.batch_alter_table("intake_slips", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_slips_member_id"), ["member_id"], unique=False)

    op.create_table(
        "listing_drafts",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("listing_id", sa.String(length=16), nullable=True),
        sa.Column("updated_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("fk_listing_drafts_listing_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_listing_drafts_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_listing_drafts_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_drafts")),
    )
    with op.batch_alter_table("listing_drafts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_listing_drafts_seller_id"), ["seller_id"], unique=False
        )

    op.create_table(
        "listing_prices",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        sa.Column("price_vnd", sa.BigInteger(), nullable=False),
        sa.Column("from_ms", sa.BigInteger(), nullable=False),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("price_vnd > 0", name=op.f("ck_listing_prices_price")),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("fk_listing_prices_listing_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_listing_prices_seller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_prices")),
    )
    with op.batch_alter_table("listing_prices", schema=None) as batch_op:
        batch_op.create_index("ix_listing_prices_due", ["applied", "from_ms"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_listing_prices_listing_id"), ["listing_id"], unique=False
        )

    op.create_table(
        "listing_tiers",
        sa.Column("listing_id", sa.String(length=16), nullable=False),
        sa.Column("from_packs", sa.BigInteger(), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("price_vnd", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("from_packs > 1", name=op.f("ck_listing_tiers_from_packs")),
        sa.CheckConstraint("price_vnd > 0", name=op.f("ck_listing_tiers_price")),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("fk_listing_tiers_listing_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_listing_tiers_seller_id")
        ),
        sa.PrimaryKeyConstraint("listing_id", "from_packs", name=op.f("pk_listing_tiers")),
    )
    op.create_table(
        "lot_notes",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("lot_id", sa.String(length=16), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_lot_notes_lot_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_lot_notes_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_notes")),
    )
    with op.batch_alter_table("lot_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_notes_lot_id"), ["lot_id"], unique=False)

    op.create_table(
        "lot_parents",
        sa.Column("child_id", sa.String(length=16), nullable=False),
        sa.Column("parent_id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("share >= 0", name=op.f("ck_lot_parents_share")),
        sa.CheckConstraint("used >= 0", name=op.f("ck_lot_parents_used")),
        sa.ForeignKeyConstraint(["child_id"], ["lots.id"], name=op.f("fk_lot_parents_child_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["lots.id"], name=op.f("fk_lot_parents_parent_id")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_lot_parents_seller_id")
        ),
        sa.PrimaryKeyConstraint("child_id", "parent_id", name=op.f("pk_lot_parents")),
    )
    with op.batch_alter_table("lot_parents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_parents_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "lot_stock",
        sa.Column("lot_id", sa.String(length=16), nullable=False),
        sa.Column("stock_id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("bound", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("bound >= 0 AND bound <= quantity", name=op.f("ck_lot_stock_bound")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_lot_stock_quantity")),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_lot_stock_lot_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_lot_stock_seller_id")),
        sa.ForeignKeyConstraint(["stock_id"], ["stock.id"], name=op.f("fk_lot_stock_stock_id")),
        sa.PrimaryKeyConstraint("lot_id", "stock_id", name=op.f("pk_lot_stock")),
    )
    with op.batch_alter_table("lot_stock", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_stock_stock_id"), ["stock_id"], unique=False)

    op.create_table(
        "forecast_cuts",
        sa.Column("forecast_id", sa.String(length=16), nullable=False),
        sa.Column("hold_id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("wanted", sa.BigInteger(), nullable=False),
        sa.Column("given", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("given >= 0 AND given <= wanted", name=op.f("ck_forecast_cuts_given")),
        sa.CheckConstraint("wanted > 0", name=op.f("ck_forecast_cuts_wanted")),
        sa.ForeignKeyConstraint(
            ["forecast_id"], ["forecasts.id"], name=op.f("fk_forecast_cuts_forecast_id")
        ),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["stock_holds.id"], name=op.f("fk_forecast_cuts_hold_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_forecast_cuts_seller_id")
        ),
        sa.PrimaryKeyConstraint("forecast_id", "hold_id", name=op.f("pk_forecast_cuts")),
    )
    op.create_table(
        "lot_bindings",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("seller_id", sa.String(length=16), nullable=False),
        sa.Column("lot_id", sa.String(length=16), nullable=False),
        sa.Column("stock_id", sa.String(length=16), nullable=False),
        sa.Column("hold_id", sa.String(length=16), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('bound', 'shipped', 'freed')", name=op.f("ck_lot_bindings_state")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_lot_bindings_quantity")),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["stock_holds.id"], name=op.f("fk_lot_bindings_hold_id")
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_lot_bindings_lot_id")),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_lot_bindings_seller_id")
        ),
        sa.ForeignKeyConstraint(["stock_id"], ["stock.id"], name=op.f("fk_lot_bindings_stock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_bindings")),
    )
    with op.batch_alter_table("lot_bindings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_bindings_hold_id"), ["hold_id"], unique=False)
        batch_op.create_index("ix_lot_bindings_holder", ["holder"], unique=False)
        batch_op.create_index(batch_op.f("ix_lot_bindings_lot_id"), ["lot_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("lot_bindings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lot_bindings_lot_id"))
        batch_op.drop_index("ix_lot_bindings_holder")
        batch_op.drop_index(batch_op.f("ix_lot_bindings_hold_id"))

    op.drop_table("lot_bindings")
    op.drop_table("forecast_cuts")
    with op.batch_alter_table("lot_stock", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lot_stock_stock_id"))

    op.drop_table("lot_stock")
    with op.batch_alter_table("lot_parents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lot_parents_parent_id"))

    op.drop_table("lot_parents")
    with op.batch_alter_table("lot_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lot_notes_lot_id"))

    op.drop_table("lot_notes")
    op.drop_table("listing_tiers")
    with op.batch_alter_table("listing_prices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_listing_prices_listing_id"))
        batch_op.drop_index("ix_listing_prices_due")

    op.drop_table("listing_prices")
    with op.batch_alter_table("listing_drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_listing_drafts_seller_id"))

    op.drop_table("listing_drafts")
    with op.batch_alter_table("intake_slips", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_intake_slips_member_id"))

    op.drop_table("intake_slips")
    with op.batch_alter_table("combo_parts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_combo_parts_listing_id"))

    op.drop_table("combo_parts")
    with op.batch_alter_table("lots", schema=None) as batch_op:
        batch_op.drop_index("ix_lots_waiting")
        batch_op.drop_index(batch_op.f("ix_lots_run_id"))
        batch_op.drop_index("ix_lots_removal")
        batch_op.drop_index("ix_lots_product")
        batch_op.drop_index(batch_op.f("ix_lots_member_id"))

    op.drop_table("lots")
    op.drop_table("product_units")
    with op.batch_alter_table("plots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plots_seller_id"))
        batch_op.drop_index(batch_op.f("ix_plots_member_id"))

    op.drop_table("plots")
    with op.batch_alter_table("households", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_households_member_id"))

    op.drop_table("households")
    with op.batch_alter_table("forecasts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forecasts_seller_id"))
        batch_op.drop_index(batch_op.f("ix_forecasts_product_id"))

    op.drop_table("forecasts")
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificates_seller_id"))
        batch_op.drop_index(batch_op.f("ix_certificates_product_id"))
        batch_op.drop_index(batch_op.f("ix_certificates_member_id"))
        batch_op.drop_index("ix_certificates_ends")

    op.drop_table("certificates")
    with op.batch_alter_table("stock_points", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_stock_points_store",
            sqlite_where=sa.text("kind = 'store'"),
            postgresql_where=sa.text("kind = 'store'"),
        )

    op.drop_table("stock_points")
    with op.batch_alter_table("sold_prices", schema=None) as batch_op:
        batch_op.drop_index("ix_sold_prices_week")

    op.drop_table("sold_prices")
    op.drop_table("runs")
    with op.batch_alter_table("photos", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_photos_removed_ms"))
        batch_op.drop_index("ix_photos_subject")
        batch_op.drop_index(batch_op.f("ix_photos_seller_id"))

    op.drop_table("photos")
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_members_seller_id"))

    op.drop_table("members")
    with op.batch_alter_table("market_prices", schema=None) as batch_op:
        batch_op.drop_index("ix_market_prices_week")

    op.drop_table("market_prices")
