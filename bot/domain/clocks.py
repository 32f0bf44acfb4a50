"""The service-target clocks: events in, clocks out. Nothing is ticked or stored; every number can be derived again.

How: `history` (what is known, in order) → `case` (severities, pauses, reopenings) → `rounds` (start and stop) → `legs`
(one severity each) or `cadence` (status messages) → `measuring` (a Clock). `trace` and `explain` prove a Clock by segments.
"""

from collections.abc import Iterable, Iterator

from bot.domain.cadence import cycles
from bot.domain.case import Case, case_of, contract_for
from bot.domain.clock import Clock, Status
from bot.domain.contracts import Contracts, TargetKind, Track
from bot.domain.events import Event
from bot.domain.history import History, histories
from bot.domain.legs import legs
from bot.domain.measuring import Span, measure
from bot.domain.pauses import Disputed
from bot.domain.rounds import Round, rounds
from bot.domain.segments import Segment


def evaluate(
    events: Iterable[Event],
    contracts: Contracts,
    now: int,
    known_at: int | None = None,
    disputed: Disputed = "stands",
) -> list[Clock]:
    """Every clock of every case, as it stood at `now`, as it was known at `known_at` (None: all that was ever recorded).

    Instants are UTC seconds. A disputed pause that nobody has settled counts or not, as `disputed` says.
    """
    clocks: list[Clock] = []
    for history in histories(events, now, known_at):
        clocks += _clocks_of(history, contracts, now, disputed)
    return clocks


def trace(clock: Clock) -> tuple[Segment, ...]:
    """What every second of the clock was; the sums are the clock's own."""
    return clock.segments


def _clocks_of(history: History, contracts: Contracts, now: int, disputed: Disputed) -> list[Clock]:
    contract = contract_for(history, contracts)
    if contract is None:
        return [_without_contract(history, now)] if history.first("handed_over", "contract_assigned") else []
    case = case_of(history, contract, contracts, now, disputed)
    clocks: list[Clock] = []
    for track in contract.tracks:
        found = rounds(case, track)
        for each in found:
            clocks += _round(case, track, each)
        if not found:
            clocks += _not_started(case, track)
    return clocks


def _round(case: Case, track: Track, round_: Round) -> list[Clock]:
    stop = round_.stop
    if case.cancelled is not None and (stop is None or case.cancelled < stop):
        if round_.number > 1 and case.cancelled < round_.start:
            return []  # nobody reopens what was cancelled
        stop = case.cancelled
    if track.kind is TargetKind.STATUS:
        return [clock for span, found in cycles(case, track, round_, stop) for clock in measure(case, found, span)]
    found = legs(case, track, round_.start_at, round_.place, stop.at if stop else None, round_.claims)
    return measure(case, found, Span(round_.number, round_.start, 0, stop, round_.answered))


def _not_started(case: Case, track: Track) -> Iterator[Clock]:
    """Listed, so that nobody thinks it forgotten."""
    status = Status.NOT_STARTED if case.cancelled is None else Status.CANCELLED
    target = case.target(track, -1) if case.severities else None
    if case.severities and target is None:
        return
    yield Clock(
        case_id=case.history.case_id,
        target_id=target.id if target else "",
        kind=track.kind,
        party=track.party,
        round=1,
        leg=1,
        cycle=0,
        contract_id=case.contract.id,
        contract_version=case.contract.version,
        calendar_id=target.calendar if target else "",
        severity=target.severity if target else "",
        status=status,
        now=case.now,
        budget=target.budget if target else None,
        target=target,
        anomalies=case.anomalies if case.severities else (*case.anomalies, "no_severity"),
    )


def _without_contract(history: History, now: int) -> Clock:
    return Clock(
        case_id=history.case_id,
        target_id="",
        kind=TargetKind.RESOLUTION,
        party="supplier",
        round=1,
        leg=1,
        cycle=0,
        contract_id="",
        contract_version=0,
        calendar_id="",
        severity="",
        status=Status.NOT_STARTED,
        now=now,
        anomalies=(*history.anomalies, "no_contract"),
    )
