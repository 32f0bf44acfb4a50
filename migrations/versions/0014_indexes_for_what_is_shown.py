"""A person's newest tickets are read from the end of an index; what an overview counts, in narrow ones."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    where = {"sqlite_where": sa.text("is_open IS 1"), "postgresql_where": sa.text("is_open IS true")}
    for person in ("requester", "assignee"):
        op.drop_index(f"tickets_{person}_ix", "tickets")
        op.create_index(f"tickets_{person}_ix", "tickets", [person, "number"], **where)
    op.drop_index("tickets_tallied_ix", "tickets")
    op.create_index("tickets_tallied_ix", "tickets", ["tier", "holder", "opened_at", "is_open"], **where)
    op.drop_index("events_occurred_at_type_ix", "events")
    op.create_index("events_type_occurred_at_ix", "events", ["type", "occurred_at"])
