"""Are the service-target clocks right and quick? Open time beside a peer and a minute stepper; whole cases in a stream.

python -m benchmarks.clock [--cases 100000] [--questions 20000] [--write]
"""

import argparse
import platform
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from datetime import time as wall
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import businesstimedelta
import holidays
import pytz  # the peer takes no other zones

from bot.domain.clocks import evaluate
from bot.domain.contracts import BusinessDays, Contract, Contracts, OpenTime, Policies, Severity, Target, TargetKind
from bot.domain.events import (
    Acknowledged,
    Closed,
    ContractAssigned,
    Event,
    HandedOver,
    Happened,
    Opened,
    Party,
    PauseEnded,
    PauseStarted,
    ResolutionAccepted,
    ResolvedClaimed,
    SeveritySet,
    StatusMessage,
    WorkStarted,
)
from bot.domain.intervals import moment, seconds
from bot.domain.service_hours import ALL_WEEK, Calendar, CalendarVersion, add_open, elapsed

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
HOLIDAYS = holidays.country_holidays("DK", years=range(2025, 2029))
DAY = (((8 * 60, 16 * 60),),) * 5 + ((), ())
HVERDAG = Calendar("hverdag", (CalendarVersion(date(2020, 1, 1), "", COPENHAGEN, DAY, frozenset(HOLIDAYS)),))
DOGN = Calendar("dogn", (CalendarVersion(date(2020, 1, 1), "", COPENHAGEN, ALL_WEEK),))
YEAR = (seconds(datetime(2026, 1, 1, tzinfo=COPENHAGEN)), seconds(datetime(2027, 1, 1, tzinfo=COPENHAGEN)))
BATCH = 100
STEPPED = 100  # questions answered minute by minute, as the truth
PAGE = Path(__file__).parent.parent / "docs" / "benchmarks" / "clock.md"

Question = tuple[int, int, int]  # start, end, need


def main() -> int:
    options = arguments()
    parts = open_time(options.questions), round_the_clock(options.questions), whole_cases(options.cases), versions()
    page = "\n\n".join(parts)
    print(page)
    if options.write:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(f"# Clocks\n\n`python -m benchmarks.clock` printed this.\n\n{page}\n", "utf-8")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=20_000)
    parser.add_argument("--write", action="store_true", help=f"also write {PAGE.name}")
    return parser.parse_args()


# Open time on a year of day hours


def open_time(count: int) -> str:
    asked = questions(count)
    elapsed(HVERDAG, *YEAR)  # the year is compiled once, as in a process that serves
    spans = elapsed_of_driftsvagt, elapsed_of_businesstimedelta, elapsed_by_stepping
    dues = due_of_driftsvagt, due_of_businesstimedelta, due_by_stepping
    names = "driftsvagt", f"businesstimedelta {version('businesstimedelta')}", "minute by minute"
    stepped = (
        [elapsed_by_stepping(each) for each in asked[:STEPPED]],
        [due_by_stepping(each) for each in asked[:STEPPED]],
    )
    rows = []
    for name, share, span, due in zip(names, (1, 50, 2_000), spans, dues, strict=True):
        mine = asked[: max(STEPPED, count // share)]
        rows.append((name, *measured(mine, span, stepped[0]), *measured(mine, due, stepped[1])))
    head = ("", "elapsed/s", "right", "deadlines/s", "right")
    return table("Day hours, Danish holidays, random instants of 2026 on whole minutes, ≤ 30 days apart", head, rows)


def questions(count: int) -> list[Question]:
    drawn = random.Random(7)
    starts = (drawn.randrange(YEAR[0], YEAR[1] - 40 * 86_400, 60) for _ in range(count))
    return [(start, start + 60 * drawn.randrange(1, 30 * 1440), 60 * drawn.randrange(1, 2_400)) for start in starts]


def measured(asked: list[Question], answer: Callable[[Question], int], stepped: list[int]) -> tuple[str, str]:
    """How quick, and how many of the first ones are what stepping minute by minute finds."""
    began = time.process_time()
    answers = [answer(question) for question in asked]
    took = time.process_time() - began
    right = sum(mine == truth for mine, truth in zip(answers, stepped, strict=False))
    return f"{len(asked) / took:,.0f}", f"{right}/{len(stepped)}"


def round_the_clock(count: int) -> str:
    """Around the clock the truth is the difference of two instants, whatever the wall clock does in between."""
    asked = [(start, end) for start, end, _ in questions(max(10, count // 50))]
    ours = sum(elapsed(DOGN, start, end) == end - start for start, end in asked)
    theirs = sum(
        int(ROUND_THE_CLOCK.difference(moment(start), moment(end)).timedelta.total_seconds()) == end - start
        for start, end in asked
    )
    rows = [
        ("driftsvagt", f"{ours}/{len(asked)}"),
        (f"businesstimedelta {version('businesstimedelta')}", f"{theirs}/{len(asked)}"),
    ]
    return table("Round the clock, the same instants", ("", "right"), rows)


def elapsed_of_driftsvagt(question: Question) -> int:
    return elapsed(HVERDAG, question[0], question[1])


def due_of_driftsvagt(question: Question) -> int:
    return add_open(HVERDAG, question[0], question[2]) or 0


THEIRS = pytz.timezone("Europe/Copenhagen")
WORKDAYS = businesstimedelta.WorkDayRule(start_time=wall(8), end_time=wall(16), working_days=[0, 1, 2, 3, 4], tz=THEIRS)
RULES = businesstimedelta.Rules([WORKDAYS, businesstimedelta.HolidayRule(HOLIDAYS, tz=THEIRS)])

ROUND_THE_CLOCK = businesstimedelta.Rules(
    [
        businesstimedelta.WorkDayRule(
            start_time=wall(0), end_time=wall.max, working_days=[0, 1, 2, 3, 4, 5, 6], tz=THEIRS
        )
    ]
)


def elapsed_of_businesstimedelta(question: Question) -> int:
    return int(RULES.difference(moment(question[0]), moment(question[1])).timedelta.total_seconds())


def due_of_businesstimedelta(question: Question) -> int:
    return seconds(moment(question[0]) + businesstimedelta.BusinessTimeDelta(RULES, seconds=question[2]))


def is_open(at: int) -> bool:
    there = datetime.fromtimestamp(at, COPENHAGEN)
    return there.weekday() < 5 and 8 <= there.hour < 16 and there.date() not in HOLIDAYS


def elapsed_by_stepping(question: Question) -> int:
    return sum(60 for at in range(question[0], question[1], 60) if is_open(at))


def due_by_stepping(question: Question) -> int:
    at, _, need = question
    while need:
        need -= 60 * is_open(at)
        at += 60
    return at


# Whole cases


def whole_cases(count: int) -> str:
    contracts = Contracts((contract(),))
    now = YEAR[1]
    rows = []
    stream = cases()
    for size in (count // 10, count - count // 10):
        before, took = resident(), 0.0
        clocks = events = 0
        for _ in range(size // BATCH):
            batch = list(islice(stream, BATCH))  # made outside the measurement, thrown away after it
            began = time.process_time()
            clocks += sum(len(evaluate(case, contracts, now)) for case in batch)
            took += time.process_time() - began
            events += sum(map(len, batch))
        rows.append(
            (
                f"{size:,}",
                f"{events / size:.1f}",
                f"{clocks / size:.1f}",
                f"{took:.1f}",
                f"{size / took:,.0f}",
                f"{took / size * 1e6:.0f}",
                f"{resident() - before:+.1f}",
            )
        )
    head = ("cases", "events each", "clocks each", "seconds", "cases/s", "µs/case", "memory MB")
    return table(
        "Whole cases in a stream, severity B of the sample contract: reaction, workaround, resolution, status",
        head,
        rows,
    )


def contract() -> Contract:
    awaits = frozenset({"awaiting_customer"})
    usual = OpenTime(8 * 3600)
    return Contract(
        "drift",
        1,
        date(2025, 1, 1),
        {"hverdag": HVERDAG, "dogn": DOGN},
        (Severity("A"), Severity("B")),
        (
            Target("B-reaktion", "B", TargetKind.REACTION, "hverdag", OpenTime(3600)),
            Target("B-omgaaelse", "B", TargetKind.WORKAROUND, "hverdag", OpenTime(6 * 3600), pausable=awaits),
            Target("B-afhjaelpning", "B", TargetKind.RESOLUTION, "hverdag", usual, pausable=awaits),
            Target("B-status", "B", TargetKind.STATUS, "hverdag", BusinessDays(1), pausable=awaits),
        ),
        reporting_tzinfo=COPENHAGEN,
        policies=Policies(),
    )


STORY: tuple[tuple[int, Happened, Party], ...] = (
    (0, Opened(), Party.IT),
    (0, ContractAssigned("drift", 1), Party.IT),
    (0, SeveritySet("B"), Party.IT),
    (0, HandedOver(), Party.IT),
    (30, Acknowledged(), Party.SUPPLIER),
    (50, WorkStarted(), Party.SUPPLIER),
    (200, PauseStarted("p", "awaiting_customer"), Party.SUPPLIER),
    (1500, PauseEnded("p"), Party.IT),
    (1600, StatusMessage(), Party.SUPPLIER),
    (2500, ResolvedClaimed(), Party.SUPPLIER),
    (3900, ResolutionAccepted(), Party.IT),
    (3900, Closed("accepted"), Party.IT),
)


def cases() -> Iterator[list[Event]]:
    """Twelve events each, from a hand-over anywhere in 2026 to the acceptance a few days later."""
    drawn = random.Random(11)
    number = 0
    while True:
        number += 1
        start = moment(drawn.randrange(YEAR[0], YEAR[1] - 10 * 86_400))
        case = f"S-{number}"
        stretch = drawn.uniform(0.2, 2)
        yield [
            Event(f"{case}/{place}", case, what, at, at, "", role)
            for place, (minutes, what, role) in enumerate(STORY)
            for at in [start + timedelta(minutes=int(minutes * stretch))]
        ]


def resident() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def table(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in [head, *rows]
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([f"**{title}**", "", lines[0], rule, *lines[1:]])


def versions() -> str:
    known = f"Python {platform.python_version()}, tzdata {version('tzdata')}, holidays {version('holidays')}"
    return f"{known}; one core, seconds are those of the processor."


if __name__ == "__main__":
    raise SystemExit(main())
