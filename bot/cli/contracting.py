"""`contract activate`: shows what was agreed, asks, and writes it down beside the file, so that nothing changes it afterwards."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import knowledge_dir, now, read_settings, today
from bot.cli.screen import busy, note, say, show, stop

if TYPE_CHECKING:
    from bot.domain.contracts import Contract
    from bot.domain.service_hours import Calendar
    from bot.storage.knowledge import Activation

app = typer.Typer()
contract = typer.Typer(help="Contracts and the house's own agreement.", no_args_is_help=True)
app.add_typer(contract, name="contract")

_SAID = {
    "spring_day_hours": "Friday before summer time, 8 h",
    "spring_day_round": "Saturday noon before summer time, 24 h",
    "autumn_day_round": "Saturday noon before winter time, 24 h",
    "repeated_hour": "in the hour that comes twice, 1 h",
    "missing_hour": "a minute before the hour that is missing, 2 min",
    "night_before_change": "evening before winter time, 8 h",
    "start_on_holiday": "on a public holiday, 4 h",
    "start_in_weekend": "on a Saturday, 1 s",
    "start_at_closing": "exactly at closing, 1 h",
    "second_before_closing": "a second before closing, 2 s",
}


@contract.callback()
def group() -> None:
    """Contracts and the house's own agreement."""


@contract.command()
def activate(
    file: Annotated[Path, typer.Argument(help="A contract in the knowledge directory, or its agreement.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Warnings and worked examples are shown, and you are asked. Afterwards a change of the contract is a new version."""
    from bot.storage.knowledge import activate as prepare

    directory = knowledge_dir(read_settings())
    with busy(f"Reading {directory}"):
        made = prepare(directory, directory / _inside(directory, file), today())
    agreed = _must_be_ready(made)
    for calendar in agreed.calendars.values():
        _show_examples(agreed, calendar)
    if not (yes or typer.confirm(f"Activate {agreed.id} version {agreed.version}?")):
        stop("Nothing was activated.")
    made.lock_file.write_text(made.lock, encoding="utf-8")
    say(f"{made.lock_file} is written. Commit it beside the contract.")


def _must_be_ready(made: "Activation") -> "Contract":
    for each in made.complaints:
        say(f"{each}" if each.is_refusal else f"{each} (warning)", "red" if each.is_refusal else "yellow")
    if made.contract is None or any(each.is_refusal for each in made.complaints):
        stop("The contract cannot be activated as it is.")
    if not made.lock:
        stop(f"{made.contract.id} version {made.contract.version} is activated already: {made.lock_file}")
    return made.contract


def _show_examples(agreed: "Contract", calendar: "Calendar") -> None:
    from bot.domain.intervals import moment
    from bot.domain.picture import Picture
    from bot.domain.systems import Organisation
    from bot.reports.worked_examples import worked_examples
    from bot.wording.message import Table
    from bot.wording.say import Voice
    from bot.wording.times import full_record

    zone = agreed.reporting_tzinfo
    voice = Voice(Picture(now(), Organisation(zone=zone)))
    rows = tuple(
        (
            _SAID[each.what],
            full_record(moment(each.start), zone, voice.language),
            full_record(moment(each.due), zone, voice.language) if each.due is not None else "never",
        )
        for each in worked_examples(agreed, calendar)
    )
    show(Table(f"Calendar {calendar.id}", ("what", "start", "due"), rows))
    note("")


def _inside(directory: Path, file: Path) -> Path:
    """However it was written: from here, from the root, or from the knowledge directory."""
    roots = ((directory, file), (directory.resolve(), file.resolve()), (Path(), file))
    inside = (path.relative_to(root) for root, path in roots if path.is_relative_to(root))
    found = next((each for each in inside if (directory / each).is_file()), None)
    if found is None:
        stop(f"{file} is no file in {directory}.", code=2)
    return found
