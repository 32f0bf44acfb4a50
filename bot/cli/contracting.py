"""`contract activate`: shows what was agreed, asks, and writes it down beside the file, so that nothing changes it afterwards."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.in_words import show_examples
from bot.cli.opening import knowledge_dir, read_settings, today
from bot.cli.screen import agrees, busy, complain, say, stop

if TYPE_CHECKING:
    from bot.domain.contracts import Contract
    from bot.domain.people import Language
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
    from bot.wording.say import say as word

    settings = read_settings()
    directory = knowledge_dir(settings)
    with busy(f"Reading {directory}"):
        made = prepare(directory, directory / _inside(directory, file), today())
    language = settings.language
    agreed = _must_be_ready(made, language)
    for calendar in agreed.calendars.values():
        show_examples(agreed, calendar, language)
    if not (yes or agrees(word(language, "kn.activate", contract=agreed.id, version=agreed.version))):
        stop(word(language, "kn.not_activated"))
    made.lock_file.write_text(made.lock, encoding="utf-8")
    say(word(language, "kn.activated", file=made.lock_file))


def _must_be_ready(made: "Activation", language: "Language") -> "Contract":
    from bot.wording.say import say as word

    complain(made.complaints, language)
    if made.contract is None or any(each.is_refusal for each in made.complaints):
        stop(word(language, "kn.not_as_it_is"))
    if not made.lock:
        named = {"contract": made.contract.id, "version": made.contract.version, "file": made.lock_file}
        stop(word(language, "kn.activated_already", **named))
    return made.contract


def _inside(directory: Path, file: Path) -> Path:
    """However it was written: from here, from the root, or from the knowledge directory."""
    roots = ((directory, file), (directory.resolve(), file.resolve()), (Path(), file))
    inside = (path.relative_to(root) for root, path in roots if path.is_relative_to(root))
    found = next((each for each in inside if (directory / each).is_file()), None)
    if found is None:
        stop(f"{file} is no file in {directory}.", code=2)
    return found
