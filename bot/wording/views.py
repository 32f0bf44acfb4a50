"""Views that people ask for in the messenger: help, my tickets, the overview, a clock explained."""

from datetime import timedelta

from bot.domain.clock import Clock, Status
from bot.domain.commands import Explain
from bot.domain.commands import Status as ShowStatus
from bot.domain.events import Party
from bot.domain.intervals import moment
from bot.domain.lists import shown_clocks
from bot.domain.permissions import may_look_at_suppliers
from bot.domain.supplier_case import SupplierCase
from bot.domain.ticket import Ticket
from bot.wording.bars import clock_bar, status_key, target_name, used_words
from bot.wording.cards import short_title, state_word
from bot.wording.cases import case_shown
from bot.wording.explaining import ledger_table, verdict
from bot.wording.message import Button, Link, Message, Span, Table
from bot.wording.questions import person_wanted
from bot.wording.say import Voice
from bot.wording.times import LONG_MONTHS

HALF = 50  # per cent: from here on a clock stands in the digest
AGES = (timedelta(days=1), timedelta(days=7))


def view_shown(voice: Voice, view: str, about: str) -> Message:
    match view:
        case "help":
            return _help(voice)
        case "mine":
            return _mine(voice)
        case "overview":
            return overview(voice)
        case "digest":
            return digest(voice)
        case "month":
            return month_over(voice, about)
        case "clock":
            return clock_explained(voice, about)
        case "case" if voice.picture.case:
            return case_shown(voice, voice.picture.case)
        case "person":
            return person_wanted(voice)
        case "private" | "file":
            return Message((voice.say(view),))
        case "away":
            absence = voice.picture.absence
            if absence and absence.until:
                return Message((voice.say("away.until", until=voice.until(absence.until)),))
            return Message((voice.say("away.open"),))
        case "back":
            return Message((voice.say("back"),))
        case _:
            return Message((voice.say("r.unknown_button"),))


def _help(voice: Voice) -> Message:
    words = {
        "da": ("menneske", "mine", "status 7", "#7 tekst", "væk til mandag / tilbage", "oversigt"),
        "en": ("human", "mine", "status 7", "#7 text", "away until monday / back", "overview"),
    }[voice.language]
    keys = ("human", "mine", "status", "thread", "away", "overview")
    may_look = voice.picture.reader is not None and may_look_at_suppliers(voice.picture.reader)
    fields = tuple((word, voice.say(f"help.{key}")) for word, key in zip(words, keys, strict=True))
    return Message((voice.say("help"),), title=voice.say("help.title"), fields=fields if may_look else fields[:-1])


def _mine(voice: Voice) -> Message:
    tickets = voice.picture.tickets
    if not tickets:
        return Message((voice.say("mine.none"),), title=voice.say("mine.title"))
    return Message(
        (voice.say("mine.some"),),
        title=voice.say("mine.title"),
        fields=tuple((each.case_id, f"{short_title(each)} – {state_word(voice, each)}") for each in tickets),
        buttons=tuple(Button(each.case_id, ShowStatus(each.case_id)) for each in tickets[:6]),
    )


def overview(voice: Voice) -> Message:
    """Open tickets by tier and age, who waits on whom, and every supplier case with the clock that presses most."""
    tickets, cases = voice.picture.tickets, voice.picture.cases
    lines = [_case_line(voice, case, voice.picture.case_clocks.get(case.number, ())) for case in cases]
    return Message(
        (voice.say("ov.lead", tickets=len(tickets), cases=len(cases)),),
        title=voice.say("ov.title"),
        fields=tuple(("", line) for line in lines) or (("", voice.say("ov.no_cases")),),
        table=_by_age(voice, tickets),
        buttons=tuple(Button(case.case_id, Explain(case.case_id)) for case in cases[:6]),
    )


def digest(voice: Voice) -> Message:
    """Every clock that is half used or more, the most used first; then who waits on whom."""
    found = [
        (share, line)
        for case in voice.picture.cases
        for clock in shown_clocks(voice.picture.case_clocks.get(case.number, ()))
        if clock.is_open and (share := _share(clock)) >= HALF
        for line in (_digest_line(voice, case, clock, share),)
    ]
    lines = [line for _, line in sorted(found, key=lambda each: -each[0])]
    return Message(
        (voice.say("dg.lead", count=len(lines)) if lines else voice.say("dg.calm"),),
        title=voice.say("dg.title"),
        fields=tuple(("", line) for line in lines),
        table=_by_age(voice, voice.picture.tickets),
    )


def month_over(voice: Voice, month: str) -> Message:
    """`month` is "2026-10"."""
    year, number = month.split("-")
    name = f"{LONG_MONTHS[voice.language][int(number) - 1]} {year}"
    report = f"/rapport/{month}"
    base = voice.picture.base_url
    where: Span = Link(voice.say("mo.open"), f"{base}{report}") if base else voice.say("mo.where")
    return Message((voice.say("mo.ready", month=name), " ", where), title=voice.say("mo.title", month=name))


def _share(clock: Clock) -> int:
    """Per cent of the budget that is used: the highest warning passed, or more when it is over."""
    if clock.is_breached:
        return 100 + clock.overrun_open_s // 60
    return max((int(each.fraction * 100) for each in clock.warnings if each.crossed), default=0)


def _digest_line(voice: Voice, case: SupplierCase, clock: Clock, share: int) -> str:
    bar = clock_bar(voice, clock)
    if clock.status is Status.PAUSED and clock.due_if_resumed_now is not None:
        resumed = voice.when(moment(clock.due_if_resumed_now))
        return voice.say(
            "dg.paused",
            case=case.case_id,
            supplier=voice.supplier(case.supplier),
            kind=bar.name,
            percent=share,
            when=resumed,
        )
    return voice.say(
        "dg.over" if clock.is_breached else "dg.line",
        case=case.case_id,
        supplier=voice.supplier(case.supplier),
        kind=bar.name,
        percent=share,
        when=bar.when,
        left=bar.left,
    )


def _by_age(voice: Voice, tickets: tuple[Ticket, ...]) -> Table:
    """Who has the next move, and since when the ticket is open."""
    parties = (Party.SUPERUSER, Party.IT, Party.SUPPLIER, Party.EMPLOYEE)
    rows = []
    for party in parties:
        ages = [voice.picture.now - each.opened_at for each in tickets if each.holder is party]
        young = sum(age < AGES[0] for age in ages)
        middle = sum(AGES[0] <= age < AGES[1] for age in ages)
        rows.append((voice.party(party), young, middle, len(ages) - young - middle, len(ages)))
    total = tuple(sum(int(row[column]) for row in rows) for column in range(1, 5))
    head = (voice.say("ov.waits"), *(voice.say(f"ov.{name}") for name in ("today", "week", "older", "sum")))
    body = tuple((row[0], *(str(count) for count in row[1:])) for row in rows)
    return Table(
        voice.say("ov.tiers"), head, body, (1, 2, 3, 4), (voice.say("l.total"), *(str(count) for count in total))
    )


def most_pressing(clocks: tuple[Clock, ...]) -> Clock | None:
    """Breached before near, near before the rest; then the one that is due first."""
    open_ones = [each for each in shown_clocks(clocks) if each.is_open]
    rank = {Status.BREACHED_RUNNING: 0, Status.RUNNING: 1, Status.PAUSED: 2}
    return min(open_ones, key=lambda each: (rank.get(each.status, 3), each.remaining_open_s or 0), default=None)


def _case_line(voice: Voice, case: SupplierCase, clocks: tuple[Clock, ...]) -> str:
    clock = most_pressing(clocks)
    if clock is None:
        return f"{case.case_id} {voice.supplier(case.supplier)}: {short_title_of(case)}"
    bar = clock_bar(voice, clock)
    line = voice.say(
        "ov.case_line",
        case=case.case_id,
        supplier=voice.supplier(case.supplier),
        kind=target_name(voice, clock),
        state=voice.say(status_key(clock)),
        when=bar.when,
    )
    return f"{line} ({'; '.join(filter(None, (used_words(voice, clock), bar.left)))})"


def short_title_of(case: SupplierCase) -> str:
    return " ".join(case.title.split())[:90]


def clock_explained(voice: Voice, about: str) -> Message:
    """Every clock's verdict, and the ledger of the one that presses most, else of the last."""
    clocks = shown_clocks(voice.picture.clocks)
    if not clocks:
        return Message((voice.say("ck.no_clocks", case=about),))
    chosen = most_pressing(clocks) or clocks[-1]
    return Message(
        ("\n".join(verdict(voice, each) for each in clocks),),
        title=voice.say("l.title", case=about),
        bars=tuple(clock_bar(voice, each) for each in clocks),
        table=ledger_table(voice, chosen),
    )
