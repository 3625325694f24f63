"""A fee that was given back for a refund is owed again where the refund did not go after all."""

from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

_RULE = "kind IN ('fee', 'reversal', 'again')"


def upgrade() -> None:
    _kinds(_RULE)


def downgrade() -> None:
    """A fee owed again is forgotten, as before."""
    op.execute("DELETE FROM fee_entries WHERE kind = 'again' AND invoice_id IS NULL")
    op.execute("UPDATE fee_entries SET kind = 'reversal' WHERE kind = 'again'")
    _kinds("kind IN ('fee', 'reversal')")


def _kinds(rule: str) -> None:
    with op.batch_alter_table("fee_entries") as table:
        table.drop_constraint(op.f("ck_fee_entries_kind"), type_="check")
        table.create_check_constraint(op.f("ck_fee_entries_kind"), rule)
