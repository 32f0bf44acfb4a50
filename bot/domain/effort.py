"""How long people worked on a ticket: from each claim to its release, hold or solution, in the service hours of those who had it."""

from collections.abc import Iterable

from bot.domain.events import Acknowledged, Cancelled, Event, PauseEnded, PauseStarted, ResolvedClaimed, Routed
from bot.domain.intervals import Intervals, seconds, union
from bot.domain.service_hours import Calendar, elapsed


def effort(events: Iterable[Event], now: int, hours: Calendar | None = None) -> int:
    """Seconds up to `now` (UTC seconds). Without `hours` every second counts."""
    worked = _worked(sorted(events, key=lambda each: each.occurred_at), now)
    if hours is None:
        return sum(end - start for start, end in worked)
    return sum(elapsed(hours, start, end) for start, end in worked)


def _worked(events: Iterable[Event], now: int) -> Intervals:
    found: list[tuple[int, int]] = []
    since: int | None = None
    has_it = False
    for event in events:
        at = min(seconds(event.occurred_at), now)
        match event.what:
            case Acknowledged():
                has_it, since = True, at if since is None else since
            case PauseEnded() if has_it:
                since = at if since is None else since
            case PauseStarted() | Routed() | ResolvedClaimed() | Cancelled():
                if since is not None:
                    found.append((since, at))
                since = None
                has_it = has_it and isinstance(event.what, PauseStarted)
            case _:
                pass
    if since is not None:
        found.append((since, now))
    return union(found)
