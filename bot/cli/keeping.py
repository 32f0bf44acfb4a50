"""Running the desk: `link` lets somebody in, `audit` says who looked, `migrate` prepares the database, `doctor` says what is wrong."""

import secrets
from collections.abc import Sequence
from datetime import timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import live_knowledge, missing_database, now, opened_store, person_called, read_settings
from bot.cli.screen import busy, err, note, say, show, stop, write_csv

if TYPE_CHECKING:
    from bot.domain.audit import Trace
    from bot.domain.people import Language
    from bot.wording.message import Table

app = typer.Typer()

LINK_LASTS = timedelta(minutes=10)
SHOWN, EVERYTHING = 200, 10_000_000  # lines of the audit
HERE = "http://127.0.0.1:8000"  # where `serve` listens unless told otherwise


@app.command()
def link(
    person: Annotated[str, typer.Argument(help="An id or mail address from the organisation file.")],
    revoke: Annotated[bool, typer.Option("--revoke", help="Sign the person out everywhere instead.")] = False,
) -> None:
    """A link that lets one person in once, within 10 minutes. Give it to nobody else."""
    from bot.storage.doors import Meta, Sessions

    settings = read_settings()
    known = live_knowledge(settings).now()
    somebody = person_called(known.organisation, person)
    if revoke:
        with opened_store(settings) as store:
            Sessions(store.database).end_all(somebody.id)
        say(f"{somebody.name} is signed out everywhere, and no link that was made works any longer.")
        return
    token = secrets.token_urlsafe(32)
    with opened_store(settings) as store:
        Sessions(store.database).make_link(token, somebody.id, now() + LINK_LASTS)
        address = settings.base_url or Meta(store.database).read("address") or HERE
    say(f"{address}/ind/{token}")
    note(f"For {somebody.name}, once, within 10 minutes. Opening it shows one button; only pressing that uses it up.")


@app.command()
def audit(
    who: Annotated[str, typer.Option("--person", help="Only this person: an id or mail address.")] = "",
    about: Annotated[str, typer.Option(help="Only this ticket or supplier case, such as 1042 or S-12.")] = "",
    days: Annotated[int, typer.Option(min=1, help="How far back.")] = 30,
    csv: Annotated[Path | None, typer.Option(help="Write every line to this file instead, for a spreadsheet.")] = None,
) -> None:
    """Who looked at somebody's ticket or at a supplier case, who showed one to a supplier, and who was refused.

    The latest first. Looking again at the same thing within 15 minutes is one line; every refusal is a line of its own.
    """
    from bot.domain.audit import shaped
    from bot.domain.people import PersonId

    settings = read_settings()
    organisation = live_knowledge(settings).now().organisation
    if about and not shaped(about):
        raise typer.BadParameter(f"{about!r} is no case; a ticket is 1042, a supplier case S-12", param_hint="--about")
    # One who has left is no longer in the file, and is asked for by the id.
    by = next((each.id for each in organisation.people.values() if who in {each.id, each.email}), PersonId(who))
    with opened_store(settings) as store:
        since, most = now() - timedelta(days=days), EVERYTHING if csv else SHOWN
        found = store.traces(since, by=by if who else None, about=shaped(about), most=most)
    table = _traces(found, organisation.zone, settings.language)
    if csv:
        write_csv(csv, table)
        return
    show(table)
    if len(found) == SHOWN:
        note(f"These are the latest {SHOWN}. --person, --about and --days show fewer; --csv FILE takes all of them.")


def _traces(found: "Sequence[Trace]", zone: tzinfo, language: "Language") -> "Table":
    from bot.wording.message import Table
    from bot.wording.say import say as word

    head = ("when", "who", "", "what", "about", "why", "messenger")
    rows = [
        (
            each.at.astimezone(zone).isoformat(sep=" ", timespec="seconds"),
            *(each.by, word(language, f"audit.{each.deed.value}"), each.what, each.about, each.why, each.messenger),
        )
        for each in found
    ]
    return Table(f"{len(rows)} looks, links and refusals", head, tuple(rows))


@app.command()
def migrate(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Also work out anew when each open case is due, and every figure.")
    ] = False,
) -> None:
    """Brings the database up to this version of the program. Twice is harmless."""
    from bot.storage.migrating import migrate as bring_up

    settings = read_settings()
    if missing := missing_database(settings):
        missing.parent.mkdir(parents=True, exist_ok=True)
    with busy("Migrating"):
        bring_up(settings.database_url)
    say("The database is ready.")
    if rebuild:
        _rebuild()


def _rebuild() -> None:
    from rich.progress import Progress

    from bot.desk.measuring import take_up
    from bot.desk.replanning import replan

    settings = read_settings()
    known = live_knowledge(settings).now()
    with opened_store(settings) as store, Progress(console=err, transient=True) as progress:
        task = progress.add_task("Planning", total=None)
        made = replan(store, known, now(), lambda seen, of: progress.update(task, completed=seen, total=of))
        say(f"{made.seen} open cases looked at, {made.moved} moved.")
        task = progress.add_task("Measuring", total=None)
        count = take_up(store, known, now(), lambda seen: progress.update(task, completed=seen), anew=True)
    say(f"The figures of finished days were made anew from {count} tickets and supplier cases.")


@app.command()
def doctor() -> None:
    """Settings, database, knowledge, search index, time zones, mail: what works, and what to do about the rest."""
    from bot.cli.examining import examine

    settings = read_settings()
    with busy("Looking"):
        found = examine(settings)
    marks = {"good": ("✓", "green"), "odd": ("–", "yellow"), "bad": ("✗", "red")}
    for each in found:
        mark, colour = marks[each.state]
        say(f"{mark} {each.what}: {each.said}", colour)
    if any(each.state == "bad" for each in found):
        stop("Something needs to be mended.")
