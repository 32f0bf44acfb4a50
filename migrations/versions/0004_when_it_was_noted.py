"""When it was noted where words stand: what is only needed for a few days is forgotten after them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("noted_at", sa.BigInteger(), nullable=True))
