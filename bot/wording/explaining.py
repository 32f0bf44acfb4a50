"""A clock in words: its verdict, and the minute ledger, whose rows come from the same segments as the verdict."""

from bot.domain.clock import Clock, Status
from bot.domain.contracts import BusinessDays
from bot.domain.explain import Row, explain
from bot.domain.intervals import moment
from bot.wording.bars import target_name
from bot.wording.cases import reason_words
from bot.wording.message import Table
from bot.wording.say import Voice
from bot.wording.times import exact_span, full_record, record


def ledger_table(voice: Voice, clock: Clock) -> Table:
    """In minutes, and seconds where they are not zero; the sum row equals the clock's own figures."""
    zone = voice.picture.organisation.zone
    found = explain(clock)
    precise = any(value % 60 for row in found.rows for value in (row.counts_s, row.paused_s, row.closed_s))
    body = tuple(
        (
            str(nth),
            record(moment(row.segment.start), zone, voice.language),
            record(moment(row.segment.end), zone, voice.language),
            _minutes(row.counts_s, precise=precise),
            _minutes(row.paused_s, precise=precise),
            _minutes(row.closed_s, precise=precise),
            _reason(voice, row),
        )
        for nth, row in enumerate(found.rows, start=1)
    )
    parts = (found.counts_s, found.paused_s, found.closed_s)
    shown = [_minutes(part, precise=precise) or "0" for part in parts]
    whole = _minutes(found.wall_s, precise=precise) or "0"
    return Table(
        voice.say("l.caption", kind=target_name(voice, clock), target=clock.target_id, calendar=clock.calendar_id),
        ("#", *(voice.say(f"l.{name}") for name in ("from", "to", "counts", "paused", "closed", "reason"))),
        body,
        (3, 4, 5),
        (voice.say("l.total"), "", f"{whole} min", *shown, f"{' + '.join(shown)} = {whole}"),
    )


def verdict(voice: Voice, clock: Clock) -> str:
    """Text that can be pasted into a mail to the supplier."""
    key = _verdict_key(clock)
    due = clock.breach_at if clock.due_at is None else clock.due_at
    if clock.status is Status.PAUSED:
        due = clock.due_if_resumed_now
    zone = voice.picture.organisation.zone
    said = voice.say(
        f"v.{key}",
        kind=target_name(voice, clock),
        of=voice.say("v.of", severity=clock.severity) if clock.party == "supplier" else "",
        over=exact_span(clock.overrun_open_s, voice.language),
        used=exact_span(clock.elapsed_open_s, voice.language),
        budget=_budget(voice, clock),
        due=full_record(moment(due), zone, voice.language) if due is not None else "–",
    )
    if not clock.paused_open_s:
        return said
    reasons = dict.fromkeys(reason_words(voice, pause.reason) for pause in clock.pauses)
    pauses = voice.say("v.pauses", paused=exact_span(clock.paused_open_s, voice.language), reasons=", ".join(reasons))
    return f"{said} {pauses}"


def _verdict_key(clock: Clock) -> str:
    match clock.status:
        case Status.BREACHED_RUNNING | Status.BREACHED_STOPPED:
            return "breached"
        case Status.MET | Status.RUNNING | Status.PAUSED | Status.NOT_STARTED | Status.CANCELLED | Status.SUPERSEDED:
            return clock.status.value


def _budget(voice: Voice, clock: Clock) -> str:
    if isinstance(clock.budget, BusinessDays):
        days = clock.budget.days
        if voice.language == "da":
            return f"{days} {'arbejdsdag' if days == 1 else 'arbejdsdage'}"
        return f"{days} business day{'' if days == 1 else 's'}"
    return exact_span(clock.budget_open_s, voice.language) if clock.budget_open_s else "–"


def _reason(voice: Voice, row: Row) -> str:
    segment = row.segment
    match segment.kind:
        case "closed":
            why = voice.say("l.exception", why=segment.why) if segment.why else voice.say(f"l.{segment.rule}")
            return voice.say("l.pause_without_effect", why=why) if segment.pause_ids else why
        case "paused":
            return voice.say("l.pause", reason=reason_words(voice, segment.reason))
        case "counting":
            key = "l.overrun" if segment.phase == "overrun" else "l.due_reached" if row.reaches_due else "l.open"
            total = _minutes(row.counted_s, precise=bool(row.counted_s % 60))
            return voice.say("l.sum", why=voice.say(key), sum=total)


def _minutes(seconds: int, *, precise: bool) -> str:
    if not seconds:
        return ""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02}" if precise else str(minutes)
