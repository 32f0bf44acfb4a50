"""Starts, claims, windows and severities with budgets of any kind, folded plainly from the specification without the engine's code.

A fact is (UTC second, rank, place, what, value), as drawn; everything is a loop over such facts or over `plain_days`' lists.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from plain_days import FOREVER, due_of, months_later, union

FRACTIONS = (Fraction(1, 2), Fraction(3, 4), Fraction(9, 10), Fraction(1))
OVER = ("claim", "accept", "close")
BACK = ("reject", "reopen")


@dataclass
class Leg:
    severity: str
    created: int
    start: int
    until: int | None
    cap: "Leg | None" = None
    forgives: bool = False
    reading: dict = field(default_factory=dict)


@dataclass
class Terms:
    """`budgets` by (kind, severity); `calendars` and the windows' calendars are plain ones; `None` is calendar time."""

    budgets: dict
    calendars: dict
    zone: object
    half_day: str
    policies: dict
    channel: str | None
    accept: tuple
    window: tuple | None


def start_of(facts, terms):
    """The fact that starts the clock: the first report by the channel asked for, once there was a complete one."""
    handed = [each for each in facts if each[3] == "hand"]
    calls = [each for each in handed if terms.channel in {None, each[4][0]}]
    whole = [
        each
        for each in facts
        if (each[3] == "hand" and each[4][1]) or (each[3] == "info" and each[4] and each > handed[0])
    ]
    return max(calls[0], whole[0]) if calls and whole else None


def reopenings(facts, terms):
    over, found = None, []
    for each in facts:
        if each[3] in OVER:
            over = each
        elif each[3] in BACK and over is not None:
            until = None if terms.window is None else within(terms, terms.window, over[0])
            if until is None or each[0] <= until:
                found.append(each)
                over = None
    return found


def within(terms, told, since):
    calendar, budget = told
    return due_of(terms.calendars[calendar], since, budget, [], terms.zone, "clamp")


def severities(facts):
    last = {}
    for each in facts:
        if each[3] == "severity":
            last[each[0]] = each[4]
    found = []
    for at, severity in sorted(last.items()):
        if not found or found[-1][1] != severity:
            found.append((at, severity))
    return found


def resolution_rounds(facts, terms):
    """(begin, stopping fact or None, claims taken back)."""
    begun = start_of(facts, terms)
    if begun is None:
        return []
    taken_back = reopenings(facts, terms)
    begin, stop, claims, found = begun, None, [], []
    for each in facts:
        if stop is None and (each[3] == "claim" or (each[3] == "close" and each > begin)):
            stop = each
        elif stop is not None and each in taken_back:
            if terms.policies["reopen"] == "restart":
                found.append((begin[0], stop, claims))
                begin, claims = each, []
            elif terms.policies["reopen"] == "resume":
                claims = [*claims, (stop[0], each[0])]
            stop = None
    return [*found, (begin[0], stop, claims)]


def reaction_rounds(facts, terms):
    begun = start_of(facts, terms)
    if begun is None:
        return []
    asked = [begun]
    if terms.policies["reopen_reaction"] == "new_round":
        asked += [each for each in reopenings(facts, terms) if each > begun]
    found = []
    for nth, since in enumerate(asked):
        ends = [
            each
            for each in facts
            if (each[3] == "ack" and (nth == 0 or each > since)) or (each[3] == "close" and each > since)
        ]
        found.append((since[0], ends[0] if ends else None, []))
    return found


def provisional(facts, stop, terms, now):
    if stop is None or stop[3] != "claim":
        return False
    judged = [each for each in facts if each > stop and (each[3] in {"accept", "close"})]
    judged += [each for each in reopenings(facts, terms) if each > stop]
    return not judged and now < within(terms, terms.accept, stop[0])


def legs(kind, facts, terms, one_round, pauses, now):
    """Every leg of a round with its reading, and the one with the verdict."""
    begin, stop, claims = one_round
    pauses = [*pauses, *claims] if kind == "resolution" else []
    halt = None if stop is None else max(stop[0], begin)
    known = severities(facts)
    first = ([each for each in known if each[0] <= begin] or known[:1])[-1][1]
    changes = [each for each in known if each[0] > begin and (halt is None or each[0] < halt) and each is not known[0]]
    found = []
    for nth, (at, severity) in enumerate([(begin, first), *changes]):
        until = changes[nth][0] if nth < len(changes) else None
        leg = Leg(severity, at, at, until)
        if found:
            connect(kind, leg, found[-1], begin, terms, pauses)
        end = until if until is not None else now if halt is None else halt
        read(kind, leg, terms, pauses, end, is_over=until is not None or halt is not None)
        found.append(leg)
    since = max((nth for nth, leg in enumerate(found) if leg.forgives), default=0)
    late = [leg for leg in found[since:] if leg.reading["breach"] is not None]
    return found, late[0] if late else found[-1]


def connect(kind, leg, before, begin, terms, pauses):
    if leg.severity > before.severity:  # A is the highest
        leg.start = begin
        leg.forgives = terms.policies["severity_lower"] == "recompute"
    elif terms.policies["severity_raise"] == "retroactive":
        leg.start = begin
    else:
        due = due_at(kind, before, terms, cut(pauses, leg.created))
        if due is None or due >= leg.created:
            leg.cap = before


def cut(pauses, end):
    return [(a, min(b, end)) for a, b in pauses if a < end]


def due_at(kind, leg, terms, pauses):
    calendar, budget = terms.calendars[leg.severity], terms.budgets[kind, leg.severity]
    own = due_of(calendar, leg.start, budget, pauses, terms.zone, terms.half_day)
    capped = None if leg.cap is None else due_at(kind, leg.cap, terms, pauses)
    return min((each for each in (own, capped) if each is not None), default=None)


def counted(terms, leg, budget, since, end, pauses):
    if budget[0] not in {"wall", "months"}:
        return terms.calendars[leg.severity].elapsed(since, end, pauses)
    paused = sum(max(0, min(end, b) - max(since, a)) for a, b in union(pauses))
    return max(0, end - since) - paused


def read(kind, leg, terms, pauses, end, *, is_over):
    budget = terms.budgets[kind, leg.severity]
    due = due_at(kind, leg, terms, cut(pauses, end) if is_over else pauses)
    late = due is not None and due < end
    over = counted(terms, leg, budget, max(due, leg.start), end, pauses) if late else 0
    used = counted(terms, leg, budget, leg.start, end, pauses)
    ahead = None if due is None else -over if late else counted(terms, leg, budget, end, due, [])
    leg.reading = {
        "start": leg.start,
        "due": due,
        "breach": max(due, leg.created) if late else None,
        "used": used,
        "paused": counted(terms, leg, budget, leg.start, end, []) - used,
        "over": over,
        "left": ahead,
        "warnings": None if leg.cap else crossings(terms, leg, budget, pauses),
    }


def crossings(terms, leg, budget, pauses):
    """The earliest instant at which each share of the budget's open time is used."""
    calendar = terms.calendars[leg.severity]
    match budget[0]:
        case "days":
            whole = calendar.elapsed(leg.start, calendar.business_days(leg.start, budget[1], budget[2], terms.half_day))
        case "months":
            whole = months_later(leg.start, budget[1], terms.zone) - leg.start
        case _:
            whole = budget[1]
    kind = "open" if budget[0] in {"open", "days"} else "wall"
    needs = [ceil(each * whole) for each in FRACTIONS]
    return [due_of(calendar, leg.start, (kind, need), pauses, terms.zone, terms.half_day) for need in needs]


def paused_by(facts):
    """[from, to) of every pause, to FOREVER while it is open; closing the case ends what is open."""
    begun, found, orphans = {}, [], {}
    for at, _, _, what, name in facts:
        if what == "pause" and orphans.get(name) == at:
            del orphans[name]  # it ended in the second in which it began
        elif what == "pause":
            begun.setdefault(name, at)
        elif what == "resume" and name in begun:
            found.append((begun.pop(name), at))
        elif what == "resume":
            orphans[name] = at
        elif what == "close":
            found += [(since, at) for since in begun.values()]
            begun = {}
    return [*found, *((since, FOREVER) for since in begun.values())]
