"""Photos may be of a campaign: the logos of its partners."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_KNOWN = "'product', 'lot', 'certificate', 'draft', 'case'"


def upgrade() -> None:
    _photos_of(f"{_KNOWN}, 'campaign'")


def downgrade() -> None:
    op.execute("DELETE FROM photos WHERE subject_kind = 'campaign'")
    _photos_of(_KNOWN)


def _photos_of(kinds: str) -> None:
    with op.batch_alter_table("photos", schema=None) as batch_op:
        name = batch_op.f("ck_photos_subject_kind")
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"subject_kind IN ({kinds})")
