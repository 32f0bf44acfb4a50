"""How much a person has attached lately is counted in an index."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("attachments_by_at_ix", "attachments", ["by", "at"])
