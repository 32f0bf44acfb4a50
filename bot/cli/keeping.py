"""Running the desk: `link` lets somebody in, `migrate` prepares the database, `doctor` says what is wrong."""

import secrets
from datetime import timedelta
from typing import Annotated

import typer

from bot.cli.opening import live_knowledge, missing_database, now, opened_store, person_called, read_settings
from bot.cli.screen import busy, err, note, say, stop

app = typer.Typer()

LINK_LASTS = timedelta(minutes=10)
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
