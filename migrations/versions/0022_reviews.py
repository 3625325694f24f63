"""What buyers say of goods they got, and who follows which seller."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", _ID, nullable=False),
        sa.Column("order_code", sa.String(length=10), nullable=False),
        *(
            sa.Column(name, _ID, nullable=False)
            for name in ("listing_id", "product_id", "seller_id", "person_id")
        ),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("edited_ms", sa.BigInteger(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("reply_ms", sa.BigInteger(), nullable=True),
        sa.Column("reply_by", sa.String(length=40), nullable=False),
        sa.Column("hidden_ms", sa.BigInteger(), nullable=True),
        sa.Column("hidden_by", sa.String(length=40), nullable=False),
        sa.Column("hidden_why", sa.String(length=200), nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_reviews_stars")),
        *(
            sa.ForeignKeyConstraint([name], [key], name=op.f(f"fk_reviews_{name}"))
            for name, key in (
                ("order_code", "orders.code"),
                ("listing_id", "listings.id"),
                ("product_id", "products.id"),
                ("seller_id", "sellers.id"),
                ("person_id", "people.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint(
            "order_code", "listing_id", name=op.f("uq_reviews_order_code_listing_id")
        ),
    )
    op.create_index("ix_reviews_of_product", "reviews", ["product_id", "at_ms"])
    op.create_index("ix_reviews_of_seller", "reviews", ["seller_id", "at_ms"])
    op.create_index(op.f("ix_reviews_person_id"), "reviews", ["person_id"])
    op.create_table(
        "seller_follows",
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_seller_follows_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_seller_follows_seller_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "seller_id", name=op.f("pk_seller_follows")),
    )
    op.create_index(op.f("ix_seller_follows_seller_id"), "seller_follows", ["seller_id"])


def downgrade() -> None:
    op.drop_table("seller_follows")
    op.drop_table("reviews")
