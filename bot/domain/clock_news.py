"""Which of a case's clocks have something to tell at this instant: near, due or breached, each once, the latest state only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.clock import Clock, Status
from bot.domain.contracts import TargetKind
from bot.domain.service_hours import ALWAYS, Calendar, elapsed

NEAR = Fraction(9, 10)  # 50 and 75 % stand on pages and in the digest; from here on people are told
LATE = 900  # seconds after the crossing from which a notice says that it is late


@dataclass(frozen=True, slots=True)
class News:
    """`at` is the crossing, in UTC seconds. `key` names it for ever; `subject` is the key without the instant."""

    clock: Clock
    news: str  # near, due, breached
    at: int
    fraction_pm: int

    @property
    def subject(self) -> str:
        clock = self.clock
        return f"{clock.case_id}/{clock.target_id}/{clock.round}/{clock.leg}/{clock.cycle}/{self.news}"

    @property
    def key(self) -> str:
        return f"{self.subject}/{self.at}"

    def is_late(self, now: int, hours: Calendar = ALWAYS) -> bool:
        """Whether those it is for could have been told earlier: what waited for their hours is not late."""
        return elapsed(hours, self.at, now) > LATE


def news_of(clocks: Iterable[Clock], now: int) -> Iterator[News]:
    """At most one for each target: after an outage the highest crossing, not every one it passed.

    A missed status message is over the second it is missed, because the next round begins there; it is told all the same.
    """
    missed: dict[tuple[str, int, int], News] = {}
    for clock in clocks:
        if clock.kind is TargetKind.STATUS and clock.breach_at is not None:
            missed[clock.target_id, clock.round, clock.leg] = News(clock, "breached", clock.breach_at, 1000)
        elif (clock.is_open or _ended_late(clock)) and (found := _latest(clock, now)):
            yield found
    yield from missed.values()


def _ended_late(clock: Clock) -> bool:
    """It was breached, and is over before anybody could be told: in the night, or while we were down."""
    return clock.breach_at is not None and clock.status is Status.BREACHED_STOPPED


def next_news_at(clocks: Iterable[Clock], now: int) -> int | None:
    """When time alone will next give us something to tell."""
    ahead: list[int | None] = []
    for clock in clocks:
        if clock.is_open:
            ahead += [each.at for each in clock.warnings if each.fraction >= NEAR]
            ahead += [clock.due_at + 1] if clock.due_at is not None else []
    return min((at for at in ahead if at is not None and at > now), default=None)


def _latest(clock: Clock, now: int) -> News | None:
    if clock.breach_at is not None:
        return News(clock, "breached", clock.breach_at, 1000)
    crossed = [each for each in clock.warnings if each.crossed and each.at is not None and each.fraction >= NEAR]
    if not crossed:
        return None
    fraction, at, _ = max(crossed)
    return News(clock, "due" if fraction >= 1 else "near", at or now, int(fraction * 1000))
