"""When each clock starts and what stops it: rounds, one after each reopening or each new offer to a group."""

from typing import NamedTuple

from bot.domain.case import REOPENS, Case
from bot.domain.contracts import Target, TargetKind, Track
from bot.domain.events import Acknowledged, HandedOver, InfoProvided, Routed, StatusMessage, Triaged
from bot.domain.history import Fact
from bot.domain.pauses import AWAITING_ACCEPTANCE, Pause

_CLOSES = frozenset({"closed"})
_MOVES_ON = frozenset({"closed", "routed"})
_UNDONE = frozenset({"resolved_claimed", "resolution_accepted", "closed"})  # stops that a rejection takes back


class Round(NamedTuple):
    """`answered` is False if what ended it was not what had been promised. `claims` are the intervals taken back."""

    number: int
    start: Fact
    start_at: int
    place: int  # of the severity it starts with
    stop: Fact | None = None
    answered: bool = True
    claims: tuple[Pause, ...] = ()


def rounds(case: Case, track: Track) -> list[Round]:
    """None until the start condition is met."""
    first = _first(case, track)
    if first is None:
        return []
    if track.kind is TargetKind.REACTION or track.kind is TargetKind.WORK_STARTED:
        return _answering(case, track, first)
    return _finishing(case, track, first)


def starts(target: Target, case: Case) -> list[Fact]:
    """What starts the target's clock, the first of which counts; a promise to take what is offered begins with each offer."""
    match target.starts_at:
        case "handed_over":
            return _handed_over(target, case)
        case "routed":
            return [fact for fact, routed in case.history.of(Routed) if routed.to_role == target.party]
        case "triaged":
            return [fact for fact, triaged in case.history.of(Triaged) if triaged.security][:1]
        case _:
            return case.history.all(target.starts_at)[:1]


def stops(case: Case, track: Track, fact: Fact) -> bool:
    """Whether the fact is what the target in force at that instant waits for."""
    target = case.target_at(track, fact.at)
    return target is not None and fact.type in target.stops_at and is_answer(target, fact)


def is_answer(target: Target, fact: Fact) -> bool:
    """An acknowledgement or a status counts if it comes from the party concerned, and from a person unless the target says otherwise."""
    if not isinstance(fact.what, Acknowledged | StatusMessage):
        return True
    return fact.role == target.party and (fact.what.mode == "human" or target.auto_reply_counts)


def _first(case: Case, track: Track) -> Round | None:
    """The first severity whose target has its start, and when that counts from."""
    for place, change in enumerate(case.severities):
        target = case.target(track, place)
        begun = starts(target, case) if target else []
        if not begun or (place + 1 < len(case.severities) and case.severities[place + 1].at <= begun[0].at):
            continue
        # A target that only a raised severity has cannot have begun before the raise.
        raised = place > 0 and _is_raised(case, place) and begun[0].at < change.at
        return Round(1, begun[0], change.at if raised else begun[0].at, place)
    return None


def _is_raised(case: Case, place: int) -> bool:
    rank = case.contract.rank
    return rank(case.severities[place].severity) < rank(case.severities[place - 1].severity)


def _handed_over(target: Target, case: Case) -> list[Fact]:
    severity = case.contract.severity(target.severity)
    channel = target.start_channel or (severity.start_channel if severity else None)
    if channel is None and not target.requires_complete_report:
        return case.history.all("handed_over")[:1]
    handed = case.history.of(HandedOver)
    if handed and handed[0][1].report_complete and (channel is None or channel == handed[0][1].channel):
        return [handed[0][0]]  # as it should be, and usually is
    calls = [fact for fact, report in handed if channel in {None, report.channel}]
    if not calls or not target.requires_complete_report:
        return calls[:1]
    reports: list[tuple[Fact, HandedOver | InfoProvided]] = [*handed, *case.history.of(InfoProvided)]
    complete = [fact for fact, report in reports if report.report_complete and fact >= handed[0][0]]
    return [max(calls[0], min(complete))] if complete else []


def _answering(case: Case, track: Track, first: Round) -> list[Round]:
    """Reaction and work started: stopped by the first answer; reopening or offering again asks anew."""
    target = case.target(track, first.place)
    offered = target is not None and target.starts_at == "routed"
    ends = _MOVES_ON if offered else _CLOSES
    found = [_answered(case, track, first, ends)]
    if offered and target is not None:
        again = starts(target, case)[1:]
    elif track.kind is TargetKind.REACTION and case.contract.policies.reopen_reaction == "new_round":
        again = [fact for fact in case.reopenings if fact > first.start]
    else:
        again = []
    for number, fact in enumerate(again, start=2):
        found.append(_answered(case, track, Round(number, fact, fact.at, case.severity_at(fact.at)), ends))
    return found


def _answered(case: Case, track: Track, round_: Round, ends: frozenset[str]) -> Round:
    start = round_.start
    answers = track.stops
    for fact in case.history.facts:
        # An answer before the first question is an answer all the same; later rounds need one of their own.
        if fact.type in answers and (round_.number == 1 or fact > start) and stops(case, track, fact):
            return _stopped(round_, fact)
        if fact.type in ends and fact > start:
            return _stopped(round_, fact, answered=False)
    return round_


def _stopped(round_: Round, stop: Fact | None, *, answered: bool = True, claims: tuple[Pause, ...] = ()) -> Round:
    return Round(round_.number, round_.start, round_.start_at, round_.place, stop, answered, claims)


def _finishing(case: Case, track: Track, first: Round) -> list[Round]:
    """Workaround, resolution, status: stopped by the claim, which a rejection takes back."""
    policy = case.contract.policies.reopen
    if policy == "resume" and track.kind is TargetKind.STATUS:
        policy = "restart"  # nobody owes news while a fix awaits our test; a rejection asks for it again
    found: list[Round] = []
    current = first
    stop: Fact | None = None
    claims: tuple[Pause, ...] = ()
    answers = track.stops
    for fact in case.history.facts:
        if stop is None:
            if (fact.type in answers and stops(case, track, fact)) or (fact.type == "closed" and fact > current.start):
                stop = fact
                if not case.reopenings:
                    break
        elif fact.type in REOPENS and stop.type in _UNDONE and fact in case.reopenings:
            if policy == "restart":
                found.append(_stopped(current, stop))
                current = Round(current.number + 1, fact, fact.at, case.severity_at(fact.at))
            elif policy == "resume":
                claims = (*claims, Pause(stop.id, AWAITING_ACCEPTANCE, stop.at, fact.at))
            stop = None
    return [*found, _stopped(current, stop, claims=claims)]
