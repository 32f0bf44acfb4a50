"""What a delivery was refused with is kept with its key, so that a repeat is not told that it was done."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox", sa.Column("refusal", sa.Text(), nullable=True))
