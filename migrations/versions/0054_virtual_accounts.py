"""An account may be a virtual number of another one: buyers pay to it, its money stands on the other's statement."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

_TO = "fk_bank_accounts_virtual_of_bank_accounts"


def upgrade() -> None:
    with op.batch_alter_table("bank_accounts") as table:
        table.add_column(sa.Column("virtual_of", sa.String(length=16), nullable=True))
        table.create_foreign_key(op.f(_TO), "bank_accounts", ["virtual_of"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("bank_accounts") as table:
        table.drop_constraint(op.f(_TO), type_="foreignkey")
        table.drop_column("virtual_of")
