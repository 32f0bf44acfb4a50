"""The first tables: what people wrote, what happened, state, in and out, the web, and who is who."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _texts_and_events()
    _state()
    _in_and_out()
    _web_and_accounts()


def _texts_and_events() -> None:
    op.create_table(
        "texts",
        running("seq"),
        word("id"),
        word("case_id"),
        word("kind"),
        word("by"),
        large("at"),
        word("body"),
        sa.PrimaryKeyConstraint("seq", name="texts_pk"),
        sa.UniqueConstraint("id", name="texts_id_uq"),
    )
    op.create_index("texts_case_id_ix", "texts", ["case_id"])
    op.create_table(
        "events",
        running("seq"),
        word("event_id"),
        word("case_id"),
        word("type"),
        word("payload"),
        large("occurred_at"),
        large("recorded_at"),
        word("by"),
        word("role"),
        word("source"),
        word("evidence", null=True),
        word("corrects", null=True),
        sa.PrimaryKeyConstraint("seq", name="events_pk"),
        sa.UniqueConstraint("event_id", name="events_event_id_uq"),
    )
    op.create_index("events_case_id_ix", "events", ["case_id"])
    op.create_index("events_occurred_at_ix", "events", ["occurred_at"])
    op.create_table("counters", word("name"), large("value"), sa.PrimaryKeyConstraint("name", name="counters_pk"))
    op.create_table(
        "absences",
        word("person"),
        large("since"),
        large("until", null=True),
        sa.PrimaryKeyConstraint("person", name="absences_pk"),
    )


def _state() -> None:
    op.create_table(
        "questions",
        running("seq"),
        word("id"),
        word("by"),
        word("site"),
        large("at"),
        word("place"),
        word("text"),
        word("outcome"),
        word("shown"),
        word("ranked"),
        word("system", null=True),
        yes_or_no("helped", null=True),
        whole("ticket", null=True),
        word("choosing"),
        whole("count"),
        sa.PrimaryKeyConstraint("seq", name="questions_pk"),
        sa.UniqueConstraint("id", name="questions_id_uq"),
    )
    op.create_index("questions_by_at_ix", "questions", ["by", "at"])
    op.create_table(
        "tickets",
        whole("number"),
        word("requester"),
        word("site"),
        word("system", null=True),
        word("question"),
        word("title"),
        word("tier"),
        word("support_group"),
        large("opened_at"),
        large("routed_at"),
        large("touched_at"),
        word("home"),
        word("state"),
        yes_or_no("is_open"),
        word("why"),
        word("assignee", null=True),
        large("claimed_at", null=True),
        word("held_reason", null=True),
        large("held_since", null=True),
        word("held_pause", null=True),
        large("nudged_at", null=True),
        large("resolved_at", null=True),
        word("solution"),
        whole("supplier_case", null=True),
        whole("count"),
        whole("version"),
        large("next_check_at", null=True),
        sa.ForeignKeyConstraint(["title"], ["texts.id"], name="tickets_title_fk"),
        sa.PrimaryKeyConstraint("number", name="tickets_pk"),
    )
    some("tickets_assignee_ix", "tickets", ["assignee"], "is_open")
    some("tickets_due_ix", "tickets", ["next_check_at", "number"], "next_check_at IS NOT NULL")
    some("tickets_open_ix", "tickets", ["number"], "is_open")
    some("tickets_requester_ix", "tickets", ["requester"], "is_open")
    op.create_table(
        "cases",
        whole("number"),
        word("supplier"),
        word("system"),
        word("contract"),
        whole("contract_version"),
        word("severity"),
        word("title"),
        word("report"),
        word("tickets"),
        large("opened_at"),
        word("by"),
        word("home"),
        word("state"),
        yes_or_no("is_open"),
        large("over_at", null=True),
        large("received_at", null=True),
        large("acknowledged_at", null=True),
        large("work_started_at", null=True),
        large("workaround_at", null=True),
        large("resolved_at", null=True),
        word("paused_reason", null=True),
        large("paused_since", null=True),
        word("paused_pause", null=True),
        large("confirm_by", null=True),
        whole("count"),
        whole("version"),
        large("next_check_at", null=True),
        sa.ForeignKeyConstraint(["title"], ["texts.id"], name="cases_title_fk"),
        sa.PrimaryKeyConstraint("number", name="cases_pk"),
    )
    some("cases_due_ix", "cases", ["next_check_at", "number"], "next_check_at IS NOT NULL")
    some("cases_open_ix", "cases", ["number"], "is_open")
    op.create_index("cases_opened_at_ix", "cases", ["opened_at"])


def _in_and_out() -> None:
    op.create_table(
        "inbox",
        running("seq"),
        word("platform"),
        word("key"),
        large("at"),
        word("by"),
        word("place"),
        word("command", null=True),
        whole("removed"),
        yes_or_no("answered_here"),
        sa.PrimaryKeyConstraint("seq", name="inbox_pk"),
        sa.UniqueConstraint("platform", "key", name="inbox_platform_key_uq"),
    )
    some("inbox_received_ix", "inbox", ["seq"], "command IS NOT NULL")
    op.create_table(
        "outbox",
        running("id"),
        word("place"),
        word("key"),
        word("notice"),
        large("queued_at"),
        word("state"),
        whole("attempts"),
        large("not_before", null=True),
        large("over_at", null=True),
        word("why"),
        sa.PrimaryKeyConstraint("id", name="outbox_pk"),
        sqlite_autoincrement=True,
    )
    some("outbox_unsent_ix", "outbox", ["place", "id"], "over_at IS NULL")
    op.create_table(
        "leases", word("place"), word("by"), large("until"), sa.PrimaryKeyConstraint("place", name="leases_pk")
    )
    op.create_table(
        "messages",
        word("place"),
        word("key"),
        word("message_id"),
        sa.PrimaryKeyConstraint("place", "key", name="messages_pk"),
    )
    op.create_table("told", word("key"), large("at"), sa.PrimaryKeyConstraint("key", name="told_pk"))


def _web_and_accounts() -> None:
    op.create_table(
        "posts",
        running("id"),
        word("place"),
        word("key", null=True),
        word("send_key", null=True),
        word("author"),
        word("message"),
        large("at"),
        whole("revision"),
        large("changed"),
        sa.PrimaryKeyConstraint("id", name="posts_pk"),
        sa.UniqueConstraint("changed", name="posts_changed_uq"),
        sa.UniqueConstraint("place", "key", name="posts_place_key_uq"),
        sa.UniqueConstraint("send_key", name="posts_send_key_uq"),
        sqlite_autoincrement=True,
    )
    op.create_index("posts_place_id_ix", "posts", ["place", "id"])
    op.create_table(
        "accounts",
        word("messenger"),
        word("workspace"),
        word("account"),
        word("person"),
        sa.PrimaryKeyConstraint("messenger", "workspace", "account", name="accounts_pk"),
    )
    op.create_index("accounts_person_ix", "accounts", ["person"])
    op.create_table(
        "links",
        word("token_hash"),
        word("person"),
        large("expires_at"),
        large("consumed_at", null=True),
        sa.PrimaryKeyConstraint("token_hash", name="links_pk"),
    )
    op.create_table(
        "sessions",
        word("token_hash"),
        word("person"),
        large("expires_at"),
        sa.PrimaryKeyConstraint("token_hash", name="sessions_pk"),
    )
    op.create_table("meta", word("key"), word("value"), sa.PrimaryKeyConstraint("key", name="meta_pk"))


def word(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def whole(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=null)


def large(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=null)


def running(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False)


def yes_or_no(name: str, *, null: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=null)


def some(name: str, table: str, columns: list[str], where: str) -> None:
    """An index of some rows only. The two spell a truth differently."""
    sqlite, postgresql = ("is_open IS 1", "is_open IS true") if where == "is_open" else (where, where)
    op.create_index(name, table, columns, sqlite_where=sa.text(sqlite), postgresql_where=sa.text(postgresql))
