"""Words are looked for in the folded title of what is open, by an index of its own; lists go without the title."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

AT_ONCE = 5000
LETTERS = 500
LISTED = {
    "tickets": ("due_at", "opened_at", "number", "tier", "holder", "system", "site", "support_group", "near_at", "is_held", "is_open"),
    "cases": ("due_at", "opened_at", "number", "near_at", "is_held", "supplier", "system", "holder", "is_open"),
}  # fmt: skip


def upgrade() -> None:
    is_open = {"sqlite_where": sa.text("is_open IS 1"), "postgresql_where": sa.text("is_open IS true")}
    for table, listed in LISTED.items():
        op.add_column(table, sa.Column("words", sa.Text(), nullable=False, server_default=sa.text("''")))
        op.drop_index(f"{table}_listed_ix", table)
        _fold(table)
        op.create_index(f"{table}_listed_ix", table, list(listed), **is_open)
        op.create_index(f"{table}_said_ix", table, ["words", "number", "is_open"], **is_open)
        op.create_index(f"{table}_title_ix", table, ["title"])


def _fold(table: str) -> None:
    """As the program does it: a database folds other letters, or none but A to Z."""
    connection, last = op.get_bind(), 0
    titles = sa.text(
        f"SELECT number, body FROM {table} JOIN texts ON texts.id = title WHERE number > :last ORDER BY number LIMIT :most"
    )
    keep = sa.text(f"UPDATE {table} SET words = :words WHERE number = :number")
    while rows := connection.execute(titles, {"last": last, "most": AT_ONCE}).all():
        found = [{"number": row.number, "words": " ".join(row.body.casefold().split())[:LETTERS]} for row in rows]
        connection.execute(keep, found)
        last = rows[-1].number
