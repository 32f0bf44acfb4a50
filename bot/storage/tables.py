"""The tables, for SQLite and PostgreSQL alike. Migrations are checked against them; free text is in `texts` only,
and in what people attach to theirs; titles are also there folded, to be looked for.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "uq": "%(table_name)s_%(column_0_N_name)s_uq",
        "ix": "%(table_name)s_%(column_0_N_name)s_ix",
        "fk": "%(table_name)s_%(column_0_name)s_fk",
    }
)


def _word(name: str, *, key: bool = False, null: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=null)


def _whole(name: str, *, key: bool = False, null: bool = False) -> Column[int]:
    return Column(name, Integer, primary_key=key, nullable=null, autoincrement=False)


def _at(name: str, *, null: bool = False) -> Column[int]:
    """An instant: whole microseconds since 1970, UTC."""
    return Column(name, BigInteger, nullable=null)


def _running(name: str) -> Column[int]:
    """Numbered by the database. SQLite numbers only what it calls INTEGER PRIMARY KEY."""
    return Column(name, BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def _listed() -> tuple[Column[Any], ...]:
    """What lists are sorted and filtered by, and the version of which the figures were made."""
    never = text(str(2**62))
    return (
        _word("holder", null=True),
        Column("is_held", Boolean, nullable=False, server_default=false()),
        Column("due_at", BigInteger, nullable=False, server_default=never),
        Column("near_at", BigInteger, nullable=False, server_default=never),
        Column("measured", Integer, nullable=False, server_default=text("0")),
        # The title again, folded, in one narrow index: it is erased with the text that it was made of.
        Column("words", Text, nullable=False, server_default=text("''")),
    )


# What people wrote, and what happened

texts = Table(
    "texts",
    metadata,
    _running("seq"),
    _word("id"),
    _word("case_id"),
    _word("kind"),
    _word("by"),
    _at("at"),
    _word("body"),
    UniqueConstraint("id"),
    Index(None, "case_id"),
)

# Why in the database: see `bot.storage.attachments`. Lists never read the last column.
attachments = Table(
    "attachments",
    metadata,
    _running("seq"),
    _word("id"),
    _word("delivery"),  # the key of the one that it came with
    _whole("nth"),
    _whole("ticket", null=True),
    _word("text", null=True),  # the id of the words that it is attached to, once they are kept
    _word("by"),
    _at("at"),
    _word("name"),
    _word("kind"),
    _whole("size"),
    _word("sha256"),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("id"),
    UniqueConstraint("delivery", "nth"),
    Index(None, "ticket"),
    Index(None, "text"),
    Index(None, "by", "at"),
)

events = Table(
    "events",
    metadata,
    _running("seq"),
    _word("event_id"),
    _word("case_id"),
    _word("type"),
    _word("payload"),  # JSON
    _at("occurred_at"),
    _at("recorded_at"),
    _word("by"),
    _word("role"),
    _word("source"),
    _word("evidence", null=True),
    _word("corrects", null=True),
    UniqueConstraint("event_id"),
    Index(None, "case_id"),
    Index(None, "type", "occurred_at"),  # how often something has happened today is read from the index alone
)

# State, kept beside the events for reading

questions = Table(
    "questions",
    metadata,
    _running("seq"),
    _word("id"),
    _word("by"),
    _word("site"),
    _at("at"),
    _word("place"),
    _word("text"),
    _word("outcome"),
    _word("shown"),  # JSON
    _word("ranked"),  # JSON
    _word("system", null=True),
    Column("helped", Boolean),
    _whole("ticket", null=True),
    _word("choosing"),  # JSON
    _word("chosen", null=True),
    _whole("count"),
    UniqueConstraint("id"),
    Index(None, "by", "at"),
    Index(None, "at"),
)

tickets = Table(
    "tickets",
    metadata,
    _whole("number", key=True),
    _word("requester"),
    _word("site"),
    _word("system", null=True),
    _word("question"),
    Column("title", Text, ForeignKey("texts.id"), nullable=False),
    _word("tier"),
    _word("support_group"),
    _at("opened_at"),
    _at("routed_at"),
    _at("touched_at"),
    _word("home"),
    _word("state"),
    Column("is_open", Boolean, nullable=False),
    _word("why"),
    _word("assignee", null=True),
    _at("claimed_at", null=True),
    _word("held_reason", null=True),
    _at("held_since", null=True),
    _word("held_pause", null=True),
    _at("nudged_at", null=True),
    _at("resolved_at", null=True),
    _word("solution"),
    _whole("supplier_case", null=True),
    _whole("count"),
    _whole("version"),
    _at("next_check_at", null=True),
    *_listed(),
)
_open_ticket = tickets.c.is_open.is_(True)
_timed_ticket = tickets.c.next_check_at.is_not(None)
Index("tickets_open_ix", tickets.c.number, sqlite_where=_open_ticket, postgresql_where=_open_ticket)
Index(
    "tickets_requester_ix",
    tickets.c.requester,
    tickets.c.number,
    sqlite_where=_open_ticket,
    postgresql_where=_open_ticket,
)
Index(
    "tickets_assignee_ix",
    tickets.c.assignee,
    tickets.c.number,
    sqlite_where=_open_ticket,
    postgresql_where=_open_ticket,
)
Index(
    "tickets_due_ix",
    tickets.c.next_check_at,
    tickets.c.number,
    sqlite_where=_timed_ticket,
    postgresql_where=_timed_ticket,
)

# One index answers the lists without a look at the rows: for SQLite only if what it is limited to stands in it, too.
Index(
    "tickets_listed_ix",
    *(tickets.c[name] for name in ("due_at", "opened_at", "number", "tier", "holder", "system", "site", "support_group", "near_at", "is_held", "is_open")),
    sqlite_where=_open_ticket,
    postgresql_where=_open_ticket,
)  # fmt: skip
# Who waits on whom, and since when: so narrow that every overview can count all of it.
Index(
    "tickets_tallied_ix",
    *(tickets.c[name] for name in ("tier", "holder", "opened_at", "is_open")),
    sqlite_where=_open_ticket,
    postgresql_where=_open_ticket,
)
_unmeasured_ticket = tickets.c.version != tickets.c.measured
Index("tickets_unmeasured_ix", tickets.c.number, sqlite_where=_unmeasured_ticket, postgresql_where=_unmeasured_ticket)

cases = Table(
    "cases",
    metadata,
    _whole("number", key=True),
    _word("supplier"),
    _word("system"),
    _word("contract"),
    _whole("contract_version"),
    _word("severity"),
    Column("title", Text, ForeignKey("texts.id"), nullable=False),
    _word("report"),
    _word("tickets"),  # JSON
    _at("opened_at"),
    _word("by"),
    _word("home"),
    _word("state"),
    Column("is_open", Boolean, nullable=False),
    _at("over_at", null=True),
    _at("received_at", null=True),
    _at("acknowledged_at", null=True),
    _at("work_started_at", null=True),
    _at("workaround_at", null=True),
    _at("resolved_at", null=True),
    _word("paused_reason", null=True),
    _at("paused_since", null=True),
    _word("paused_pause", null=True),
    _at("confirm_by", null=True),
    _whole("count"),
    _whole("version"),
    _at("next_check_at", null=True),
    *_listed(),
    Index(None, "opened_at"),
)
_open_case = cases.c.is_open.is_(True)
_timed_case = cases.c.next_check_at.is_not(None)
Index("cases_open_ix", cases.c.number, sqlite_where=_open_case, postgresql_where=_open_case)
Index("cases_due_ix", cases.c.next_check_at, cases.c.number, sqlite_where=_timed_case, postgresql_where=_timed_case)

Index(
    "cases_listed_ix",
    *(
        cases.c[name]
        for name in (
            "due_at",
            "opened_at",
            "number",
            "near_at",
            "is_held",
            "supplier",
            "system",
            "holder",
            "is_open",
        )
    ),
    sqlite_where=_open_case,
    postgresql_where=_open_case,
)
_unmeasured_case = cases.c.version != cases.c.measured
Index("cases_unmeasured_ix", cases.c.number, sqlite_where=_unmeasured_case, postgresql_where=_unmeasured_case)

for _table, _is_open in ((tickets, _open_ticket), (cases, _open_case)):
    _said = _table.c.words, _table.c.number, _table.c.is_open
    Index(f"{_table.name}_said_ix", *_said, sqlite_where=_is_open, postgresql_where=_is_open)
    Index(f"{_table.name}_title_ix", _table.c.title)

# Figures of finished days, made of events and made again from them

measured = Table(
    "measured",
    metadata,
    _word("case_id", key=True),
    _whole("nth", key=True),
    _whole("number"),
    _word("measure"),
    _word("part"),
    _word("day"),
    _whole("value"),
    Index(None, "measure", "day", "part", "value", "number"),
)

daily_measures = Table(
    "daily_measures",
    metadata,
    _word("day", key=True),
    _word("measure", key=True),
    _word("part", key=True),
    _whole("count"),
)

counters = Table("counters", metadata, _word("name", key=True), Column("value", BigInteger, nullable=False))

absences = Table("absences", metadata, _word("person", key=True), _at("since"), _at("until", null=True))

# In and out

inbox = Table(
    "inbox",
    metadata,
    _running("seq"),
    _word("platform"),
    _word("key"),
    _at("at"),
    _word("by"),
    _word("place"),
    _word("command", null=True),  # JSON; a done delivery has none
    _whole("removed"),
    Column("answered_here", Boolean, nullable=False),
    _word("refusal", null=True),  # JSON; what its repeats are told
    UniqueConstraint("platform", "key"),
)
_received = inbox.c.command.is_not(None)
Index("inbox_received_ix", inbox.c.seq, sqlite_where=_received, postgresql_where=_received)

outbox = Table(
    "outbox",
    metadata,
    _running("id"),
    _word("place"),
    _word("key"),
    _word("notice"),  # JSON
    _at("queued_at"),
    _word("state"),
    _whole("attempts"),
    _at("not_before", null=True),
    _at("over_at", null=True),
    _word("why"),
    sqlite_autoincrement=True,  # an id is part of a send key, and is never used twice
)
_unsent = outbox.c.over_at.is_(None)
Index("outbox_unsent_ix", outbox.c.place, outbox.c.id, sqlite_where=_unsent, postgresql_where=_unsent)
Index("outbox_next_ix", outbox.c.id, sqlite_where=_unsent, postgresql_where=_unsent)

leases = Table("leases", metadata, _word("place", key=True), _word("by"), _at("until"))

messages = Table(
    "messages",
    metadata,
    _word("place", key=True),
    _word("key", key=True),
    _word("message_id"),
    _at("noted_at", null=True),  # of what a messenger noted itself; cards have none
)

told = Table("told", metadata, _word("key", key=True), _at("at"))

# The web, and who is who

posts = Table(
    "posts",
    metadata,
    _running("id"),
    _word("place"),
    _word("key", null=True),
    _word("send_key", null=True),
    _word("author"),
    _word("message"),
    _at("at"),
    _whole("revision"),
    Column("changed", BigInteger, nullable=False),
    UniqueConstraint("place", "key"),
    UniqueConstraint("send_key"),
    UniqueConstraint("changed"),
    Index(None, "place", "id"),
    sqlite_autoincrement=True,
)

marks = Table(
    "marks", metadata, _word("person", key=True), _word("place", key=True), Column("post", BigInteger, nullable=False)
)

accounts = Table(
    "accounts",
    metadata,
    _word("messenger", key=True),
    _word("workspace", key=True),
    _word("account", key=True),
    _word("person"),
    Index(None, "person"),
)

links = Table(
    "links",
    metadata,
    _word("token_hash", key=True),
    _word("person"),
    _at("expires_at"),
    _at("consumed_at", null=True),
)

sessions = Table(
    "sessions",
    metadata,
    _word("token_hash", key=True),
    _word("person"),
    _at("expires_at"),
    _at("seen_at", null=True),  # used last, about; None: not yet
)

audit = Table(
    "audit",
    metadata,
    _running("seq"),
    _at("at"),
    _word("by"),
    _word("deed"),
    _word("what"),
    _word("about"),
    _word("why"),
    _word("messenger"),
    Index(None, "at"),
    Index(None, "about", "at"),
)

meta = Table("meta", metadata, _word("key", key=True), _word("value"))
