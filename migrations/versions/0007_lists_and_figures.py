"""What lists are sorted and filtered by, and the figures of finished days."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None

NEVER = sa.text(str(2**62))
TICKETS = (
    "due_at",
    "opened_at",
    "number",
    "tier",
    "holder",
    "system",
    "site",
    "support_group",
    "near_at",
    "is_held",
    "title",
)
CASES = ("due_at", "opened_at", "number")
CHANGED = sa.text("version != measured")
HOLDS_TICKET = """
    UPDATE tickets SET is_held = (held_reason IS NOT NULL), holder = CASE
        WHEN state IN ('closed', 'cancelled') THEN NULL
        WHEN state = 'resolved' OR held_reason = 'awaiting_employee' THEN 'employee'
        WHEN held_reason IS NOT NULL THEN 'supplier'
        ELSE tier END
"""
HOLDS_CASE = """
    UPDATE cases SET
        is_held = (state = 'resolved' OR (state = 'paused' AND paused_reason <> 'agreed_window')),
        holder = CASE
            WHEN state IN ('closed', 'cancelled') THEN NULL
            WHEN state = 'resolved' OR (state = 'paused' AND paused_reason <> 'agreed_window') THEN 'it'
            ELSE 'supplier' END
"""


def upgrade() -> None:
    for table in ("tickets", "cases"):
        op.add_column(table, sa.Column("holder", sa.Text()))
        op.add_column(table, sa.Column("is_held", sa.Boolean(), nullable=False, server_default=sa.false()))
        op.add_column(table, sa.Column("due_at", sa.BigInteger(), nullable=False, server_default=NEVER))
        op.add_column(table, sa.Column("near_at", sa.BigInteger(), nullable=False, server_default=NEVER))
        op.add_column(table, sa.Column("measured", sa.Integer(), nullable=False, server_default=sa.text("0")))
        # The ticker looks at what is open, and works out when each of them is due.
        op.execute(f"UPDATE {table} SET next_check_at = 0 WHERE is_open")
    op.execute(HOLDS_TICKET)
    op.execute(HOLDS_CASE)
    for table, columns in (("tickets", TICKETS), ("cases", CASES)):
        is_open = {"sqlite_where": _is_open("sqlite"), "postgresql_where": _is_open("postgresql")}
        op.create_index(f"{table}_listed_ix", table, list(columns), **is_open)
        op.create_index(f"{table}_unmeasured_ix", table, ["number"], sqlite_where=CHANGED, postgresql_where=CHANGED)
    _figures()


def _is_open(dialect: str) -> sa.TextClause:
    return sa.text("is_open IS 1" if dialect == "sqlite" else "is_open IS true")


def _figures() -> None:
    op.create_table(
        "measured",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "nth", name="measured_pk"),
    )
    op.create_index(
        "measured_measure_day_part_value_number_ix", "measured", ["measure", "day", "part", "value", "number"]
    )
    op.create_table(
        "daily_measures",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "measure", "part", name="daily_measures_pk"),
    )
