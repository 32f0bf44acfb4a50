"""`clock` explains a deadline minute by minute; `report` is the month's account with each supplier."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import live_knowledge, now, opened_store, read_settings, read_time
from bot.cli.options import month_of, voice_of
from bot.cli.screen import busy, note, say, show, stop, write_csv

if TYPE_CHECKING:
    from bot.desk.ports import Known, Ledger
    from bot.domain.clock import Clock
    from bot.domain.picture import Picture
    from bot.reports.monthly import MonthlyReport
    from bot.reports.standings import Escalation
    from bot.wording.say import Voice

app = typer.Typer()

At = Annotated[
    str, typer.Option("--at", help="As it stood then, such as 2026-11-23T14:05; local time without an offset.")
]
KnownAt = Annotated[
    str,
    typer.Option(
        "--known-at", help="As it was known then; later corrections are left out. Without --at, as it stood then."
    ),
]
In = Annotated[str, typer.Option("--lang", help="da or en; without it, as in the settings.")]


@app.command()
def clock(
    case: Annotated[str | None, typer.Argument(help="S-12, or a ticket as 1042.")] = None,
    at: At = "",
    known_at: KnownAt = "",
    lang: In = "",
    as_json: Annotated[bool, typer.Option("--json", help="Every clock with every second of its trace.")] = False,
    simulate: Annotated[
        Path | None,
        typer.Option("--simulate", help="A contract file: how would the month's cases have stood under it?"),
    ] = None,
    month: Annotated[str, typer.Option(help="Such as 2026-10, with --simulate; without it, this month.")] = "",
    verify: Annotated[
        Path | None, typer.Option("--verify", help="A signed sheet of worked examples (JSON): does it still come out?")
    ] = None,
) -> None:
    """Every service-target clock of a case: its verdict, and the minutes that prove it."""
    if [bool(case), bool(simulate), bool(verify)].count(True) != 1 and case != "":
        raise typer.BadParameter("give one of these: a case as S-12 or 1042, --simulate FILE, --verify FILE")
    if verify:
        from bot.cli.verifying import verify_sheet

        verify_sheet(verify)
    elif simulate:
        from bot.cli.simulating import simulate_month

        simulate_month(simulate, month, at, known_at, lang)
    else:
        _clock_of_case(case or "", at, known_at, lang, as_json=as_json)


def _clock_of_case(case: str, at: str, known_at: str, lang: str, *, as_json: bool) -> None:
    from bot.cli.clock_json import clock_as_json
    from bot.desk.looking import read_case_id
    from bot.domain.clocks import evaluate
    from bot.domain.explain import disputes
    from bot.domain.intervals import seconds

    settings = read_settings()
    known = live_knowledge(settings).now()
    zone = known.organisation.zone
    kind, number = read_case_id(case)
    case_id = f"{'S-' if kind == 'S' else '#'}{number}"
    when = read_time(at or known_at, zone) if at or known_at else now()
    horizon = seconds(read_time(known_at, zone)) if known_at else None
    with opened_store(settings) as store, store.reading() as ledger:
        picture = _picture_of(ledger, known, case_id, number, when)
        events = ledger.events(case_id)
    clocks = evaluate(events, known.contracts, seconds(when), horizon)
    both = {each.stands.key: each for each in disputes(events, known.contracts, seconds(when), horizon)}
    picture = replace(picture, disputes=tuple(both.values()))
    if as_json:
        print(
            json.dumps([clock_as_json(each, zone, both.get(each.key)) for each in clocks], ensure_ascii=False, indent=1)
        )
    else:
        _explain(voice_of(picture, lang or settings.language), case_id, clocks)


def _picture_of(ledger: "Ledger", known: "Known", case_id: str, number: int, when: datetime) -> "Picture":
    """Raises NoSuchCase."""
    from bot.domain.intervals import seconds
    from bot.domain.picture import Picture

    picture = Picture(when, known.organisation, calendars=known.calendars)
    if case_id.startswith("S-"):
        found = ledger.case(number)
        return replace(picture, case=found, contract=known.contracts.version(found.contract, found.contract_version))
    return replace(picture, ticket=ledger.ticket(number), contract=known.contracts.agreement(seconds(when)))


def _explain(voice: "Voice", case_id: str, clocks: "list[Clock]") -> None:
    from bot.domain.clock import Status
    from bot.wording.explaining import account, ledger_table, pause_lines, verdict

    started = [each for each in clocks if each.status is not Status.NOT_STARTED]
    if not clocks:
        say(voice.say("ck.no_clocks", case=case_id))
    if whole := account(voice, clocks):
        say(whole)
        say()
    for each in clocks:
        say(verdict(voice, each))
        for code in (*each.anomalies, *each.config_errors):
            note(f"  {code}")
    for each in started:
        if each.segments:
            say()
            show(ledger_table(voice, each))
            for line in pause_lines(voice, each):
                say(line)


@app.command()
def report(
    month: Annotated[str, typer.Option(help="Such as 2026-11; without it, this month.")] = "",
    csv: Annotated[Path | None, typer.Option(help="Write every case and target to this file.")] = None,
    supplier: Annotated[str, typer.Option(help="One supplier's id; without it, all.")] = "",
    at: At = "",
    known_at: KnownAt = "",
    lang: In = "",
) -> None:
    """Open tickets by tier and age, who waits on whom, and every service target of the month by supplier."""
    from bot.domain.intervals import seconds
    from bot.domain.picture import Picture
    from bot.domain.systems import SupplierId
    from bot.reports.loading import read_month
    from bot.reports.monthly import month_report
    from bot.reports.standings import escalations

    settings = read_settings()
    known = live_knowledge(settings).now()
    zone = known.organisation.zone
    when = read_time(at or known_at, zone) if at or known_at else now()
    wanted = month_of(month, seconds(when), known)
    if supplier and supplier not in known.organisation.suppliers:
        stop(f"No supplier {supplier}; there are: {', '.join(sorted(known.organisation.suppliers))}", code=2)
    horizon = seconds(read_time(known_at, zone)) if known_at else None
    with busy("Counting"), opened_store(settings) as store, store.reading() as ledger:
        filed = read_month(ledger, known, wanted, SupplierId(supplier) if supplier else None)
        picture = Picture(when, known.organisation, tickets=tuple(ledger.open_tickets()))
        made = month_report(filed, known.contracts, wanted, zone, seconds(when), horizon)
        found = escalations(filed, known.contracts, wanted, zone, seconds(when), horizon)
    voice = voice_of(picture, lang or settings.language)
    _show_month(voice, made, found)
    if csv:
        from bot.reports.tables import lines_table

        write_csv(csv, lines_table(voice, made, exact=True))


def _show_month(voice: "Voice", made: "MonthlyReport", found: "tuple[Escalation, ...]") -> None:
    from bot.reports.standings import standings
    from bot.reports.tables import SHORT, escalations_table, lines_table, standings_table, tallies_table
    from bot.wording.reporting import heading
    from bot.wording.views import overview

    ages = overview(voice).table
    if ages:
        show(ages)
    if not found:
        say(heading(voice.language, "none", month=made.month))
        return
    show(standings_table(voice, made.month, standings(found)))
    show(escalations_table(voice, made.month, found))
    show(lines_table(voice, made, SHORT))
    show(tallies_table(voice, made))
