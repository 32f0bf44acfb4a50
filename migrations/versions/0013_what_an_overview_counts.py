"""Indexes that answer what an overview counts without a look at the rows, and without sorting."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TALLIED = ("tier", "holder", "opened_at", "system", "site", "support_group", "due_at", "near_at", "is_held", "title", "number")  # fmt: skip


def upgrade() -> None:
    where = {"sqlite_where": sa.text("is_open IS 1"), "postgresql_where": sa.text("is_open IS true")}
    op.drop_index("events_occurred_at_ix", "events")
    op.create_index("events_occurred_at_type_ix", "events", ["occurred_at", "type"])
    op.create_index("tickets_tallied_ix", "tickets", list(TALLIED), **where)
