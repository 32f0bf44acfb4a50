"""Indexes that answer what an overview counts without a look at the rows, and without sorting."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LISTED = ("due_at", "opened_at", "number", "tier", "holder", "system", "site", "support_group", "near_at", "is_held", "title", "is_open")  # fmt: skip
TALLIED = ("tier", "holder", "opened_at", "system", "site", "support_group", "due_at", "near_at", "is_held", "title", "number", "is_open")  # fmt: skip
CASES = ("due_at", "opened_at", "number", "near_at", "is_held", "supplier", "system", "holder", "title", "is_open")


def upgrade() -> None:
    where = {"sqlite_where": sa.text("is_open IS 1"), "postgresql_where": sa.text("is_open IS true")}
    op.drop_index("events_occurred_at_ix", "events")
    op.create_index("events_occurred_at_type_ix", "events", ["occurred_at", "type"])
    op.create_index("tickets_tallied_ix", "tickets", list(TALLIED), **where)
    for table, columns in (("tickets", LISTED), ("cases", CASES)):
        op.drop_index(f"{table}_listed_ix", table)
        op.create_index(f"{table}_listed_ix", table, list(columns), **where)
