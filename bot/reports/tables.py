"""A month in words, as tables: the same rows on a page, in the terminal and in a file."""

from collections.abc import Callable, Iterable

from bot.domain.clock import Clock
from bot.domain.contracts import Compliance, Contract
from bot.domain.intervals import moment
from bot.domain.people import Language
from bot.reports.month import Month
from bot.reports.monthly import Line, MonthlyReport, Tally
from bot.reports.simulating import Replayed, Total, is_met
from bot.reports.standings import Escalation, Standing
from bot.wording.bars import is_missed, status_key, target_name
from bot.wording.mail import budget_words
from bot.wording.message import Table
from bot.wording.reporting import heading
from bot.wording.say import Voice
from bot.wording.times import record

Stamp = Callable[[int | None], str]

LINE = (
    "supplier", "case", "system", "severity", "target", "round", "handed_over", "acknowledged", "workaround", "resolved",
    "started", "stopped", "budget", "used", "paused", "due", "over", "verdict", "month", "contract",
)  # fmt: skip
SHORT = ("supplier", "case", "severity", "target", "due", "used", "paused", "over", "verdict", "month")
_NUMBERS = frozenset({"round", "used", "paused", "over"})
_TALLY = ("supplier", "contract", "severity", "target", "met", "breached", "percent", "promised", "kept")
_ESCALATION = (
    "supplier", "case", "system", "subject", "tickets", "severity", "handed_over", "received", "acknowledged",
    "workaround", "resolved", "waits_on", "near", "breached",
)  # fmt: skip
_REPLAYED = ("case", "severity", "target", "due_agreed", "as_agreed", "due_tried", "as_tried", "left", "over")
_TOTALS = ("target", "met_agreed", "breached_agreed", "met_tried", "breached_tried")
_STANDING = ("supplier", "cases", "open", "near", "breached", "awaiting_us")


def lines_table(voice: Voice, report: MonthlyReport, columns: tuple[str, ...] = LINE, *, exact: bool = False) -> Table:
    """`exact` writes instants with date, seconds and offset, for a file that is laid beside another's."""
    stamp = _stamp(voice, exact=exact)
    cells = [dict(zip(LINE, _line(voice, line, stamp), strict=True)) for line in report.lines]
    rows = tuple(tuple(row[name] for name in columns) for row in cells)
    numbers = tuple(nth for nth, name in enumerate(columns) if name in _NUMBERS)
    caption = heading(voice.language, "lines", month=report.month)
    if report.known_at is not None:
        caption += ", " + heading(voice.language, "as_known", at=stamp(report.known_at))
    return Table(caption, _head(voice, columns), rows, numbers)


def tallies_table(voice: Voice, report: MonthlyReport) -> Table:
    caption = heading(voice.language, "tallies", month=report.month)
    rows = tuple(_tally(voice, each) for each in report.tallies)
    return Table(caption, _head(voice, _TALLY), rows, (4, 5, 6, 7))


def escalations_table(voice: Voice, month: Month, found: Iterable[Escalation], *, exact: bool = False) -> Table:
    stamp = _stamp(voice, exact=exact)
    rows = tuple(_escalation(voice, each, stamp) for each in found)
    return Table(heading(voice.language, "escalations", month=month), _head(voice, _ESCALATION), rows)


def standings_table(voice: Voice, month: Month, found: Iterable[Standing]) -> Table:
    rows = tuple(
        (voice.supplier(each.supplier), *map(str, (each.cases, each.open, each.near, each.breached, each.awaiting_us)))
        for each in found
    )
    return Table(heading(voice.language, "standings", month=month), _head(voice, _STANDING), rows, (1, 2, 3, 4, 5))


def replayed_table(voice: Voice, month: Month, contract: Contract, rows: Iterable[Replayed]) -> Table:
    """A month under another contract: each promise as agreed, as tried, and what was left or too much."""
    caption = heading(voice.language, "replayed", month=month, contract=f"{contract.id} v{contract.version}")
    cells = tuple(_replayed(voice, each, _stamp(voice, exact=False)) for each in rows)
    return Table(caption, _head(voice, _REPLAYED), cells, (7, 8))


def totals_table(voice: Voice, found: Iterable[Total]) -> Table:
    every = tuple(found)
    rows = tuple((voice.say(f"k.{each.kind.value}"), *map(str, _verdicts(each))) for each in every)
    sums = tuple(str(sum(column)) for column in zip(*map(_verdicts, every), strict=True))
    total = (heading(voice.language, "total"), *sums) if sums else ()
    return Table(heading(voice.language, "totals"), _head(voice, _TOTALS), rows, (1, 2, 3, 4), total)


def _verdicts(total: Total) -> tuple[int, int, int, int]:
    return total.agreed_met, total.agreed_missed, total.tried_met, total.tried_missed


def _replayed(voice: Voice, row: Replayed, stamp: Stamp) -> tuple[str, ...]:
    shown = row.tried or row.agreed
    tried = row.tried
    return (
        row.case.case_id,
        shown.severity if shown else "",
        target_name(voice, shown) if shown else "",
        *_verdict(voice, row.agreed, stamp),
        *_verdict(voice, tried, stamp),
        minutes(tried.remaining_open_s or 0, voice.language) if tried and is_met(tried) else "",
        _over(voice, tried) if tried else "",
    )


def _over(voice: Voice, clock: Clock) -> str:
    """Nothing for a message that never came: how long it was silent stands under used."""
    return minutes(clock.overrun_open_s, voice.language) if clock.is_breached and not is_missed(clock) else ""


def _verdict(voice: Voice, clock: Clock | None, stamp: Stamp) -> tuple[str, str]:
    if clock is None:
        return "", heading(voice.language, "not_promised")
    return stamp(clock.breach_at if clock.due_at is None else clock.due_at), voice.say(status_key(clock))


def minutes(seconds: int, language: Language) -> str:
    """Whole minutes as a number; otherwise with the seconds, never as a decimal."""
    whole, rest = divmod(seconds, 60)
    if not rest:
        return str(whole)
    return f"{whole} min. {rest} sek." if language == "da" else f"{whole} min {rest} s"


def _head(voice: Voice, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(heading(voice.language, key) for key in keys)


def _line(voice: Voice, line: Line, stamp: Stamp) -> tuple[str, ...]:
    clock, times = line.clock, line.milestones
    return (
        voice.supplier(line.case.supplier),
        line.case.case_id,
        voice.system(line.case.system),
        clock.severity,
        target_name(voice, clock),
        f"{clock.round}.{clock.cycle}" if clock.cycle else str(clock.round),
        stamp(times.handed_over_at),
        stamp(times.acknowledged_at),
        stamp(times.workaround_at),
        stamp(times.resolved_at),
        stamp(clock.started_at),
        stamp(clock.stopped_at),
        budget_words(voice, clock.target) if clock.target else "",
        minutes(clock.elapsed_open_s, voice.language),
        minutes(clock.paused_open_s, voice.language),
        stamp(clock.breach_at if clock.due_at is None else clock.due_at),
        _over(voice, clock),
        voice.say(status_key(clock)),
        clock.month or "",
        f"{clock.contract_id} v{clock.contract_version}" if clock.contract_id else "",
    )


def _tally(voice: Voice, tally: Tally) -> tuple[str, ...]:
    whole, hundredths = divmod(tally.percent_bp, 100)
    return (
        voice.supplier(tally.supplier),
        f"{tally.contract_id} v{tally.contract_version}",
        tally.severity,
        voice.say(f"k.{tally.kind.value}"),
        str(tally.met),
        str(tally.breached),
        f"{whole}{',' if voice.language == 'da' else '.'}{hundredths:02}",
        _promised(voice, tally.compliance),
        heading(voice.language, "yes" if tally.is_kept else "no"),
    )


def _promised(voice: Voice, agreed: Compliance) -> str:
    return heading(voice.language, "each") if agreed.rule == "each" else str(agreed.percent)


def _escalation(voice: Voice, each: Escalation, stamp: Stamp) -> tuple[str, ...]:
    times = each.milestones
    return (
        voice.supplier(each.case.supplier),
        each.case.case_id,
        voice.system(each.case.system),
        " ".join(each.case.title.split()),
        ", ".join(f"#{number}" for number in each.case.tickets),
        times.severity,
        stamp(times.handed_over_at),
        stamp(times.received_at),
        stamp(times.acknowledged_at),
        stamp(times.workaround_at),
        stamp(times.resolved_at),
        voice.party(each.holder) if each.holder else heading(voice.language, "closed"),
        _targets(voice, each.near),
        _targets(voice, each.breached),
    )


def _targets(voice: Voice, clocks: Iterable[Clock]) -> str:
    return ", ".join(dict.fromkeys(target_name(voice, each) for each in clocks))


def _stamp(voice: Voice, *, exact: bool) -> Stamp:
    zone = voice.picture.organisation.zone

    def write(at: int | None) -> str:
        if at is None:
            return ""
        return moment(at).astimezone(zone).isoformat(" ") if exact else record(moment(at), zone, voice.language)

    return write
