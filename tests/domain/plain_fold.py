"""A second fold, written plainly from the specification and sharing no code with the engine: minute by minute, for whole minutes.

Times are minutes after the hand-over. It knows reaction and resolution in open time, every policy of a severity change and of
a rejection, pauses, corrections and voidings. What it does not know is tested elsewhere.
"""

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction

NEVER = 10**9
RANK = {"severity": 4, "end": 9, "start": 10, "ack": 11, "claim": 15, "reject": 16, "correct": 20, "void": 20}


@dataclass
class Told:
    """One record. `of` is the number of the record it corrects or voids, and `moved` where it is moved to."""

    number: int
    what: str
    minute: int
    recorded: int
    value: str = ""
    of: int = -1
    moved: int = 0


@dataclass
class PlainLeg:
    severity: str
    created: int
    start: int
    until: int
    stopped: bool
    whole: int
    need: int
    used_before: int = 0
    fixed: int = -1
    cap: "PlainLeg | None" = None
    forgives: bool = False
    reading: dict = field(default_factory=dict)


class Plain:
    """`opens` answers for a severity whether the wall clock of its calendar shows open time at a minute."""

    def __init__(self, records, budgets, opens, order, policies, pausable, now, known):
        self.budgets, self.opens, self.order, self.policies = budgets, opens, order, policies
        self.pausable, self.now = pausable, now
        known_ones = [each for each in records if each.recorded <= known]
        self.facts = sorted(
            (each for each in self._standing(known_ones) if each.minute <= now),
            key=lambda each: (each.minute, RANK[each.what], each.recorded, each.number),
        )

    @staticmethod
    def _standing(records):
        """What is left when every correction and voiding, taken in the order in which it was learned, has been heard."""
        about = {}
        for each in sorted(records, key=lambda one: (one.recorded, one.number)):
            if each.of >= 0:
                about.setdefault(each.of, []).append(each)

        def is_void(record):
            return any(one.what == "void" and not is_void(one) for one in about.get(record.number, []))

        for each in records:
            if each.of >= 0 or is_void(each):
                continue
            minute = each.minute
            for one in about.get(each.number, []):
                if one.what == "correct" and not is_void(one):
                    minute = one.moved
            yield Told(each.number, each.what, minute, each.recorded, each.value)

    def severity_at(self, minute):
        return [each.value for each in self.facts if each.what == "severity" and each.minute <= minute][-1]

    def changes(self):
        """(minute, severity) wherever it really became another one; of several in a minute the last."""
        last = {}
        for each in self.facts:
            if each.what == "severity":
                last[each.minute] = each.value
        found = []
        for minute, severity in sorted(last.items()):
            if not found or found[-1][1] != severity:
                found.append((minute, severity))
        return found

    def paused_minutes(self):
        """Every stretch in which a pause was open that the resolution honours."""
        open_, over, orphans = {}, [], {}
        for each in self.facts:
            name, _, reason = each.value.partition("/")
            if each.what == "start":
                if orphans.get(name) == each.minute:
                    del orphans[name]
                elif name not in open_:
                    open_[name] = (each.minute, reason)
            elif each.what == "end":
                if name in open_:
                    begun, why = open_.pop(name)
                    over.append((begun, each.minute, why))
                else:
                    orphans[name] = each.minute
        over += [(begun, NEVER, why) for begun, why in open_.values()]
        return [(a, b) for a, b, why in over if why in self.pausable]

    def rounds(self, kind):
        """(start, stop or None, claims taken back)."""
        if kind == "reaction":
            return self._reactions()
        found, start, stop, claims = [], 0, None, []
        for each in self.facts:
            if each.what == "claim" and stop is None:
                stop = each.minute
            elif each.what == "reject" and stop is not None:
                if self.policies["reopen"] == "restart":
                    found.append((start, stop, claims))
                    start, claims = each.minute, []
                elif self.policies["reopen"] == "resume":
                    claims = [*claims, (stop, each.minute)]
                stop = None
        return [*found, (start, stop, claims)]

    def _reactions(self):
        starts, claimed = [(0, -1)], False
        for place, each in enumerate(self.facts):
            if each.what == "claim":
                claimed = True
            elif each.what == "reject" and claimed:
                starts.append((each.minute, place))
                claimed = False
        acks = [(place, each.minute) for place, each in enumerate(self.facts) if each.what == "ack"]
        return [(at, next((when for seen, when in acks if seen > place), None), []) for at, place in starts]

    def legs(self, kind):
        """A list for each round: every leg with its reading, and which has the verdict."""
        return [self._legs(kind, *each) for each in self.rounds(kind)]

    def _legs(self, kind, begin, stop, claims):
        pauses = (self.paused_minutes() if kind == "resolution" else []) + claims
        changes = [(at, what) for at, what in self.changes() if at > begin and (stop is None or at < stop)]
        steps = [(begin, self.severity_at(begin)), *changes]
        legs = []
        for place, (at, severity) in enumerate(steps):
            following = steps[place + 1][0] if place + 1 < len(steps) else None
            end = following if following is not None else self.now if stop is None else stop
            whole = self.budgets[kind, severity]
            leg = PlainLeg(severity, at, at, end, following is not None or stop is not None, whole, whole)
            if place:
                self._connect(leg, legs[-1], begin, pauses)
            self._read(leg, pauses)
            legs.append(leg)
        since = max((nth for nth, leg in enumerate(legs) if leg.forgives), default=0)
        late = [leg for leg in legs[since:] if leg.reading["breach_at"] is not None]
        return legs, late[0] if late else legs[-1]

    def _connect(self, leg, before, begin, pauses):
        if self.order.index(leg.severity) > self.order.index(before.severity):
            leg.start = begin
            leg.forgives = self.policies["severity_lower"] == "recompute"
            return
        rule = self.policies["severity_raise"]
        used = self._count(before.severity, before.start, leg.created, pauses)
        if rule == "retroactive":
            leg.start = begin
        elif rule == "min_due":
            if self._due(before, pauses) >= leg.created:
                leg.cap = before
        elif rule == "carry_elapsed":
            spent = before.used_before + used
            leg.used_before = spent
            leg.need = leg.whole - spent
            if leg.need <= 0:
                wanted = leg.whole - before.used_before
                leg.fixed = before.start if wanted <= 0 else self._reach(before.severity, before.start, wanted, pauses)
        else:
            left = before.need - used
            if before.fixed >= 0 or left <= 0:
                leg.fixed = self._due(before, pauses)
                leg.need = 0
            else:
                # A share may be no whole minute; it is rounded up to the second.
                leg.need = Fraction(math.ceil(left * 60 * Fraction(leg.whole, before.whole)), 60)

    def _due(self, leg, pauses):
        own = leg.fixed if leg.fixed >= 0 else self._reach(leg.severity, leg.start, leg.need, pauses)
        return own if leg.cap is None else min(own, self._due(leg.cap, pauses))

    def _read(self, leg, pauses):
        cut = [(a, min(b, leg.until)) for a, b in pauses] if leg.stopped else pauses
        end = max(leg.until, leg.start)
        due = self._due(leg, cut)
        counted = self._count(leg.severity, leg.start, end, pauses)
        leg.reading = {
            "severity": leg.severity,
            "start": leg.start,
            "elapsed": counted,
            "paused": self._count(leg.severity, leg.start, end, []) - counted,
            "due": None if due >= NEVER else due,
            "breach_at": max(due, leg.created) if due < end else None,
        }

    def _count(self, severity, start, end, pauses):
        return sum(1 for minute in range(start, end) if self._runs(severity, minute, pauses))

    def _reach(self, severity, start, need, pauses):
        """The end of the minute in which so many had run."""
        minute = start
        while need > 0:
            if minute > 60_000:
                return NEVER
            if any(a <= minute and b >= NEVER for a, b in pauses):
                return NEVER
            if self._runs(severity, minute, pauses):
                if need <= 1:
                    return minute + need
                need -= 1
            minute += 1
        return minute

    def _runs(self, severity, minute, pauses):
        return self.opens(severity, minute) and not any(a <= minute < b for a, b in pauses)


def wall_clock(zone, weekly, closed, start):
    """Whether the clock on the wall shows open time so many minutes after `start` (UTC seconds)."""
    known = {}

    def is_open(minute):
        if minute not in known:
            there = datetime.fromtimestamp(start + minute * 60, UTC).astimezone(zone)
            known[minute] = any(
                (there.date() - timedelta(days=back)) not in closed
                and any(
                    a <= there.hour * 60 + there.minute + back * 1440 < b
                    for a, b in weekly[(there.date() - timedelta(days=back)).weekday()]
                )
                for back in (0, 1)
            )
        return known[minute]

    return is_open
