"""A clock in words: its verdict, and the minute ledger, whose rows come from the same segments as the verdict."""

from collections.abc import Sequence

from bot.domain.clock import Clock, Status
from bot.domain.contracts import BusinessDays, TargetKind, WallTime
from bot.domain.events import Party
from bot.domain.explain import Row, explain
from bot.domain.intervals import FOREVER, moment
from bot.wording.bars import is_missed, status_key, target_name
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
        wall=exact_span(clock.overrun_wall_s, voice.language),
        used=exact_span(clock.elapsed_open_s, voice.language),
        budget=_budget(voice, clock),
        due=full_record(moment(due), zone, voice.language) if due is not None else "–",
    )
    return " ".join(filter(None, (said, _not_counted(voice, clock), _disputed(voice, clock))))


def account(voice: Voice, clocks: Sequence[Clock]) -> str:
    """One paragraph for a mail: the resolution in full, and beside it what became of the reaction."""
    counting = [each for each in clocks if each.counts]
    full = [verdict(voice, each) for each in counting if each.kind is TargetKind.RESOLUTION]
    short = [
        voice.say(
            "v.short",
            kind=target_name(voice, each),
            status=voice.say(status_key(each)),
            used=exact_span(each.elapsed_open_s, voice.language),
            budget=_budget(voice, each),
        )
        for each in counting
        if each.kind is TargetKind.REACTION
    ]
    return " ".join((*full, *short))


def pause_lines(voice: Voice, clock: Clock) -> tuple[str, ...]:
    """Who paused, why, and from when to when: also what is recorded without stopping this clock."""
    zone = voice.picture.organisation.zone
    marked = [(each, "") for each in clock.pauses] + [(each, voice.say("l.no_effect")) for each in clock.other_pauses]
    return tuple(
        voice.say(
            "l.pause_line",
            reason=reason_words(voice, pause.reason),
            by=voice.party(Party(pause.role)).lower() if pause.role else voice.say("l.by_itself"),
            start=full_record(moment(pause.start), zone, voice.language),
            end=voice.say("l.still") if pause.end >= FOREVER else full_record(moment(pause.end), zone, voice.language),
            mark=mark + (voice.say("l.disputed") if pause.stands is None else ""),
        )
        for pause, mark in sorted(marked, key=lambda each: each[0].start)
    )


def _not_counted(voice: Voice, clock: Clock) -> str:
    if not clock.paused_open_s:
        return ""
    reasons = dict.fromkeys(reason_words(voice, each.reason) for each in clock.segments if each.kind == "paused")
    return voice.say("v.pauses", paused=exact_span(clock.paused_open_s, voice.language), reasons=", ".join(reasons))


def _disputed(voice: Voice, clock: Clock) -> str:
    """Both dues, while nobody has settled whether a pause stands."""
    dispute = next((each for each in voice.picture.disputes if each.stands.key == clock.key), None)
    if dispute is None:
        return ""
    zone = voice.picture.organisation.zone
    dues = [
        voice.say("v.due", due=full_record(moment(due), zone, voice.language))
        if due is not None
        else voice.say("v.no_due")
        for due in (dispute.stands.due_at, dispute.falls.due_at)
    ]
    said = voice.say("v.disputed", stands=dues[0], falls=dues[1], verdict=voice.say(status_key(dispute.falls)))
    if dispute.between_s is None:
        return said
    return f"{said} {voice.say('v.between', between=exact_span(dispute.between_s, voice.language))}"


def _verdict_key(clock: Clock) -> str:
    match clock.status:
        case Status.BREACHED_RUNNING | Status.BREACHED_STOPPED if is_missed(clock):
            return "missed"
        case Status.BREACHED_RUNNING | Status.BREACHED_STOPPED:
            return "breached" if clock.overrun_open_s else "breached.closed"
        case Status.MET if clock.provisional:
            return "met.provisional"
        case Status.SUPERSEDED if not clock.answered:
            return "unanswered"
        case Status.MET | Status.RUNNING | Status.PAUSED | Status.NOT_STARTED | Status.CANCELLED | Status.SUPERSEDED:
            return clock.status.value


def _budget(voice: Voice, clock: Clock) -> str:
    if isinstance(clock.budget, BusinessDays):
        return _count(voice, clock.budget.days, ("arbejdsdag", "arbejdsdage"), ("business day", "business days"))
    if isinstance(clock.budget, WallTime) and clock.budget.months:
        return _count(voice, clock.budget.months, ("måned", "måneder"), ("month", "months"))
    return exact_span(clock.budget_open_s, voice.language) if clock.budget_open_s else "–"


def _count(voice: Voice, count: int, danish: tuple[str, str], english: tuple[str, str]) -> str:
    return f"{count} {(danish if voice.language == 'da' else english)[count != 1]}"


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
