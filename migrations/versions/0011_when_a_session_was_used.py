"""When a session was used last, so that one that nobody uses ends."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sessions", sa.Column("seen_at", sa.BigInteger(), nullable=True))
