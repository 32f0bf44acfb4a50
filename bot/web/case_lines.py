"""A supplier case as one line of the overview: what it is about, the clocks that run, and those that are settled."""

from dataclasses import dataclass

from bot.domain.clock import Clock, Status
from bot.domain.lists import shown_clocks
from bot.domain.supplier_case import SupplierCase
from bot.web.words import say
from bot.wording.bars import clock_bar, target_name, tone_of, used_words
from bot.wording.cases import case_state, severity_words
from bot.wording.message import Bar, Tone
from bot.wording.say import Voice
from bot.wording.views import most_pressing, short_title_of

RUNNING_SHOWN = 2


@dataclass(frozen=True, slots=True)
class ClockRow:
    bar: Bar
    used: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A clock in two words: met, or due later."""

    words: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class CaseRow:
    href: str
    number: str
    title: str
    about: str
    state: str
    tone: Tone
    clocks: tuple[ClockRow, ...]
    others: tuple[Settled, ...]


def case_row(voice: Voice, case: SupplierCase, clocks: tuple[Clock, ...], prefix: str) -> CaseRow:
    counted = shown_clocks(clocks)
    first = most_pressing(clocks)
    running = [each for each in counted if each.is_open and each is not first]
    shown = ([first] if first else []) + running[: RUNNING_SHOWN - 1]
    others = [each for each in counted if each not in shown]
    return CaseRow(
        f"{prefix}/leverandoersag/{case.number}",
        case.case_id,
        short_title_of(case),
        _about(voice, case),
        case_state(voice, case),
        case_tone(case, counted),
        tuple(clock_row(voice, each) for each in shown),
        tuple(_settled(voice, each) for each in others),
    )


def clock_row(voice: Voice, clock: Clock) -> ClockRow:
    return ClockRow(clock_bar(voice, clock), used_words(voice, clock))


def case_tone(case: SupplierCase, clocks: tuple[Clock, ...]) -> Tone:
    """What presses most decides; a case that waits for us is at rest unless something was breached."""
    tones = [tone_of(each) for each in clocks if each.is_open or each.is_breached]
    if "late" in tones:
        return "late"
    if not case.is_open:
        return "ok"
    if case.awaits_us:
        return "hold"
    return "warn" if "warn" in tones else "info"


def _about(voice: Voice, case: SupplierCase) -> str:
    count = len(case.tickets)
    tickets = say(voice.language, "tickets.one") if count == 1 else say(voice.language, "tickets.many", count=count)
    parts = (voice.system(case.system), voice.supplier(case.supplier), severity_words(voice, case), tickets)
    return " · ".join(parts)


def _settled(voice: Voice, clock: Clock) -> Settled:
    name, bar = target_name(voice, clock), clock_bar(voice, clock)
    if clock.status is Status.MET:
        return Settled(name, "ok")
    return Settled(" ".join(filter(None, (name, bar.when))), tone_of(clock))
