"""Activating a contract: the text of the lock to write beside it, and what must be confirmed or corrected first."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from bot.domain.contracts import Contract
from bot.storage.knowledge.complaints import Complaint, refusals
from bot.storage.knowledge.contracts import closed_until, contract_of
from bot.storage.knowledge.files import Files, files_in, pages_of
from bot.storage.knowledge.lines import read
from bot.storage.knowledge.load import house_calendars, load_files
from bot.storage.knowledge.locks import lock_name, lock_text
from bot.storage.knowledge.organisation import names_in


@dataclass(frozen=True, slots=True)
class Activation:
    """`lock` is the text for `lock_file`; empty if the contract was refused, or is activated already."""

    contract: Contract | None
    complaints: tuple[Complaint, ...]  # about this file
    lock_file: Path
    lock: str = ""


def activate(directory: Path, file: Path, today: date) -> Activation:
    """Writes nothing. `file` is a contract in `contracts/`, or the agreement, of the knowledge in `directory`."""
    name = file.relative_to(directory).as_posix()
    lock = lock_name(name)
    files = files_in(directory)
    locked = lock in files.contents
    loaded = load_files(files, today)
    shown = PurePath(directory.as_posix(), name).as_posix()
    about = tuple(each for each in loaded.complaints if each.file in {shown, f"{directory.as_posix()}/{lock}"})
    signed = next((each for each in loaded.signed if each.page.file == shown), None)
    contract = signed.contract if signed else None
    if contract is None or locked or refusals(about):
        return Activation(contract, about, directory / lock)
    until = closed_until(contract.valid_from, contract.valid_to, today)
    return Activation(contract, about, directory / lock, lock_text(contract, until, today))


def try_out(directory: Path, file: Path, today: date, closed_from: date) -> Activation:
    """A contract from anywhere, read with the names of this house, as if it held since `closed_from`. Writes nothing.

    Other versions of the same contract do not disturb it: it may be a draft of the next one, or a copy with one change.
    """
    files = files_in(directory)
    pages = pages_of(files)
    names = names_in(pages.organisation, pages.calendars, pages.systems, pages.suppliers)
    page = read(file.as_posix(), file.read_bytes())
    house = house_calendars(pages.calendars, today)
    contract = contract_of(page, names, house, None, today, closed_from)
    return Activation(contract, tuple(page.complaints), file)


__all__ = ["Activation", "Files", "activate", "try_out"]
