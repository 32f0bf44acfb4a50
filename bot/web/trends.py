"""/tendens: twelve months in figures, each with what stands behind it. Bars to see it by, and a table that says the same."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.measuring import trends, until_of
from bot.domain.measures import ASKED, BREACHED, CLAIMED, HANDED, JUDGED, Figure
from bot.domain.people import Language
from bot.web.filters import MEASURES
from bot.web.frame import Frame
from bot.web.visitor import Visitor
from bot.web.words import say
from bot.wording.say import Voice
from bot.wording.times import LONG_MONTHS, MONTHS, span

WIDTH, HEIGHT, TOP = 100 / 12, 84, 24  # per cent of a month; pixels of the highest bar, and above it
_NAMES = {measure: name for name, measure in MEASURES.items()}
Counts = Mapping[tuple[str, str, str], int]  # month, measure, part


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    middle: str
    y: int
    height: int
    label: str
    month: str
    title: str


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """One drawing and its table. `label` says all of it in one sentence."""

    id: str
    heading: str
    about: str
    label: str
    bars: tuple[Bar, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Months:
    """Twelve months, what was counted in them, and how each figure leads to what it counts."""

    visitor: Visitor
    names: list[str]
    counts: Counts
    today: str

    def count(self, month: str, measure: str, part: str = "") -> int:
        if part:
            return self.counts.get((month, measure, part), 0)
        return sum(count for (at, name, _), count in self.counts.items() if (at, name) == (month, measure))

    def cell(self, month: str, measure: str, part: str = "", text: str = "") -> Cell:
        count = self.count(month, measure, part)
        if not count:
            return Cell(text or "–")
        path = "leverandoersager" if measure in {BREACHED, JUDGED} else "sager"
        part_said = f"&del={part}" if part else ""
        query = f"maal={_NAMES[measure]}{part_said}&fra={month}-01&til={until_of(month, self.today)}"
        return Cell(text or str(count), f"{self.visitor.prefix}/{path}?{query}")

    def parts(self, measure: str) -> list[str]:
        return sorted({part for _, name, part in self.counts if name == measure})


class Trends:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def page(self, request: Request) -> Response:
        visitor = self._frame.visitor(request)
        names, figures, medians, today = trends(self._frame.parts.desk, visitor.person)
        voice = Voice(self._frame.picture(visitor.person))
        months = Months(visitor, names, _counts(figures), today)
        found = [
            _deflection(months, voice),
            _first_answer(months, voice, medians),
            _claims(months, voice),
            _breaches(months, voice),
        ]
        return self._frame.page(request, visitor, "trends.html", trends=found)


def _counts(figures: Iterable[Figure]) -> Counts:
    return {(each.month, each.measure, each.part): each.count for each in figures}


def _deflection(months: Months, voice: Voice) -> Trend:
    """Of the questions asked, those that no person had to take over."""
    shares: dict[str, int | None] = {}
    rows = []
    for month in months.names:
        asked, handed = months.count(month, ASKED), months.count(month, HANDED)
        share = max(0, 100 * (asked - handed) // asked) if asked else None
        shares[month] = share
        said = "–" if share is None else f"{share} %"
        rows.append((month, (Cell(str(asked or "–")), months.cell(month, HANDED), Cell(said))))
    return _trend(months, voice, "deflection", shares, lambda share: f"{share} %", ("asked", "handed", "share"), rows)


def _first_answer(months: Months, voice: Voice, medians: Mapping[str, int | None]) -> Trend:
    """Half of them had their first words or their solution within this time."""

    def said(seconds: int) -> str:
        return span(seconds, voice.language)

    rows = [
        (
            month,
            (
                months.cell(month, "answered"),
                months.cell(month, "answered", text="" if middle is None else said(middle)),
            ),
        )
        for month, middle in medians.items()
    ]
    return _trend(months, voice, "answer", medians, said, ("answered", "median"), rows)


def _claims(months: Months, voice: Voice) -> Trend:
    tiers = ("superuser", "it")
    rows = [(month, tuple(months.cell(month, CLAIMED, tier) for tier in tiers)) for month in months.names]
    counts = {month: months.count(month, CLAIMED) for month in months.names}
    return _trend(months, voice, "claims", counts, str, tiers, rows)


def _breaches(months: Months, voice: Voice) -> Trend:
    suppliers = months.parts(JUDGED)
    rows = [
        (
            month,
            (
                *(months.cell(month, BREACHED, each) for each in suppliers),
                months.cell(month, BREACHED),
                months.cell(month, JUDGED),
            ),
        )
        for month in months.names
    ]
    names: dict[str, str] = {each.id: each.name for each in voice.picture.organisation.suppliers.values()}
    counts = {month: months.count(month, BREACHED) for month in months.names}
    head = (
        *(names.get(each, each) for each in suppliers),
        say(voice.language, "tr.sum"),
        say(voice.language, "tr.judged"),
    )
    return _trend(months, voice, "breaches", counts, str, head, rows, named=True)


def _trend(
    months: Months,
    voice: Voice,
    name: str,
    values: Mapping[str, int | None],
    words: Callable[[int], str],
    head: Sequence[str],
    rows: Iterable[tuple[str, tuple[Cell, ...]]],
    *,
    named: bool = False,
) -> Trend:
    language = voice.language
    heading = say(language, f"tr.{name}")
    said = ", ".join(f"{_month(each, language)} {words(value)}" for each, value in values.items() if value is not None)
    return Trend(
        name,
        heading,
        say(language, f"tr.{name}.about"),
        f"{heading}. {said or say(language, 'tr.none')}.",
        tuple(_bars(months.names, values, words, language)),
        (say(language, "tr.month"), *(head if named else (say(language, f"tr.{each}") for each in head))),
        tuple((_month(month, language), cells) for month, cells in rows),
    )


def _bars(
    names: Sequence[str], values: Mapping[str, int | None], words: Callable[[int], str], language: Language
) -> Iterable[Bar]:
    most = max((value for value in values.values() if value), default=1)
    for nth, month in enumerate(names):
        value = values.get(month)
        height = round(HEIGHT * (value or 0) / most)
        label = "" if value is None else words(value)
        yield Bar(
            f"{nth * WIDTH + 1:.4g}%",
            f"{nth * WIDTH + WIDTH / 2:.4g}%",
            TOP + HEIGHT - height,
            height,
            label,
            MONTHS[language][int(month[5:]) - 1],
            f"{_month(month, language)}: {label or '–'}",
        )


def _month(month: str, language: Language) -> str:
    return f"{LONG_MONTHS[language][int(month[5:]) - 1]} {month[:4]}"
