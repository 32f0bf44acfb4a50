"""Row ⇄ domain, both directions side by side."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping

from bot.desk.ports import Text, Waiting
from bot.domain.articles import Ranked
from bot.domain.commands import Delivery
from bot.domain.events import Event, Party, Source, happened_from, payload_of
from bot.domain.notices import Tell
from bot.domain.people import Absence, Tier
from bot.domain.questions import Question
from bot.domain.supplier_case import CaseState, Paused, SupplierCase
from bot.domain.ticket import Held, HoldReason, State, Ticket
from bot.storage.codec import decode, encode
from bot.storage.scalars import (
    IN_DOUBT,
    TWICE_IN_DOUBT,
    instant,
    instant_or_never,
    instant_or_none,
    micros,
    micros_or_far,
    micros_or_none,
    place_from,
    place_text,
)


def ticket_row(ticket: Ticket) -> dict[str, Any]:
    """All but the title, which is a text."""
    held = ticket.held
    return {
        "number": ticket.number,
        "requester": ticket.requester,
        "site": ticket.site,
        "system": ticket.system,
        "question": ticket.question,
        "tier": ticket.tier.value,
        "support_group": ticket.group,
        "opened_at": micros(ticket.opened_at),
        "routed_at": micros(ticket.routed_at),
        "touched_at": micros(ticket.touched_at),
        "home": ticket.home,
        "state": ticket.state.value,
        "is_open": ticket.is_open,
        "why": ticket.why,
        "assignee": ticket.assignee,
        "claimed_at": micros_or_none(ticket.claimed_at),
        "held_reason": held.reason.value if held else None,
        "held_since": micros(held.since) if held else None,
        "held_pause": held.pause_id if held else None,
        "nudged_at": micros_or_none(ticket.nudged_at),
        "resolved_at": micros_or_none(ticket.resolved_at),
        "solution": ticket.solution,
        "supplier_case": ticket.supplier_case,
        "count": ticket.count,
        "next_check_at": micros_or_none(ticket.next_check_at),
        "holder": ticket.holder,
        "is_held": ticket.is_held,
        "due_at": micros_or_far(ticket.due_at),
        "near_at": micros_or_far(ticket.near_at),
    }


def ticket_from(row: RowMapping) -> Ticket:
    held = (
        Held(HoldReason(row["held_reason"]), instant(row["held_since"]), row["held_pause"])
        if row["held_since"] is not None
        else None
    )
    return Ticket(
        number=row["number"],
        requester=row["requester"],
        site=row["site"],
        system=row["system"],
        question=row["question"],
        title=row["title_body"],
        tier=Tier(row["tier"]),
        group=row["support_group"],
        opened_at=instant(row["opened_at"]),
        routed_at=instant(row["routed_at"]),
        touched_at=instant(row["touched_at"]),
        home=row["home"],
        state=State(row["state"]),
        why=row["why"],
        assignee=row["assignee"],
        claimed_at=instant_or_none(row["claimed_at"]),
        held=held,
        nudged_at=instant_or_none(row["nudged_at"]),
        resolved_at=instant_or_none(row["resolved_at"]),
        solution=row["solution"],
        supplier_case=row["supplier_case"],
        count=row["count"],
        version=row["version"],
        next_check_at=instant_or_none(row["next_check_at"]),
        due_at=instant_or_never(row["due_at"]),
        near_at=instant_or_never(row["near_at"]),
    )


def case_row(case: SupplierCase) -> dict[str, Any]:
    """All but the title, which is a text, and the instant at which it was over."""
    paused = case.paused
    return {
        "number": case.number,
        "supplier": case.supplier,
        "system": case.system,
        "contract": case.contract,
        "contract_version": case.contract_version,
        "severity": case.severity,
        "report": case.report,
        "tickets": json.dumps(case.tickets),
        "opened_at": micros(case.opened_at),
        "by": case.by,
        "home": case.home,
        "state": case.state.value,
        "is_open": case.is_open,
        "received_at": micros_or_none(case.received_at),
        "acknowledged_at": micros_or_none(case.acknowledged_at),
        "work_started_at": micros_or_none(case.work_started_at),
        "workaround_at": micros_or_none(case.workaround_at),
        "resolved_at": micros_or_none(case.resolved_at),
        "paused_reason": paused.reason if paused else None,
        "paused_since": micros(paused.since) if paused else None,
        "paused_pause": paused.pause_id if paused else None,
        "confirm_by": micros_or_none(case.confirm_by),
        "count": case.count,
        "next_check_at": micros_or_none(case.next_check_at),
        "holder": case.holder,
        "is_held": case.is_held,
        "due_at": micros_or_far(case.due_at),
        "near_at": micros_or_far(case.near_at),
    }


def case_from(row: RowMapping) -> SupplierCase:
    paused = (
        Paused(row["paused_reason"], instant(row["paused_since"]), row["paused_pause"])
        if row["paused_since"] is not None
        else None
    )
    return SupplierCase(
        number=row["number"],
        supplier=row["supplier"],
        system=row["system"],
        contract=row["contract"],
        contract_version=row["contract_version"],
        severity=row["severity"],
        title=row["title_body"],
        report=row["report"],
        tickets=tuple(json.loads(row["tickets"])),
        opened_at=instant(row["opened_at"]),
        by=row["by"],
        home=row["home"],
        state=CaseState(row["state"]),
        received_at=instant_or_none(row["received_at"]),
        acknowledged_at=instant_or_none(row["acknowledged_at"]),
        work_started_at=instant_or_none(row["work_started_at"]),
        workaround_at=instant_or_none(row["workaround_at"]),
        resolved_at=instant_or_none(row["resolved_at"]),
        paused=paused,
        confirm_by=instant_or_none(row["confirm_by"]),
        count=row["count"],
        version=row["version"],
        next_check_at=instant_or_none(row["next_check_at"]),
        due_at=instant_or_never(row["due_at"]),
        near_at=instant_or_never(row["near_at"]),
    )


def question_row(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "by": question.by,
        "site": question.site,
        "at": micros(question.at),
        "place": place_text(question.place),
        "text": question.text,
        "outcome": question.outcome,
        "shown": json.dumps(question.shown),
        "ranked": json.dumps([(each.article, each.confidence) for each in question.ranked]),
        "system": question.system,
        "helped": question.helped,
        "ticket": question.ticket,
        "choosing": json.dumps(question.choosing),
        "chosen": question.chosen,
        "count": question.count,
    }


def question_from(row: RowMapping) -> Question:
    return Question(
        id=row["id"],
        by=row["by"],
        site=row["site"],
        at=instant(row["at"]),
        place=place_from(row["place"]),
        text=row["text"],
        outcome=row["outcome"],
        shown=tuple(json.loads(row["shown"])),
        ranked=tuple(Ranked(article, confidence) for article, confidence in json.loads(row["ranked"])),
        system=row["system"],
        helped=row["helped"],
        ticket=row["ticket"],
        choosing=tuple(json.loads(row["choosing"])),
        chosen=row["chosen"],
        count=row["count"],
    )


def event_row(event: Event) -> dict[str, Any]:
    return {
        "event_id": event.event_id,
        "case_id": event.case_id,
        "type": event.type,
        "payload": json.dumps(payload_of(event.what), ensure_ascii=False),
        "occurred_at": micros(event.occurred_at),
        "recorded_at": micros(event.recorded_at),
        "by": event.by,
        "role": event.role.value,
        "source": event.source.value,
        "evidence": event.evidence,
        "corrects": event.corrects,
    }


def event_from(row: RowMapping) -> Event:
    return Event(
        event_id=row["event_id"],
        case_id=row["case_id"],
        what=happened_from(row["type"], json.loads(row["payload"])),
        occurred_at=instant(row["occurred_at"]),
        recorded_at=instant(row["recorded_at"]),
        by=row["by"],
        role=Party(row["role"]),
        source=Source(row["source"]),
        evidence=row["evidence"],
        corrects=row["corrects"],
    )


def text_row(text: Text) -> dict[str, Any]:
    said = {"id": text.id, "case_id": text.case_id, "kind": text.kind, "body": text.body}
    return said | {"by": text.by, "at": micros(text.at)}


def text_from(row: RowMapping) -> Text:
    return Text(row["id"], row["case_id"], row["kind"], row["by"], instant(row["at"]), row["body"])


def absence_row(absence: Absence) -> dict[str, Any]:
    return {"person": absence.person, "since": micros(absence.since), "until": micros_or_none(absence.until)}


def absence_from(row: RowMapping) -> Absence:
    return Absence(row["person"], instant(row["since"]), instant_or_none(row["until"]))


def delivery_row(delivery: Delivery) -> dict[str, Any]:
    return {
        "platform": delivery.platform,
        "key": delivery.key,
        "at": micros(delivery.at),
        "by": delivery.by,
        "place": place_text(delivery.place),
        "command": encode(delivery.command),
        "removed": delivery.removed,
        "answered_here": delivery.answered_here,
    }


def delivery_from(row: RowMapping) -> Delivery:
    return Delivery(
        platform=row["platform"],
        key=row["key"],
        by=row["by"],
        place=place_from(row["place"]),
        command=decode(row["command"]),
        at=instant(row["at"]),
        removed=row["removed"],
        answered_here=row["answered_here"],
    )


def tell_row(tell: Tell, now: datetime) -> dict[str, Any]:
    return {
        "place": place_text(tell.place),
        "key": tell.key,
        "notice": encode(tell.notice),
        "queued_at": micros(now),
        "state": "waiting",
        "attempts": 0,
        "why": "",
    }


def waiting_from(row: RowMapping) -> Waiting:
    return Waiting(
        id=row["id"],
        send_key=f"{row['key'] or row['id']}:{row['id']}",
        tell=Tell(place_from(row["place"]), decode(row["notice"]), row["key"]),
        queued_at=instant(row["queued_at"]),
        attempts=row["attempts"],
        not_before=instant_or_none(row["not_before"]),
        tried_unsure=row["state"] in IN_DOUBT,
        tried_again=row["state"] == TWICE_IN_DOUBT,
        message_id=row["message_id"] or "",
    )
