"""`contract activate`: shows what was agreed, asks, and writes it down beside the file, so that nothing changes it afterwards."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.in_words import show_examples
from bot.cli.opening import knowledge_dir, read_settings, today
from bot.cli.screen import busy, say, stop

if TYPE_CHECKING:
    from bot.domain.contracts import Contract
    from bot.storage.knowledge import Activation

app = typer.Typer()
contract = typer.Typer(help="Contracts and the house's own agreement.", no_args_is_help=True)
app.add_typer(contract, name="contract")


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

    settings = read_settings()
    directory = knowledge_dir(settings)
    with busy(f"Reading {directory}"):
        made = prepare(directory, directory / _inside(directory, file), today())
    agreed = _must_be_ready(made)
    for calendar in agreed.calendars.values():
        show_examples(agreed, calendar, settings.language)
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


def _inside(directory: Path, file: Path) -> Path:
    """However it was written: from here, from the root, or from the knowledge directory."""
    roots = ((directory, file), (directory.resolve(), file.resolve()), (Path(), file))
    inside = (path.relative_to(root) for root, path in roots if path.is_relative_to(root))
    found = next((each for each in inside if (directory / each).is_file()), None)
    if found is None:
        stop(f"{file} is no file in {directory}.", code=2)
    return found
