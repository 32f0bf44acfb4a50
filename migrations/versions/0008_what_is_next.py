"""The next notice is found from the front of what is unsent, however much waits behind it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    unsent = sa.text("over_at IS NULL")
    op.create_index("outbox_next_ix", "outbox", ["id"], sqlite_where=unsent, postgresql_where=unsent)
