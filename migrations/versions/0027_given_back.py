"""What a complaint's outcomes gave back of an order stays known when it goes on to an officer."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("given_back_vnd", sa.BigInteger(), nullable=False, server_default="0")
        )
    op.execute(
        "UPDATE cases SET given_back_vnd = amount_vnd"
        " WHERE subject_kind = 'order' AND outcome = 'refund'"
    )


def downgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_column("given_back_vnd")
