"""A clock in words where the specification gives them: the worked example to the character, and a disputed pause both ways."""

import pytest
from stories import COPENHAGEN, HOUR, at, contract, handed_over, sample_contract, target
from test_clock_worked_example import example

from bot.domain.clocks import evaluate
from bot.domain.contracts import BusinessDays, Contracts, OpenTime, WallTime
from bot.domain.events import (
    Closed,
    PauseDisputed,
    PauseEnded,
    PauseSettled,
    PauseStarted,
    ResolutionAccepted,
    ResolutionRejected,
    ResolvedClaimed,
    SeveritySet,
    StatusMessage,
)
from bot.domain.explain import disputes
from bot.domain.intervals import moment
from bot.domain.picture import Picture
from bot.domain.systems import Organisation
from bot.wording.explaining import account, ledger_table, pause_lines, verdict
from bot.wording.say import Voice

SAMPLE = sample_contract()
BOTH_DUES_DA = (
    "En bero er bestridt: består den, er fristen mandag 23-11-2026 kl. 13:45; falder den, er fristen "
    "fredag 20-11-2026 kl. 13:20 (overskredet, løber). Mellem de to frister er der 72 t. 25 min."
)
BOTH_DUES_EN = (
    "A pause is disputed: if it stands, due is Monday 23-11-2026 13:45; if it falls, due is "
    "Friday 20-11-2026 13:20 (breached, running). Between the two dues lie 72 h 25 min."
)


def said(story, now, language="da", kind="resolution"):
    """The verdict of the resolution, and its pauses."""
    contracts = Contracts((SAMPLE,))
    picture = Picture(
        moment(at(now)),
        Organisation(zone=COPENHAGEN),
        contract=SAMPLE,
        disputes=tuple(disputes(story.events, contracts, at(now))),
    )
    voice = Voice(picture)
    voice.language = language
    (clock,) = [each for each in evaluate(story.events, contracts, at(now)) if each.kind == kind and each.counts]
    return verdict(voice, clock), pause_lines(voice, clock)


def test_the_worked_example_is_said_to_the_character():
    assert said(example(), "2026-11-23 15:00")[0] == (
        "Afhjælpning (fejlklasse B) er overskredet med 20 min. i åbningstiden. Brugt 8 t. 20 min. af 8 t. "
        "Fristen var mandag 23-11-2026 kl. 13:45. 7 t. 25 min. i bero (afventer kunde) er ikke regnet med."
    )
    english = said(example(), "2026-11-23 15:00", "en")[0]
    assert english.startswith(
        "Resolution (severity B) breached by 20 min of service hours. Used 8 h 20 min of 8 h. Due Monday 23-11-2026 13:45."
    )
    assert said(example(), "2026-11-23 15:00", kind="reaction")[0].startswith(
        "Reaktion (fejlklasse B) er overholdt. Brugt 32 min. af 1 t."
    )


@pytest.mark.parametrize(
    ("language", "whole"),
    [
        (
            "da",
            (
                "Afhjælpning (fejlklasse B) er overskredet med 20 min. i åbningstiden. Brugt 8 t. 20 min. af 8 t. Fristen var "
                "mandag 23-11-2026 kl. 13:45. 7 t. 25 min. i bero (afventer kunde) er ikke regnet med. "
                "Reaktion: overholdt, 32 min. af 1 t."
            ),
        ),
        (
            "en",
            (
                "Resolution (severity B) breached by 20 min of service hours. Used 8 h 20 min of 8 h. Due Monday 23-11-2026 "
                "13:45. 7 h 25 min paused (awaiting customer) not counted. Reaction: met, 32 min of 1 h."
            ),
        ),
    ],
)
def test_the_paragraph_for_a_mail_is_the_specifications(language, whole):
    story = example()
    voice = Voice(Picture(moment(at("2026-11-23 15:00")), Organisation(zone=COPENHAGEN), contract=SAMPLE))
    voice.language = language
    assert account(voice, evaluate(story.events, Contracts((SAMPLE,)), at("2026-11-23 15:00"))) == whole


def words(story, agreed, now, kind, language="da"):
    """The verdict of every clock of the kind."""
    voice = Voice(Picture(moment(at(now)), Organisation(zone=COPENHAGEN), contract=agreed))
    voice.language = language
    return [verdict(voice, each) for each in evaluate(story.events, Contracts((agreed,)), at(now)) if each.kind == kind]


def one_target(kind, budget, **more):
    return contract(target(kind, "B", "dk8-16", budget, **more))


@pytest.mark.parametrize(
    ("language", "silent", "answered"),
    [
        (
            "da",
            "Statusmelding (fejlklasse B) udeblev. Der gik 2 t. af åbningstiden uden besked. Fristen var mandag 23-11-2026 kl. 12:00.",
            "Statusmelding (fejlklasse B) er overholdt. Brugt 30 min. af 2 t. Fristen var mandag 23-11-2026 kl. 14:00.",
        ),
        (
            "en",
            "Status message (severity B) missed. 2 h of service hours passed without word. Due Monday 23-11-2026 12:00.",
            "Status message (severity B) met. Used 30 min of 2 h. Due Monday 23-11-2026 14:00.",
        ),
    ],
)
def test_a_status_message_that_never_came_is_told_by_its_silence(language, silent, answered):
    story = handed_over("2026-11-23 10:00").then("2026-11-23 12:30", StatusMessage())
    found = words(story, one_target("status", OpenTime(2 * HOUR)), "2026-11-23 13:00", "status", language)
    assert found[:2] == [silent, answered]


@pytest.mark.parametrize(
    ("language", "said_"),
    [
        (
            "da",
            (
                "Afhjælpning (fejlklasse B) er overskredet med 2 t. 5 min., hvoraf intet tæller som åbningstid. "
                "Brugt 6 t. af 6 t. Fristen var mandag 23-11-2026 kl. 16:00."
            ),
        ),
        (
            "en",
            (
                "Resolution (severity B) breached by 2 h 5 min, none of it service hours that count. "
                "Used 6 h of 6 h. Due Monday 23-11-2026 16:00."
            ),
        ),
    ],
)
def test_what_was_late_only_after_closing_is_not_late_by_nothing(language, said_):
    story = handed_over("2026-11-23 10:00").then("2026-11-23 18:05", ResolvedClaimed())
    agreed = one_target("resolution", OpenTime(6 * HOUR))
    assert words(story, agreed, "2026-11-24", "resolution", language) == [said_]


def test_a_claim_that_nobody_has_judged_awaits_acceptance():
    story = handed_over("2026-11-23 10:00").then("2026-11-23 11:00", ResolvedClaimed())
    agreed = one_target("resolution", OpenTime(6 * HOUR))
    (danish,) = words(story, agreed, "2026-11-24", "resolution")
    assert danish.startswith("Afhjælpning (fejlklasse B) er overholdt og afventer accept. Brugt 1 t. af 6 t.")
    (english,) = words(story, agreed, "2026-11-24", "resolution", "en")
    assert english.startswith("Resolution (severity B) met, awaiting acceptance. Used 1 h of 6 h.")
    (judged,) = words(story.then("2026-11-23 12:00", ResolutionAccepted()), agreed, "2026-11-24", "resolution")
    assert judged.startswith("Afhjælpning (fejlklasse B) er overholdt. Brugt 1 t. af 6 t.")


def test_a_reaction_that_nobody_gave_before_the_case_was_closed_was_not_replaced_by_another_severity():
    story = handed_over("2026-11-23 10:00").then("2026-11-23 11:00", Closed())
    agreed = one_target("reaction", OpenTime(6 * HOUR))
    assert words(story, agreed, "2026-11-24", "reaction") == [
        "Reaktion (fejlklasse B) blev ikke besvaret, før sagen blev lukket eller sendt videre. Brugt 1 t. af 6 t."
    ]
    raised = contract(*agreed.targets, target("reaction", "A", "dk8-16", OpenTime(HOUR)))
    story = handed_over("2026-11-23 10:00").then("2026-11-23 11:00", SeveritySet("A"))
    story.then("2026-11-23 11:20", Closed())
    first, second = words(story, raised, "2026-11-23 11:30", "reaction", "en")
    assert first.startswith("Reaction (severity B) superseded when the severity was changed.")
    assert second.startswith("Reaction (severity A) not answered before the case was closed or sent on.")


@pytest.mark.parametrize(
    ("budget", "danish", "english"),
    [
        (WallTime(months=1), "1 måned", "1 month"),
        (WallTime(months=2), "2 måneder", "2 months"),
        (BusinessDays(1), "1 arbejdsdag", "1 business day"),
        (BusinessDays(3), "3 arbejdsdage", "3 business days"),
    ],
)
def test_a_budget_is_said_as_it_was_written(budget, danish, english):
    story, agreed = handed_over("2026-11-23 10:00"), one_target("resolution", budget)
    assert f"Brugt 1 t. af {danish}." in words(story, agreed, "2026-11-23 11:00", "resolution")[0]
    assert f"Used 1 h of {english}." in words(story, agreed, "2026-11-23 11:00", "resolution", "en")[0]


def test_only_the_reasons_that_stopped_the_clock_are_named():
    story = handed_over("2026-11-23 10:00")
    for begun, ended, name in (("11:00", "11:30", "awaiting_customer"), ("13:00", "14:00", "customer_environment")):
        story.then(f"2026-11-23 {begun}", PauseStarted(name, name)).then(f"2026-11-23 {ended}", PauseEnded(name))
    story.then("2026-11-23 12:00", ResolvedClaimed())
    both = frozenset({"awaiting_customer", "customer_environment"})
    (said_,) = words(
        story, one_target("resolution", OpenTime(6 * HOUR), pausable=both), "2026-11-23 15:00", "resolution"
    )
    assert said_.endswith("30 min. i bero (afventer kunde) er ikke regnet med.")


def test_who_paused_why_and_from_when_to_when():
    assert said(example(), "2026-11-23 15:00")[1] == (
        "Bero: afventer kunde, sat af leverandør, fredag 20-11-2026 kl. 09:15 – mandag 23-11-2026 kl. 09:40",
    )
    open_ = said(example("2026-11-20 10:00"), "2026-11-20 10:30", "en")[1]
    assert open_[0].endswith("by supplier, Friday 20-11-2026 09:15 – still open")
    reaction = said(example(), "2026-11-23 15:00", kind="reaction")[1]
    assert reaction[0].endswith("(standser ikke dette mål)")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", BOTH_DUES_DA),
        ("en", BOTH_DUES_EN),
    ],
)
def test_a_disputed_pause_shows_both_dues_until_it_is_settled(language, words):
    story = example("2026-11-23 13:00").then("2026-11-23 13:00", PauseDisputed("p1"))
    text, pauses = said(story, "2026-11-23 13:10", language)
    assert words in text
    assert pauses[0].endswith("(bestridt)" if language == "da" else "(disputed)")
    settled = story.then("2026-11-23 13:05", PauseSettled("p1", stands=True))
    assert words not in said(settled, "2026-11-23 13:10", language)[0]


def test_while_a_disputed_pause_is_open_its_due_stands_still():
    story = example("2026-11-20 10:00").then("2026-11-20 10:00", PauseDisputed("p1"))
    assert said(story, "2026-11-20 10:30")[0].endswith(
        "består den, står fristen stille; falder den, er fristen fredag 20-11-2026 kl. 13:20 (løber)."
    )


def test_a_rejected_claim_is_a_pause_that_nobody_set():
    story = example().then("2026-11-23 15:00", ResolutionRejected())
    assert any("sat af afvisningen af løsningen" in line for line in said(story, "2026-11-24 09:00")[1])


def test_delete_one_pause_and_both_the_ledger_and_the_verdict_change():
    def rows(story):
        (clock,) = [
            each
            for each in evaluate(story.events, Contracts((SAMPLE,)), at("2026-11-23 15:00"))
            if each.kind == "resolution"
        ]
        return ledger_table(Voice(Picture(moment(clock.now), Organisation(), contract=SAMPLE)), clock).rows

    without = example()
    without.events = [each for each in without.events if not isinstance(each.what, PauseStarted | PauseEnded)]
    assert said(without, "2026-11-23 15:00")[0] != said(example(), "2026-11-23 15:00")[0]
    assert any("Sat i bero" in row[-1] for row in rows(example()))
    assert not any("bero" in row[-1] for row in rows(without))
