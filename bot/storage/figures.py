"""What /metrics shows of the desk: a few counts, each answered by an index, and nothing about anybody."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, func, select, true

from bot.storage.engine import Database
from bot.storage.scalars import micros
from bot.storage.tables import cases, inbox, outbox, tickets

TIERS = ("superuser", "it")


def figures(database: Database, now: datetime) -> Mapping[str, float]:
    """By name, without the product's own prefix. Ages in seconds, by the desk's clock."""
    unsent = outbox.c.over_at.is_(None)
    with database.reading() as connection:
        by_tier = (
            select(tickets.c.tier, func.count().label("held"))
            .where(tickets.c.is_open.is_(True))
            .group_by(tickets.c.tier)
        )
        open_at = {row.tier: row.held for row in connection.execute(by_tier)}
        waiting, oldest = connection.execute(select(func.count(), func.min(outbox.c.queued_at)).where(unsent)).one()
        dead = connection.execute(select(func.count()).where(outbox.c.state == "dead")).scalar_one()
        undone = connection.execute(select(func.count()).where(inbox.c.command.is_not(None))).scalar_one()
        pressed = select(func.count()).select_from(cases).where(cases.c.is_open.is_(True))
        late = cases.c.due_at < micros(now)
        near = and_(cases.c.near_at <= micros(now), cases.c.due_at >= micros(now))
        open_cases, near_due, breached = (
            connection.execute(pressed.where(each)).scalar_one() for each in (true(), near, late)
        )
    return {
        **{f"tickets_open_{tier}": float(open_at.get(tier, 0)) for tier in TIERS},
        "supplier_cases_open": float(open_cases),
        "supplier_cases_near_due": float(near_due),
        "supplier_cases_breached": float(breached),
        "outbox_waiting": float(waiting),
        "outbox_oldest_seconds": max(0.0, (micros(now) - oldest) / 1e6) if oldest is not None else 0.0,
        "outbox_dead": float(dead),
        "inbox_unfinished": float(undone),
    }
