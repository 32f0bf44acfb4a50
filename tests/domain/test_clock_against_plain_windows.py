"""Reports, claims, acceptances and reopenings in and out of their windows, severities with budgets of any kind: the engine
beside a plain fold.

Mutants of the engine that died here: LIST
"""

from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from plain_windows import (
    Terms,
    legs,
    paused_by,
    provisional,
    reaction_rounds,
    resolution_rounds,
)
from stories import Story
from test_clock_against_plain_days import BUDGET, LATER, PLACES, SHORT, WEEKS, budget_of, calendars

from bot.domain.clocks import evaluate
from bot.domain.contracts import Contract, Contracts, PauseReason, Policies, Severity, Target, TargetKind, Within
from bot.domain.events import (
    Acknowledged,
    Closed,
    ContractAssigned,
    HandedOver,
    InfoProvided,
    Opened,
    Party,
    PauseEnded,
    PauseStarted,
    Reopened,
    ResolutionAccepted,
    ResolutionRejected,
    ResolvedClaimed,
    SeveritySet,
)
from bot.domain.intervals import moment

HAPPENS = {
    "severity": SeveritySet,
    "hand": lambda told: HandedOver(report_complete=told[1], channel=told[0]),
    "info": InfoProvided,
    "pause": lambda name: PauseStarted(name, "awaiting_customer"),
    "resume": PauseEnded,
    "ack": lambda _: Acknowledged(),
    "robot": lambda _: Acknowledged("auto"),
    "claim": lambda _: ResolvedClaimed(),
    "accept": lambda _: ResolutionAccepted(),
    "reject": lambda _: ResolutionRejected(),
    "close": lambda _: Closed(),
    "reopen": lambda _: Reopened(),
}
NOTHING = st.just(None)
HAPPENING = st.one_of(
    st.tuples(st.just("severity"), st.sampled_from("AB")),
    st.tuples(st.just("hand"), st.tuples(st.sampled_from(["mail", "phone"]), st.booleans())),
    st.tuples(st.just("info"), st.booleans()),
    st.tuples(st.just("pause"), st.sampled_from("pq")),
    st.tuples(st.just("resume"), st.sampled_from("pq")),
    *(st.tuples(st.just(each), NOTHING) for each in ("ack", "robot", "accept", "close", "reopen")),
    *(st.tuples(st.just(each), NOTHING) for each in ("claim", "reject", "claim", "reject")),
)
WITHIN = st.tuples(st.sampled_from("AB"), SHORT)
POLICIES = st.fixed_dictionaries(
    {
        "severity_raise": st.sampled_from(["min_due", "min_due", "retroactive"]),
        "severity_lower": st.sampled_from(["recompute_keep_breach", "recompute"]),
        "reopen": st.sampled_from(["resume", "resume", "count_through", "restart"]),
        "reopen_reaction": st.sampled_from(["new_round", "none"]),
        "bd_half_day": st.sampled_from(["clamp", "next_opening"]),
    }
)
TERMS = st.fixed_dictionaries(
    {
        "resolution": st.tuples(BUDGET, BUDGET),
        "reaction": st.tuples(SHORT, SHORT),
        "weeks": st.tuples(st.sampled_from(list(WEEKS)), st.sampled_from(list(WEEKS))),
        "channel": st.sampled_from([None, None, "phone"]),
        "accept": WITHIN,
        "window": st.one_of(st.none(), WITHIN),
        "policies": POLICIES,
    }
)


def agreed(zone, houses, drawn):
    targets = tuple(
        Target(
            f"{severity}-{kind}", severity, TargetKind(kind), severity, budget_of(drawn[kind][nth]),
            pausable=frozenset({"awaiting_customer"}), start_channel=drawn["channel"],
        )
        for nth, severity in enumerate("AB")
        for kind in ("reaction", "resolution")
    )  # fmt: skip
    windows = {
        name: drawn[key] and Within(budget_of(drawn[key][1]), drawn[key][0])
        for name, key in (("accept_within", "accept"), ("reopen_window", "window"))
    }
    return Contract(
        "drift", 1, date(2020, 1, 1), houses, tuple(map(Severity, "AB")), targets, reporting_zone=zone,
        reporting_tzinfo=ZoneInfo(zone), policies=Policies(**drawn["policies"], **windows),
        pause_reasons={"awaiting_customer": PauseReason("awaiting_customer")},
    )  # fmt: skip


def story_of(facts, start):
    story = Story()
    for what in (Opened(), ContractAssigned("drift", 1)):
        story.then(moment(start).isoformat(), what, role=Party.IT)
    for at, _, place, what, value in facts:
        story.then(moment(at).isoformat(), HAPPENS[what](value), event_id=f"{place:04}")
    return story


def seen(clock):
    return {
        "start": clock.started_at,
        "due": clock.due_at,
        "breach": clock.breach_at,
        "used": clock.elapsed_open_s,
        "paused": clock.paused_open_s,
        "over": clock.overrun_open_s,
        "left": clock.remaining_open_s,
        "warnings": [each.at for each in clock.warnings],
    }


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(PLACES), st.integers(-4 * 48, 3 * 48), TERMS, st.sampled_from("AB"),
    st.tuples(st.sampled_from(["mail", "phone"]), st.booleans()),
    st.lists(st.tuples(LATER, HAPPENING), max_size=10), st.one_of(LATER, st.just(40 * 86_400)),
)  # fmt: skip
def test_reports_windows_and_budgets_of_any_kind_come_out_as_a_plain_fold_has_them(
    place, shift, drawn, severity, report, happenings, now
):
    zone, begins = place
    start = begins + 1800 * shift
    now += start
    told = [(0, ("severity", severity)), (0, ("hand", report)), *happenings]
    facts = [
        (start + after, HAPPENS_RANK[what], nth, what, value)
        for nth, (after, (what, value)) in enumerate(told)
    ]  # fmt: skip
    ours, plain = zip(*(calendars(zone, begins, week, None) for week in drawn["weeks"]), strict=True)
    contract = agreed(zone, dict(zip("AB", ours, strict=True)), drawn)
    budgets = {(kind, each): drawn[kind][nth] for kind in ("reaction", "resolution") for nth, each in enumerate("AB")}
    terms = Terms(
        budgets, dict(zip("AB", plain, strict=True)), ZoneInfo(zone), drawn["policies"]["bd_half_day"],
        drawn["policies"], drawn["channel"], drawn["accept"], drawn["window"],
    )  # fmt: skip
    clocks = evaluate(story_of(facts, start).events, Contracts((contract,)), now)
    known = sorted(each for each in facts if each[0] <= now)
    pauses = paused_by(known)
    for kind, rounds in (("reaction", reaction_rounds), ("resolution", resolution_rounds)):
        found = [each for each in clocks if each.kind == kind and each.started_at is not None]
        expected = []
        for nth, each in enumerate(rounds(known, terms), start=1):
            read, counting = legs(kind, known, terms, each, pauses, now)
            for place_, leg in enumerate(read, start=1):
                deemed = kind == "resolution" and leg is read[-1] and provisional(known, each[1], terms, now)
                ended = leg.until if leg.until is not None else each[1] and max(each[1][0], leg.start)
                expected.append(((nth, place_), leg.reading, ended, deemed, leg is counting))
        assert [(each.round, each.leg) for each in found] == [each[0] for each in expected]
        for clock, (_, reading, ended, deemed, counting) in zip(found, expected, strict=True):
            own = seen(clock)
            if reading["warnings"] is None:
                own["warnings"] = None
            assert own == reading
            assert (clock.stopped_at, clock.provisional) == (ended, deemed)
            assert clock.counts == (counting and clock.status != "superseded")


HAPPENS_RANK = {name: make(("mail", True) if name == "hand" else "A").rank for name, make in HAPPENS.items()}
