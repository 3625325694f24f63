"""Claims made for somebody: which of the seller's people made them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_ID = sa.String(length=16)


def upgrade() -> None:
    op.create_table(
        "helped_claims",
        sa.Column("claim_id", _ID, nullable=False),
        sa.Column("seller_id", _ID, nullable=False),
        sa.Column("by_person_id", _ID, nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_helped_claims_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["sellers.id"], name=op.f("fk_helped_claims_seller_id")
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["people.id"], name=op.f("fk_helped_claims_by_person_id")
        ),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_helped_claims")),
    )


def downgrade() -> None:
    op.drop_table("helped_claims")
