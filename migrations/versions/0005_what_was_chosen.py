"""Which suggestion was chosen is kept beside its question; and the questions of a while are found without reading them all."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("questions", sa.Column("chosen", sa.Text, nullable=True))
    op.create_index("questions_at_ix", "questions", ["at"])
