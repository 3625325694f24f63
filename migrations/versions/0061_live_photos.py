"""Photos may be of a live session: what rooms see where the net carries no moving picture."""

from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

_KNOWN = "'product', 'lot', 'certificate', 'draft', 'case', 'campaign'"


def upgrade() -> None:
    _photos_of(f"{_KNOWN}, 'live'")


def downgrade() -> None:
    op.execute("DELETE FROM photos WHERE subject_kind = 'live'")
    _photos_of(_KNOWN)


def _photos_of(kinds: str) -> None:
    with op.batch_alter_table("photos", schema=None) as batch_op:
        name = batch_op.f("ck_photos_subject_kind")
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"subject_kind IN ({kinds})")
